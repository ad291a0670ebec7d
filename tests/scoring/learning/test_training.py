"""From collaborations to a model with its card."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import numpy as np
import pytest

from scoring.learning.artefact import digest, load
from scoring.learning.features import FEATURES
from scoring.learning.training import TooFewOutcomes, Trained, train
from tests.scoring.learning.simulated import Campaigns, campaigns

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def _train(made: Campaigns) -> Trained:
    return train(
        made.features,
        made.outcomes,
        made.cold_start,
        version="mdl-test",
        trained_at=NOW,
        dated=dict.fromkeys(FEATURES, 1.0),
    )


@cache
def trained() -> Trained:
    return _train(campaigns(400, seed=2))


def test_the_card_says_what_was_learned_from() -> None:
    card, made = trained().card, campaigns(400, seed=2)
    assert (card.outcomes, card.influencers) == (400, len(np.unique(made.outcomes.influencer)))
    assert (card.from_at, card.to_at) == (made.outcomes.at[0], made.outcomes.at[-1])
    assert card.kinds == {"conversions TRY": 400}
    assert card.calibration == "sigmoid"
    assert card.weight == pytest.approx(2 / 3)
    assert 0.85 < card.known["content"] < 0.95
    assert len(card.evaluation.folds) == 4


def test_the_card_fits_the_artefact() -> None:
    made = trained()
    assert made.card.sha256 == digest(made.data)
    again = load(
        made.data, digest_of_card=made.card.sha256, sklearn=made.card.sklearn, features=made.card.features
    )
    known = campaigns(50, seed=9).features
    assert again.probability(known).tobytes() == made.model.probability(known).tobytes()


def test_rows_without_cost_or_count_are_left_out() -> None:
    made = campaigns(250, seed=0)
    value = made.outcomes.value.copy()
    value[:30] = np.nan
    card = _train(made._replace(outcomes=replace(made.outcomes, value=value))).card
    assert card.outcomes == 220
    assert card.from_at == made.outcomes.at[30]


@pytest.mark.parametrize("size", [0, 1, 199])
def test_with_fewer_the_cold_start_stays(size: int) -> None:
    made = campaigns(250, seed=0)
    first = np.arange(size)
    few = Campaigns(
        made.features.rows(first), made.outcomes.rows(first), made.cold_start[first], made.truth[first]
    )
    with pytest.raises(TooFewOutcomes, match=f"^{size} finished collaborations") as refused:
        _train(few)
    assert refused.value.found == size
