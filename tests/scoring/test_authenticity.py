from datetime import UTC, datetime
from math import exp, log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from scoring.authenticity import Evidence, score
from scoring.rows import from_plain, take, to_plain
from scoring.scores import Score

NOW = datetime(2026, 11, 21, tzinfo=UTC)
NUMBER = st.one_of(st.none(), st.floats(), st.sampled_from([0.0, 1.0, -1.0, 500.0, 1e300]))
SAMPLE = {"n": 500, "flagged": 60, "tpr": 0.9, "fpr": 0.05}
ALL = {**SAMPLE, "z": 0.0, "usual": 1.0, "weeks": 25, "fake": 0.02}


def made(**facts: float | None) -> Score:
    column = score(Evidence.of(1, **{name: [value] for name, value in facts.items()}))
    return column.at(0, NOW, "m")


def test_by_hand():
    high = (beta.ppf(0.95, 60.5, 440.5) - 0.05) / 0.85
    loss = 0.40 * log(1 - high) + 0.25 * log(exp(-0.25)) + 0.20 * log(0.8) + 0.15 * log(0.9)
    found = made(**{**ALL, "z": -2.5, "usual": 0.8, "fake": 0.1})
    assert found.score == pytest.approx(100 * exp(loss), abs=1e-5)
    assert found.confidence == 1.0
    by_name = {term.name: term for term in found.terms}
    assert by_name["follower_sample"].raw == pytest.approx(high, abs=1e-6)
    assert by_name["growth"].points == pytest.approx((100 - found.score) * 0.2 * log(0.8) / -loss, abs=1e-5)


@pytest.mark.parametrize(
    ("facts", "expected", "confidence"),
    [
        ({"z": 1.9, "fake": 0.0, "usual": 1.0, "weeks": 25}, 100.0, 0.6),
        ({"z": 3.0, "fake": 0.0, "usual": 1.0, "weeks": 25}, 100 * exp(-0.5 * 0.25 / 0.6), 0.6),
        ({"fake": 1.0, "usual": 1.0, "weeks": 25}, 100 * exp(log(0.02) * 0.15 / 0.35), 0.35),
        ({"usual": 0.0, "weeks": 9, "z": 0.0}, 100 * exp(log(0.02) * 0.20 / 0.45), 0.45),
        ({"n": 10**6, "flagged": 10**6}, 2.0, 0.4),
    ],
)
def test_what_is_unknown_leaves_its_weight_to_the_rest(
    facts: dict[str, float], expected: float, confidence: float
):
    found = made(**facts)
    assert found.score == pytest.approx(expected, abs=0.01)
    assert found.confidence == pytest.approx(confidence)


@pytest.mark.parametrize(("ratio", "factor"), [(0.05, 1.0), (0.001, 0.5), (0.5, 0.5), (None, 1.0)])
def test_comments_per_like(ratio: float | None, factor: float):
    found = made(z=0.0, ratio=ratio, ratio_low=0.01, ratio_high=0.1, usual=1.0, weeks=25)
    assert found.score == pytest.approx(100 * factor ** (0.25 / 0.45), abs=1e-4)
    assert ("ratio_outside_peers" in found.flags) == (factor < 1)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({}, "no_signals"),
        ({"n": 0, "flagged": 0}, "no_signals"),
        ({"n": 100, "flagged": 5, "tpr": 0.5, "fpr": 0.5}, "no_signals"),
        ({"ratio": 0.5, "ratio_low": 0.1, "ratio_high": 0.2}, "no_signals"),
        ({"fake": 0.1}, "low_confidence"),
        ({"z": 0.1}, "low_confidence"),
    ],
)
def test_null_with_a_reason(facts: dict[str, float], reason: str):
    found = made(**facts)
    assert (found.score, found.reason, found.terms) == (None, reason, ())


def test_terms_say_what_was_seen():
    found = made(**{**ALL, "usual": 0.5, "jump": 2.1, "jump_day": 20_700.0})
    by_name = {term.name: term for term in found.terms}
    assert by_name["follower_sample"].observed.n == 500
    assert by_name["follower_sample"].observed.share == pytest.approx((0.12 - 0.05) / 0.85, abs=1e-6)
    growth = by_name["growth"].observed
    assert (growth.n, growth.jump, growth.jump_at) == (25, 2.1, datetime(2026, 9, 4, tzinfo=UTC))
    assert found.flags == ("followers_jumped",)


def test_wrong_evidence():
    with pytest.raises(ValueError, match="karma"):
        Evidence.of(1, karma=[1])
    with pytest.raises(ValueError, match="2 rows"):
        Evidence.of(2, n=[1])


@given(st.lists(NUMBER, min_size=13, max_size=13))
def test_any_evidence_gives_a_score_or_a_reason(values: list[object]):
    names = list(Evidence.__dataclass_fields__)
    found = made(**dict(zip(names, values, strict=True)))
    if found.score is None:
        assert found.reason
    else:
        assert 0 <= found.score <= 100
        assert sum(term.points for term in found.terms) == pytest.approx(found.score, abs=0.01)


@given(
    st.integers(1, 1000),
    st.floats(0, 1),
    st.floats(0, 1),
    st.floats(0.4, 1),
    st.floats(0, 0.3),
    st.fixed_dictionaries(
        {}, optional={"z": st.floats(-3, 3), "usual": st.floats(0, 1), "fake": st.floats(0, 1)}
    ),
)
def test_more_fakes_never_raise_it(
    n: int, some: float, more: float, tpr: float, fpr: float, rest: dict[str, float]
):
    few, many = sorted((some * n, more * n))
    facts = {"n": n, "tpr": tpr, "fpr": fpr, **rest}
    low, high = made(**facts, flagged=many).score, made(**facts, flagged=few).score
    assert (low is None) == (high is None)
    assert low is None or low <= high + 1e-6


def test_rows_are_replayed_alone():
    rng = np.random.default_rng(0)
    columns = {
        name: np.where(rng.random(40) < 0.3, np.nan, rng.random(40)) for name in Evidence.__dataclass_fields__
    }
    columns["n"] = np.full(40, 300.0)
    evidence = Evidence.of(40, **columns)
    whole = score(evidence)
    for at in (0, 7, 39):
        alone = score(from_plain(Evidence, to_plain(take(evidence, [at], 40))))
        assert alone.at(0, NOW, "m") == whole.at(at, NOW, "m")
