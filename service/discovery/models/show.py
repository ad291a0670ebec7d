"""Models as the API shows them."""

from datetime import UTC, datetime
from typing import Any, cast

from scoring.learning.card import Card
from scoring.model import COLD_START
from service.discovery.models.actions import Moved
from service.discovery.models.ranker import version_of
from service.discovery.models.schemas import CardView, InForce, ModelDetail, ModelRow, ModelView, State
from service.kit import ids


def model(row: ModelRow) -> ModelView:
    """A model in a list."""
    return ModelView(**_fields(row))


def detail(row: ModelRow) -> ModelDetail:
    """A model with its card."""
    return ModelDetail(**_fields(row), card=_card(row.card))


def in_force(moved: Moved) -> InForce:
    """What ranks now."""
    return InForce(
        model_id=ids.show_or_none("mdl", moved.promoted_id),
        model_version=COLD_START.version if moved.promoted_id is None else version_of(moved.promoted_id),
        shadow_id=ids.show_or_none("mdl", moved.shadow_id),
        shadow_version=None if moved.shadow_id is None else version_of(moved.shadow_id),
    )


def _fields(row: ModelRow) -> dict[str, Any]:
    card, found = row.card, row.card.evaluation
    return {
        "id": ids.show("mdl", row.id),
        "kind": "fit",
        "state": cast(State, row.state),
        "version": card.version,
        "trained_at": card.trained_at,
        "outcomes": card.outcomes,
        "influencers": card.influencers,
        "weight": card.weight,
        "log_loss": found.log_loss,
        "cold_start_log_loss": found.cold_start_log_loss,
        "gain": found.gain,
        "gain_low": found.gain_low,
        "ece": found.ece,
        "promotable": card.decision.promotable,
        "reasons": list(card.decision.reasons),
    }


def _card(card: Card) -> CardView:
    return CardView(
        version=card.version,
        trained_at=card.trained_at,
        target=card.target,
        outcomes=card.outcomes,
        influencers=card.influencers,
        first_at=datetime.fromtimestamp(card.from_at, UTC),
        last_at=datetime.fromtimestamp(card.to_at, UTC),
        kinds=card.kinds,
        features=list(card.features),
        dated=card.dated,
        known=card.known,
        calibration=card.calibration,
        sklearn=card.sklearn,
        sha256=card.sha256,
        evaluation=card.evaluation,
    )
