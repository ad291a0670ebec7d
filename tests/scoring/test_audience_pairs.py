from datetime import UTC, datetime
from math import log, prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.audience import WEIGHTS
from scoring.audience import gather as asked_for
from scoring.audience import score as match
from scoring.audience_pairs import compare, shared, vectors
from scoring.distributions import Distributions, gather

NOW = datetime(2026, 11, 21, tzinfo=UTC)
NAMES = ("age", "city", "country", "gender", "interests")
SHARE = st.sampled_from([0.0, 0.1, 0.25, 0.3, 0.5, 0.9])
AUDIENCE = st.dictionaries(
    st.sampled_from(NAMES), st.dictionaries(st.sampled_from("abcd"), SHARE, max_size=4)
)
AUDIENCES = st.lists(AUDIENCE, min_size=1, max_size=6)
SAMPLES = st.sampled_from([None, 0, 40, 200, 5000])


def columns(audiences: list[dict[str, dict[str, float]]], sample: float | None = None) -> list[Distributions]:
    return [
        gather(
            name,
            len(audiences),
            [
                (at, code, share)
                for at, audience in enumerate(audiences)
                for code, share in audience.get(name, {}).items()
            ],
            [(at, sample) for at in range(len(audiences))],
        )
        for name in NAMES
    ]


def by_hand(one: dict[str, dict[str, float]], other: dict[str, dict[str, float]]) -> float | None:
    """The formula for one pair, in plain arithmetic."""
    parts = {}
    for name in NAMES:
        p, q = ({code: share for code, share in each.get(name, {}).items() if share} for each in (one, other))
        if p and q:
            common = sum(min(p.get(code, 0.0), q.get(code, 0.0)) for code in "abcd")
            common += min(max(0.0, 1 - sum(p.values())), max(0.0, 1 - sum(q.values())))
            parts[name] = max(0.02, common / max(1.0, sum(p.values()), sum(q.values())))
    total = sum(WEIGHTS[name] for name in parts)
    return 100 * prod(share ** (WEIGHTS[name] / total) for name, share in parts.items()) if parts else None


@given(AUDIENCES)
def test_equals_the_formula_pair_by_pair(audiences: list[dict[str, dict[str, float]]]):
    pairs = compare(columns(audiences, sample=10**9))
    for one, first in enumerate(audiences):
        for other, second in enumerate(audiences):
            expected, found = by_hand(first, second), pairs.at(one, other, NOW, "m")
            if expected is None:
                assert found.reason == "no_distribution"
            elif found.reason != "low_confidence":
                assert found.score == pytest.approx(expected, abs=1e-5)


@given(AUDIENCES, SAMPLES)
def test_symmetric_and_never_nan_and_summing(
    audiences: list[dict[str, dict[str, float]]], sample: float | None
):
    pairs = compare(columns(audiences, sample))
    for matrix in (pairs.score, pairs.confidence, pairs.reason):
        assert np.array_equal(matrix, matrix.T, equal_nan=True)
    assert np.array_equal(np.isnan(pairs.score), pairs.reason != 0)
    assert ((pairs.confidence >= 0) & (pairs.confidence <= 1)).all()
    for one in range(len(audiences)):
        for other in range(len(audiences)):
            found = pairs.at(one, other, NOW, "m")
            if found.score is not None:
                assert 0 < found.score <= 100
                assert sum(term.points for term in found.terms) == pytest.approx(found.score, abs=0.01)


@given(AUDIENCE, SAMPLES)
def test_identical_audiences_are_100(audience: dict[str, dict[str, float]], sample: float | None):
    pairs = compare(columns([audience, audience], sample))
    known = pairs.score[~np.isnan(pairs.score)]
    assert (known == 100.0).all()
    assert all(term.points == 0 for term in pairs.at(0, 1, NOW, "m").terms[1:])


@given(AUDIENCES, st.randoms())
def test_the_order_of_audiences_and_dimensions_does_not_matter(
    audiences: list[dict[str, dict[str, float]]], random: object
):
    order = list(range(len(audiences)))
    random.shuffle(order)
    mixed = columns([audiences[at] for at in order])
    random.shuffle(mixed)
    one, other = compare(columns(audiences)), compare(mixed)
    assert np.array_equal(one.score[np.ix_(order, order)], other.score, equal_nan=True)


def test_one_against_a_brief_in_mode_exact():
    """Where all is known, a brief's exact match is the same figure."""
    audiences = [{"country": {"a": 0.6, "b": 0.3}}, {"country": {"a": 0.4, "c": 0.5}}]
    wanted = audiences[0]["country"]
    cells = [(0, code, share) for code, share in audiences[1]["country"].items()]
    brief = asked_for("country", wanted, 1, cells, [(0, 0.9, None)])
    expected = float(match([brief], size=1, mode="exact").score[0])
    assert compare(columns(audiences)).score[0, 1] == pytest.approx(expected)
    assert expected == pytest.approx(50.0)


