from datetime import UTC, datetime
from math import prod

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import audience
from scoring.audience import Shares, gather
from scoring.scores import Score

NOW = datetime(2026, 11, 21, tzinfo=UTC)
BIG = 1e12  # a sample so large that it costs no confidence

Wanted = dict[str, dict[str, float]]


def brief(wanted: Wanted, known: Wanted, *, sample: float | None = BIG) -> list[Shares]:
    """One candidate: wanted and known shares by dimension and code."""
    return [
        gather(
            dimension,
            codes,
            1,
            [(0, code, share) for code, share in known.get(dimension, {}).items()],
            [(0, sum(known[dimension].values()), sample)] if dimension in known else [],
        )
        for dimension, codes in wanted.items()
    ]


def score(wanted: Wanted, known: Wanted, *, sample: float | None = BIG, mode: str = "minimum") -> Score:
    return audience.score(brief(wanted, known, sample=sample), size=1, mode=mode).at(0, NOW, "m")


# wanted, known, m of the one dimension
MINIMUM = [
    ({"TR": 0.8}, {"TR": 0.95, "DE": 0.05}, 1.0),
    ({"TR": 0.8}, {"TR": 0.8, "DE": 0.2}, 1.0),
    ({"TR": 0.8}, {"TR": 0.4, "DE": 0.6}, 0.5),
    ({"TR": 0.8}, {"DE": 1.0}, 0.02),
    ({"TR": 0.6, "DE": 0.2}, {"TR": 0.9, "DE": 0.1}, 0.7 / 0.8),
    ({"TR": 0.6, "DE": 0.2}, {"TR": 0.3, "DE": 0.7}, 0.5 / 0.8),
    ({"TR": 1.0}, {"TR": 0.5, "DE": 0.5}, 0.5),
    ({"TR": 0.8, "DE": 0.0}, {"TR": 0.8, "US": 0.2}, 1.0),
]
EXACT = [
    ({"TR": 0.8}, {"TR": 0.8, "DE": 0.2}, 0.8),  # the brief's other .2 is matched only with "other"
    ({"TR": 0.8}, {"TR": 0.8}, 1.0),
    ({"TR": 0.8}, {"TR": 0.95, "DE": 0.05}, 0.8),
    ({"TR": 0.8}, {"TR": 0.7, "DE": 0.2}, 0.8),
    ({"TR": 0.5, "DE": 0.5}, {"TR": 0.9, "DE": 0.1}, 0.6),
    ({"TR": 0.5, "DE": 0.5}, {"US": 1.0}, 0.02),
]


@pytest.mark.parametrize(("wanted", "known", "match"), MINIMUM)
def test_wanted_shares_are_minimum_shares(wanted: dict[str, float], known: dict[str, float], match: float):
    assert score({"country": wanted}, {"country": known}).score == pytest.approx(100 * match)


@pytest.mark.parametrize(("wanted", "known", "match"), EXACT)
def test_exact_mode_compares_whole_distributions(
    wanted: dict[str, float], known: dict[str, float], match: float
):
    assert score({"country": wanted}, {"country": known}, mode="exact").score == pytest.approx(100 * match)


def test_dimensions_multiply_by_their_weights():
    wanted = {"country": {"TR": 0.8}, "age": {"18-24": 0.5}, "city": {"TR-34": 0.4}}
    known = {"country": {"TR": 0.6, "DE": 0.4}, "age": {"18-24": 0.5, "25-34": 0.5}, "city": {"TR-34": 0.1}}
    expected = 100 * prod([0.75 ** (0.15 / 0.6), 1.0, 0.25 ** (0.20 / 0.6)])
    assert score(wanted, known).score == pytest.approx(expected, abs=1e-5)


def test_an_unknown_dimension_lowers_the_confidence_not_the_score():
    wanted = {"country": {"TR": 0.8}, "age": {"18-24": 0.5}}
    both = score(wanted, {"country": {"TR": 0.4, "DE": 0.6}, "age": {"18-24": 0.25, "35-44": 0.75}})
    one = score(wanted, {"country": {"TR": 0.4, "DE": 0.6}})
    assert both.score == pytest.approx(50.0)
    assert one.score == pytest.approx(50.0)
    assert both.confidence == pytest.approx(1.0)
    assert one.confidence == pytest.approx(0.15 / 0.40)


@pytest.mark.parametrize(
    ("known", "sample", "confidence"),
    [
        ({"TR": 1.0}, 200, 0.5),
        ({"TR": 1.0}, 600, 0.75),
        ({"TR": 1.0}, None, 0.5),
        ({"TR": 0.9}, 600, 0.675),
        ({"TR": 0.9, "DE": 0.3}, 600, 0.75),
    ],
)
def test_confidence_by_known_mass_and_sample(
    known: dict[str, float], sample: float | None, confidence: float
):
    found = score({"country": {"TR": 0.8}}, {"country": known}, sample=sample)
    assert found.confidence == pytest.approx(confidence)
    assert found.score == pytest.approx(100.0)


