"""A promoted model in a ranking: blended, capped, vetoed, and explained to the last hundredth."""

from collections.abc import Mapping
from datetime import UTC, datetime

import numpy as np
import pytest

from scoring import explain, fit, whatif
from scoring.arrays import Floats
from scoring.learning.blend import Learned
from scoring.learning.features import SCORES, Features
from scoring.learning.predicting import learned
from scoring.model import Model, merged
from scoring.ranking import Ranking
from scoring.scores import CODE, Column
from tests.scoring.learning.simulated import campaigns
from tests.scoring.learning.test_training import trained

NOW = datetime(2026, 11, 20, tzinfo=UTC)
MODEL = Model("cold-start-5+mdl_1", SCORES)


def _columns(scores: Floats) -> dict[str, Column]:
    reason = np.where(np.isnan(scores), CODE["not_requested"], 0).astype(np.int8)
    return {
        name: Column(scores[:, at], np.where(reason[:, at], 0.0, 0.9), reason[:, at], lambda position: ())
        for at, name in enumerate(SCORES)
    }


def _ranked(known: Features, taught: Learned | None, **more: object) -> Ranking[int]:
    keys = list(range(len(known.price)))
    return fit.rank(keys, _columns(known.scores), as_of=NOW, model=MODEL, learned=taught, **more)  # type: ignore[arg-type]


def test_terms_sum_to_the_blended_fit() -> None:
    known = campaigns(80, seed=6).features
    taught = learned(trained().model, known, trained().card.weight)
    ranking, cold = _ranked(known, taught), _ranked(known, None)
    for each in ranking.page(0, 80):
        assert each.fit.score is not None
        assert sum(term.points for term in each.fit.terms) == pytest.approx(each.fit.score, abs=0.01)
        low = known.scores[each.key, SCORES.index("authenticity")] < 40
        blended = cold.fit.score[each.key] / 3 + taught.score[each.key] * 2 / 3
        assert low or each.fit.score == pytest.approx(blended, abs=1e-5)
    names = {term.name for each in ranking.page(0, 80) for term in each.fit.terms}
    assert {"content", "learned_base", "learned_price", "learned_platform", "cap_authenticity"} <= names


def test_a_model_can_change_the_order() -> None:
    known = campaigns(200, seed=6).features
    taught = learned(trained().model, known, 0.9)
    assert _ranked(known, taught).order.tolist() != _ranked(known, None).order.tolist()


def test_vetoes_and_nulls_stay() -> None:
    scores = np.array([[90.0] * 5, [90.0] * 5, [np.nan] * 5, [90, 90, 90, 90, 10.0]])
    known = Features(scores, np.full(4, 9.0), ["x"] * 4, ["nano"] * 4, ["reel"] * 4)
    taught = Learned(0.5, np.full(4, 100.0), lambda position: [("base", None, None, 100.0)])
    ranking = _ranked(known, taught, vetoes={"opt_out": np.array([False, True, False, False])})
    assert ranking.fit.score.tolist()[:2] == [95.0, 0.0]
    assert np.isnan(ranking.fit.score[2])
    assert ranking.fit.score[3] == 40.0
    for position in (0, 1, 3):
        shown = ranking.at(position, 1).fit
        assert sum(term.points for term in shown.terms) == pytest.approx(shown.score, abs=0.01)


def test_where_the_model_says_nothing_the_mean_stands() -> None:
    known = Features(np.full((1, 5), 60.0), np.array([np.nan]), [None], [None], [None])
    taught = Learned(0.5, np.array([np.nan]), lambda position: [])
    shown = _ranked(known, taught).at(0, 1).fit
    assert shown.score == 60.0
    assert sum(term.points for term in shown.terms) == pytest.approx(60.0)


def test_another_number_of_rows_is_refused() -> None:
    known = Features(np.full((2, 5), 60.0), np.full(2, 9.0), ["x"] * 2, ["nano"] * 2, ["reel"] * 2)
    with pytest.raises(ValueError, match="one row per key"):
        _ranked(known, Learned(0.5, np.zeros(1), lambda position: []))


def test_a_sentence_tells_what_was_learned() -> None:
    terms = [("base", None, None, 50.0), ("price", 9.0, 12.0, 20.0), ("content", 40.0, 55.0, -4.0)]
    known = Features(np.full((1, 5), 60.0), np.array([9.0]), ["x"], ["nano"], ["reel"])
    shown = _ranked(known, Learned(0.5, np.array([66.0]), lambda position: terms)).page(0, 1)[0]
    assert explain.sentences(shown)[0] == (
        "33 points of the fit are learned from finished collaborations, most by price"
    )
    assert explain.sentences(shown, language="tr")[0] == (
        "uyumun 33 puanı biten iş birliklerinden öğrenildi, en çok etkileyen fiyat"
    )


def test_what_if_finds_the_score_that_passes() -> None:
    """A fit that is half a learned part: the score that is told is just enough."""
    weights = merged({})
    known = Features(np.full((1, 5), 50.0), np.array([9.0]), ["x"], ["nano"], ["reel"])
    shown = _ranked(known, None).page(0, 1)[0]

    def mean(changed: Mapping[str, float]) -> float:
        scores = dict.fromkeys(SCORES, 50.0) | dict(changed)
        cold = whatif.weighted(scores, weights)
        assert cold is not None
        return 0.5 * cold + 0.5 * (100 if scores["content"] >= 70 else 40)

    found = {one.score: one.score_to for one in whatif.changes(shown, 60.0, weights, {}, mean)}
    assert found == {"content": pytest.approx(70.0, abs=0.001)}