def test_other_is_matched_only_with_other():
    top = {"country": {"a": 0.5}}
    full = {"country": {"a": 0.5, "b": 0.5}}
    score = compare(columns([top, full, top], sample=10**9)).score
    assert score[0, 1] == pytest.approx(50.0)
    assert score[0, 2] == 100.0
    named = {"country": {"a": 0.5, "other": 0.5}}
    pairs = compare(columns([top, named, full], sample=10**9))
    assert pairs.score[0].tolist() == pytest.approx([100.0, 100.0, 50.0])
    assert pairs.confidence[0, 0] == pytest.approx(0.5, abs=1e-6)
    assert pairs.confidence[1, 1] == pytest.approx(1.0, abs=1e-6)
    made = vectors(columns([top, named]))
    assert made[0] @ made[1] == pytest.approx(1.0)


def test_confidence_is_of_the_less_known():
    country = gather("country", 3, [(0, "a", 1.0), (1, "a", 0.8), (2, "a", 1.0)], [(0, 600), (1, 1800)])
    age = gather("age", 3, [(0, "x", 1.0), (2, "x", 1.0)])
    confidence = compare([country, age]).confidence
    assert confidence[0, 0] == pytest.approx((0.15 * 0.75 + 0.25 * 0.5) / 0.40)
    assert confidence[0, 1] == pytest.approx(0.15 * 0.8 * 0.75 / 0.40)
    assert compare([country]).confidence[1, 2] == pytest.approx(0.8 * 0.5)


def test_a_pair_of_which_little_is_known_is_null():
    few = compare(columns([{"country": {"a": 1.0}}] * 2, sample=50))
    assert few.at(0, 1, NOW, "m").reason == "low_confidence"
    nothing = compare(columns([{"country": {"a": 1.0}}, {}]))
    assert nothing.at(0, 1, NOW, "m").reason == "no_distribution"


def test_what_a_pair_has_in_common():
    cells = [(0, "a", 0.5), (0, "b", 0.3), (0, "c", 0.2), (1, "a", 0.2), (1, "b", 0.4), (1, "d", 0.4)]
    city = gather("city", 2, cells)
    assert shared(city, 0, 1, 9) == [("b", 0.3, 0.4), ("a", 0.5, 0.2)]
    assert shared(city, 0, 1, 1) == [("b", 0.3, 0.4)]


def test_terms_by_hand():
    one = {"country": {"a": 0.8, "b": 0.2}, "gender": {"a": 0.5, "b": 0.5}}
    other = {"country": {"a": 0.4, "b": 0.6}, "gender": {"a": 0.6, "b": 0.4}}
    found = compare(columns([one, other])).at(0, 1, NOW, "m")
    score = 100 * (0.6 * 0.9) ** 0.5
    assert found.score == pytest.approx(score, abs=1e-5)
    base, country, gender = found.terms
    assert (base.points, country.raw, gender.raw) == (100.0, 0.6, 0.9)
    assert country.points == pytest.approx(-(100 - score) * log(0.6) / log(0.54), abs=1e-5)


@pytest.mark.parametrize(
    ("dimensions", "message"),
    [
        ([], "at least one"),
        ([gather("age", 1, []), gather("age", 1, [])], "none twice"),
        ([gather("shoes", 1, [])], "unknown"),
        ([gather("age", 1, []), gather("city", 2, [])], "same audiences"),
    ],
)
def test_what_can_not_be_compared(dimensions: list[Distributions], message: str):
    with pytest.raises(ValueError, match=message):
        compare(dimensions)


@given(AUDIENCES)
def test_vectors_have_the_bhattacharyya_coefficient_as_cosine(audiences: list[dict[str, dict[str, float]]]):
    dimensions = columns(audiences)
    made = vectors(dimensions)
    length = np.linalg.norm(made, axis=1)
    known = np.array([each.known for each in dimensions]).any(axis=0)
    assert np.allclose(length[known], 1.0)
    assert (length[~known] == 0).all()
    cosine = made @ made.T
    assert (cosine <= 1 + 1e-9).all()
    for one, first in enumerate(audiences):
        for other, second in enumerate(audiences):
            if set(first) == set(second) == {"age"} and known[one] and known[other]:
                p, q = rooted(first["age"]), rooted(second["age"])
                assert cosine[one, other] == pytest.approx(sum(p[code] * q[code] for code in p))


def rooted(shares: dict[str, float]) -> dict[str, float]:
    whole = {code: shares.get(code, 0.0) for code in "abcd"}
    whole["other"] = max(0.0, 1.0 - sum(whole.values()))
    return {code: (share / max(1.0, sum(shares.values()))) ** 0.5 for code, share in whole.items()}


def test_a_sample_of_nobody_says_nothing():
    assert not gather("age", 1, [(0, "a", 1.0)], [(0, 0)]).known[0]


def test_a_thousand_audiences():
    random = np.random.default_rng(1)
    shares = random.dirichlet(np.full(60, 0.1), 1000) * (random.random((1000, 60)) < 0.5)
    known = np.ones(1000, dtype=bool)
    codes = tuple(f"{code:02}" for code in range(60))
    city = Distributions("city", codes, shares, known, np.full(1000, 1e6))
    found = compare([city])
    assert found.score.shape == (1000, 1000)
    one, other = 17, 803
    p, q = shares[one], shares[other]
    expected = np.minimum(p, q).sum() + min(1 - p.sum(), 1 - q.sum())
    assert found.overlaps[0].share[one, other] == pytest.approx(expected)
