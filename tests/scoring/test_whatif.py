"""What would move a rank: what is told is enough, and a little less is not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import builtin, engagement, explain_change, levers, whatif
from scoring.audience import Shares
from scoring.model import WEIGHTS, merged
from scoring.ranking import Ranked
from scoring.rates import Rates
from scoring.scores import FitScore, Score
from scoring.whatif import MARGIN, Change, Lever
from tests.scoring.test_fit import NOW

PLAIN = merged({})
SCORES = st.dictionaries(st.sampled_from(list(WEIGHTS)), st.floats(0, 100), min_size=1)


def mean(scores: dict[str, float]) -> float:
    return sum(PLAIN[name] * score for name, score in scores.items()) / sum(PLAIN[name] for name in scores)


def ranked(known: dict[str, float], vetoes: tuple[str, ...] = ()) -> Ranked[str]:
    scores = {
        name: Score(known.get(name), 1.0, (), None if name in known else "no_text", NOW, "m")
        for name in WEIGHTS
    }
    value = 0.0 if vetoes else mean(known)
    if known.get("authenticity", 100) < 40:
        value = min(value, 40.0)
    fit = FitScore(value, 1.0, (), None, NOW, "m", low_confidence=False, vetoes=vetoes)
    return Ranked("inf", 2, fit, scores)


@given(SCORES, st.floats(0, 100))
def test_what_is_needed_makes_the_mean(known: dict[str, float], target: float) -> None:
    every: dict[str, float | None] = {name: known.get(name) for name in WEIGHTS}
    for name, value in whatif.needed(every, PLAIN, target).items():
        assert 0 <= value <= 100
        reached = mean({**known, name: value})
        assert reached >= target - 1e-4
        if value > 0:
            assert reached == pytest.approx(target, abs=1e-4)


@given(SCORES, st.floats(0, 100))
def test_what_cannot_be_told_would_take_more_than_100(known: dict[str, float], target: float) -> None:
    every: dict[str, float | None] = {name: known.get(name) for name in WEIGHTS}
    for name in set(every) - set(whatif.needed(every, PLAIN, target)):
        assert mean({**known, name: 100.0}) < target + 1e-6


def test_the_smallest_change_comes_first_and_the_unknown_last() -> None:
    one = ranked({"audience": 60.0, "engagement": 50.0, "authority": 50.0})
    found = whatif.changes(one, 60.0, PLAIN, {})
    assert [change.score for change in found] == [
        "audience",
        "engagement",
        "authority",
        "content",
        "authenticity",
    ]
    assert found[0].score_to == pytest.approx(60 + (60 + MARGIN - one.fit.score) * 0.6 / 0.25, abs=1e-4)
    assert found[-1].score_from is None


def test_who_is_past_needs_nothing() -> None:
    assert whatif.changes(ranked({"audience": 60.0}), 59.0, PLAIN, {}) == []


@pytest.mark.parametrize(
    ("known", "vetoes", "expected"),
    [
        ({"audience": 80.0}, ("brand_safety",), ("veto", "brand_safety", 80.0)),
        ({"audience": 80.0, "authenticity": 30.0}, (), ("cap", "authenticity", 61.25)),
    ],
)
def test_what_holds_a_fit_down_has_to_go(
    known: dict[str, float], vetoes: tuple[str, ...], expected: tuple[str, str, float]
) -> None:
    [change] = whatif.changes(ranked(known, vetoes), 50.0, PLAIN, {})
    assert (change.score, change.input, change.fit) == expected


def test_only_authenticity_lifts_the_cap() -> None:
    one = ranked({"authenticity": 30.0, "content": 50.0, "audience": 50.0})
    assert [change.score for change in whatif.changes(one, 60.0, PLAIN, {})] == ["authenticity"]


def test_what_is_struck_has_no_way_up_but_the_veto() -> None:
    assert whatif.changes(ranked({"audience": 30.0}, ("opt_out",)), 50.0, PLAIN, {}) == []


def test_a_veto_on_a_poor_fit_is_not_what_holds_it() -> None:
    found = whatif.changes(ranked({"audience": 30.0}, ("brand_safety",)), 50.0, PLAIN, {})
    assert "veto" not in {change.score for change in found}


@given(st.floats(0.001, 0.2), st.floats(1, 99))
def test_a_lever_reaches_what_is_wanted_and_no_more(rate: float, wanted: float) -> None:
    rates = Rates.of(platform="instagram", value=[rate], followers=[20_000], n=[12])
    [lever] = levers.of_engagement(rates, builtin.peers())
    value = whatif.reach(lever, wanted)
    if value is None:
        assert lever.score(1.0) < wanted
        return
    assert lever.score(value) >= wanted
    own = float(engagement.score(rates, builtin.peers()).score[0])
    if own < wanted:
        assert lever.score(value * (1 - 1e-6)) < wanted


def test_an_audience_comes_nearer_to_what_is_wanted() -> None:
    shares = np.array([[0.2, 0.1]])
    age = Shares("age", {"18-24": 0.4, "25-34": 0.3}, shares, np.array([0.9]), np.array([500.0]))
    gender = Shares("gender", {"female": 0.5}, np.array([[0.5]]), np.array([1.0]), np.array([500.0]))
    found = levers.of_audience([age, gender], "minimum")
    assert [lever.input for lever in found] == ["age"]
    value = whatif.reach(found[0], 80.0)
    assert value is not None
    assert found[0].value < value < found[0].best
    assert found[0].score(found[0].best) == pytest.approx(100.0)


def test_no_lever_is_out_of_reach_as_if_it_were_in_it() -> None:
    stuck = Lever("rate", 0.1, 1.0, lambda value: 50.0)
    found = whatif.changes(ranked({"engagement": 50.0}), 90.0, PLAIN, {"engagement": [stuck]})
    assert "engagement" not in {change.score for change in found}


@pytest.mark.parametrize(
    ("change", "english", "turkish"),
    [
        (
            Change("audience", 40.0, 55.5, 60.0, "age", 0.3, 0.4123),
            "audience, age from 30% to 41% (score 40 to 56)",
            "kitle, yaş %30 yerine %41 (puan 40 yerine 56)",
        ),
        (
            Change("cap", 31.0, 40.0, 60.0, "authenticity", 31.0, 40.0),
            "authenticity from 31 to 40",
            "gerçeklik 31 yerine 40",
        ),
        (
            Change("veto", None, None, 72.0, "opt_out"),
            "without the veto (opted out) the fit is 72",
            "veto (listelenmek istemiyor) olmasa uyum 72",
        ),
        (Change("authority", 20.0, 45.0, 60.0), "authority from 20 to 45", "otorite 20 yerine 45"),
    ],
)
def test_in_words(change: Change, english: str, turkish: str) -> None:
    assert explain_change.sentence(change) == english
    assert explain_change.sentence(change, "tr") == turkish
