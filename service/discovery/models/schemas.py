"""Models as they are stored and shown."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from scoring.learning.card import Card
from scoring.learning.evaluation import Evaluation
from scoring.learning.promotion import Reason

State = Literal["trained", "shadow", "promoted", "retired"]
ModelId = Annotated[str, Meta(max_length=40, description="a model (mdl_...)")]


class ModelRow(Struct):
    """A model without its bytes."""

    id: UUID
    kind: str
    state: str
    card: Card
    created_at: datetime
    updated_at: datetime


class ArtefactRow(Struct):
    """A model with its bytes."""

    id: UUID
    artefact: bytes
    sha256: str
    card: Card


class PointerRow(Struct):
    """Which model ranks, which watches, and where roll-backs go, the last one first to come back."""

    promoted_id: UUID | None
    shadow_id: UUID | None
    before: list[UUID]


class InForceRow(Struct):
    """The models that a ranking asks for, known by their digests."""

    promoted_id: UUID | None
    promoted_sha256: str | None
    shadow_id: UUID | None
    shadow_sha256: str | None


class Trained(Struct):
    """What a job of training has made. `promotable`: whether the rule for promotion is met."""

    model_id: str
    version: str
    outcomes: int
    promotable: bool
    reasons: list[Reason]


class ModelView(Struct):
    """A model in a list: what it learned from, how good it was on collaborations that it had not seen.

    `weight`: its share of a blended fit, n / (n + 200). `promotable`: whether the rule is met, and `reasons`
    every bound that is not.
    """

    id: str
    kind: Literal["fit"]
    state: State
    version: str
    trained_at: datetime
    outcomes: int
    influencers: int
    weight: float
    log_loss: float | None
    cold_start_log_loss: float | None
    gain: float | None
    gain_low: float | None
    ece: float | None
    promotable: bool
    reasons: list[Reason]


class CardView(Struct):
    """A model's card. Times of collaborations are when they ended; `dated`: of each feature the share of
    training rows whose value is of the collaboration's own date (of the rest it is of the training's)."""

    version: str
    trained_at: datetime
    target: str
    outcomes: int
    influencers: int
    first_at: datetime
    last_at: datetime
    kinds: dict[str, int]
    features: list[str]
    dated: dict[str, float]
    known: dict[str, float]
    calibration: str
    sklearn: str
    sha256: str
    evaluation: Evaluation


class ModelDetail(ModelView):
    """A model with its card."""

    card: CardView


class ModelRequest(Struct, forbid_unknown_fields=True):
    """Which model."""

    model_id: ModelId


class ShadowRequest(Struct, forbid_unknown_fields=True):
    """Which model watches; null: none."""

    model_id: ModelId | None


class InForce(Struct):
    """What ranks now: `model_id` is null where it is the cold start; `shadow_id`: the model that watches."""

    model_id: str | None
    model_version: str
    shadow_id: str | None
    shadow_version: str | None


class TrainingRow(Struct):
    """A collaboration as it is learned from.

    brief_id: of its brand's briefs the one that is nearest to its end, those made before it first;
    followers: of the platform's account, nearest to that day; rate: the price of that format on that day.
    """

    influencer_id: UUID
    brief_id: UUID | None
    platform: str | None
    format: str | None
    finished_at: datetime
    price: int | None
    cost: int | None
    currency: str | None
    conversions: int | None
    engagements: int | None
    followers: int | None
    rate: int | None


class PastRow(Struct):
    """The scores that a run had shown before a collaboration ended; `n` counts collaborations from 1."""

    n: int
    content: float | None
    audience: float | None
    engagement: float | None
    authority: float | None
    authenticity: float | None


class CircumstancesRow(Struct):
    """Of candidates, in their order: the scored account's platform, its cheapest price and for what."""

    platforms: list[str | None]
    prices: list[int | None]
    formats: list[str | None]