@pytest.mark.parametrize(
    ("known", "sample", "reason"),
    [
        ({}, None, "no_distribution"),
        ({"country": {"TR": 0.0}}, None, "no_distribution"),
        ({"country": {"TR": 0.9}}, 0, "no_distribution"),
        ({"country": {"TR": float("nan")}}, None, "no_distribution"),
        ({"country": {"TR": 0.5}}, 200, "low_confidence"),
        ({"country": {"TR": 0.6}}, 200, None),
    ],
)
def test_null_says_why(known: Wanted, sample: float | None, reason: str | None):
    found = score({"country": {"TR": 0.8}}, known, sample=sample)
    assert (found.score is None, found.reason) == (reason is not None, reason)


def test_nothing_requested():
    assert audience.score([], size=3).at(2, NOW, "m").reason == "not_requested"


def test_points_share_the_loss_by_weight_and_logarithm():
    wanted = {"country": {"TR": 0.8}, "age": {"18-24": 0.5}, "gender": {"female": 0.5}}
    found = score(
        wanted,
        {"country": {"TR": 0.4, "DE": 0.6}, "age": {"18-24": 0.25, "45-54": 0.75}, "gender": {"female": 1.0}},
    )
    points = {term.name: term.points for term in found.terms}
    assert points["base"] == 100.0
    assert points["gender"] == 0.0
    assert points["country"] / points["age"] == pytest.approx(0.15 / 0.25)
    assert sum(points.values()) == pytest.approx(found.score, abs=0.01)
    country = next(term for term in found.terms if term.name == "country")
    assert (country.raw, country.reference) == (0.4, 0.8)


def test_a_full_match_has_no_points_but_its_base():
    found = score({"country": {"TR": 0.1, "DE": 0.7}}, {"country": {"TR": 0.2, "DE": 0.8}})
    assert found.score == 100.0
    assert [term.points for term in found.terms] == [100.0, 0.0]


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ({"shoe_size": {"42": 1.0}}, "dimension"),
        ({"country": {}}, "sum above 0"),
        ({"country": {"TR": 0.0}}, "sum above 0"),
        ({"country": {"TR": -0.1, "DE": 0.5}}, ">= 0"),
        ({"country": {"TR": float("nan")}}, ">= 0"),
    ],
)
def test_a_senseless_brief_is_an_error(wanted: Wanted, message: str):
    with pytest.raises(ValueError, match=message):
        score(wanted, {})


def test_wrong_shapes_and_modes_are_errors():
    country = brief({"country": {"TR": 0.8}}, {})
    with pytest.raises(ValueError, match="twice"):
        audience.score(country * 2, size=1)
    with pytest.raises(ValueError, match="mode"):
        audience.score(country, size=1, mode="fuzzy")
    with pytest.raises(ValueError, match="rows"):
        audience.score(country, size=2)


SHARE = st.one_of(st.floats(0, 1), st.floats())
CODES = ("TR", "DE", "US")
ROW = st.tuples(
    st.dictionaries(st.sampled_from(CODES), SHARE),
    st.dictionaries(st.sampled_from(CODES), SHARE),
    st.one_of(st.none(), st.floats()),
)


@given(
    st.dictionaries(st.sampled_from(CODES), st.floats(0.01, 1), min_size=1),
    st.lists(ROW, min_size=1, max_size=8),
    st.sampled_from(audience.MODES),
)
def test_never_nan_and_always_summing(wanted: dict[str, float], rows: list[tuple], mode: str):
    dimensions = [
        gather(
            name,
            wanted,
            len(rows),
            [(place, code, share) for place, row in enumerate(rows) for code, share in row[which].items()],
            [(place, sum(row[which].values()), row[2]) for place, row in enumerate(rows) if row[which]],
        )
        for which, name in enumerate(("country", "language"))
    ]
    column = audience.score(dimensions, size=len(rows), mode=mode)
    for position in range(len(rows)):
        found = column.at(position, NOW, "m")
        assert (found.score is None) == (found.reason is not None)
        assert 0 <= found.confidence <= 1
        if found.score is not None:
            assert 0 <= found.score <= 100
            assert abs(sum(term.points for term in found.terms) - found.score) <= 0.01


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.01, 1))
def test_a_larger_wanted_share_never_scores_less(one: float, two: float, wanted: float):
    low, high = sorted((one, two))
    column = audience.score(
        [Shares("country", {"TR": wanted}, np.array([[low], [high]]), np.ones(2), np.full(2, BIG))], size=2
    )
    assert column.score[0] <= column.score[1]
