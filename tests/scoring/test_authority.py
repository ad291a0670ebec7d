from dataclasses import replace
from datetime import UTC, datetime

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.authority import WEIGHTS, Authority, Placed, placed, score
from scoring.places import Fields, Population, fit
from scoring.rows import from_plain, take, to_plain
from scoring.scores import Column, Score

NOW = datetime(2026, 11, 21, tzinfo=UTC)
NUMBER = st.one_of(st.none(), st.floats(), st.sampled_from([0.0, 1.0, 2.0, -1.0]))
ROW = st.fixed_dictionaries(dict.fromkeys(WEIGHTS, NUMBER))
KNOWN_ROW = st.fixed_dictionaries(dict.fromkeys(WEIGHTS, st.one_of(st.none(), st.integers(0, 5))))


def made(rows: list[dict], category: str | None = None, irregular: list[bool] | None = None) -> Authority:
    columns = {name: np.array([row.get(name) for row in rows], dtype=float) for name in WEIGHTS}
    fields = Fields.of(["instagram"] * len(rows), [category] * len(rows))
    return Authority(**columns, fields=fields, irregular=np.array(irregular or [False] * len(rows)))


def column(rows: list[dict], **options) -> Column:
    """The rows among themselves."""
    inputs = made(rows, **options)
    return score(placed(inputs, fit(inputs.columns(), inputs.fields)))


def first(rows: list[dict], **options) -> Score:
    return column(rows, **options).at(0, NOW, "m")


def everything(value: float) -> dict[str, float]:
    return dict.fromkeys(WEIGHTS, value)


def test_the_weights_are_those_of_the_formula():
    best = dict.fromkeys(WEIGHTS, 0.0)
    for name, weight in {
        "pagerank": 0.4,
        "mentioners": 0.25,
        "creators": 0.15,
        "followers": 0.1,
        "tenure": 0.1,
    }.items():
        found = first([best | {name: 5.0}, best])
        # Percentiles of two: .75 for the one in front, .5 where both are equal.
        assert found.score == pytest.approx(100 * (0.75 * weight + 0.5 * (1 - weight)))


def test_a_missing_input_drops_its_term():
    found = first([{"pagerank": 2.0, "mentioners": 1.0}, {"pagerank": 1.0, "mentioners": 3.0}])
    assert [term.name for term in found.terms] == ["pagerank", "mentioners"]
    assert found.confidence == pytest.approx(0.65)
    assert found.score == pytest.approx(100 * (0.4 * 0.75 + 0.25 * 0.25) / 0.65, abs=1e-5)


def test_terms_say_what_is_compared():
    rows = [everything(at) | {"mentioners": at * 2} for at in range(60)]
    term = column(rows, category="beauty").at(41, NOW, "m").terms[1]
    assert (term.name, term.raw, term.reference) == ("mentioners", 82.0, 59.0)
    assert (term.place.platform, term.place.category, term.place.n) == ("instagram", "beauty", 60)
    assert term.place.percentile == pytest.approx(41.5 / 60, abs=1e-6)
    assert term.points == pytest.approx(25 * 41.5 / 60, abs=1e-5)


def test_few_peers_of_a_category_are_those_of_the_platform():
    assert first([everything(1), everything(2)], category="beauty").terms[0].place.category is None


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ([{"followers": 5.0, "tenure": 1.0}, {"followers": 9.0, "tenure": 2.0}], "no_edges"),
        ([{}, {}], "no_edges"),
        ([everything(1.0)], "no_peers"),
        ([everything(1.0), everything(1.0)], "peers_all_equal"),
        ([everything(0.0), everything(0.0)], "peers_all_equal"),
        ([{"creators": 5.0}, {"creators": 9.0}], "low_confidence"),
        ([{"mentioners": -5.0}, {"mentioners": float("nan")}], "no_edges"),
    ],
)
def test_null_says_why(rows: list[dict], reason: str):
    found = first(rows)
    assert (found.score, found.terms, found.reason) == (None, (), reason)


def test_irregular_posting_is_a_flag_and_costs_nothing():
    rows = [everything(2.0), everything(1.0)]
    flagged = first(rows, irregular=[True, False])
    assert flagged.flags == ("irregular_posting",)
    assert flagged.score == first(rows).score


def test_size_is_not_authority():
    """A giant whom nobody mentions stands below a small account that the field looks to."""
    giant = {"pagerank": 0.1, "mentioners": 0, "creators": 0, "followers": 9e6, "tenure": 9.0}
    expert = {"pagerank": 8.0, "mentioners": 40, "creators": 30, "followers": 9e3, "tenure": 2.0}
    found = column([giant, expert, *(everything(1.0) for _ in range(8))]).score
    assert found[1] > found[0]


def test_columns_of_several_lengths_are_an_error():
    inputs = made([everything(1.0), everything(2.0)])
    population = fit(inputs.columns(), inputs.fields)
    with pytest.raises(ValueError, match="one row per candidate"):
        placed(replace(inputs, irregular=np.zeros(3, dtype=bool)), population)
    with pytest.raises(ValueError, match="one row per candidate"):
        placed(replace(inputs, tenure=np.zeros(1)), population)


def test_a_stored_row_makes_the_same_score():
    rows = [everything(at % 7) | {"followers": at * 3.0, "tenure": None} for at in range(120)]
    inputs = made(rows, category="food")
    stands = placed(inputs, fit(inputs.columns(), inputs.fields))
    row = msgspec.json.decode(msgspec.json.encode(to_plain(take(stands, [31], 120))))
    assert score(from_plain(Placed, row)).at(0, NOW, "m") == score(stands).at(31, NOW, "m")


def test_a_stored_population_places_as_before():
    inputs = made([everything(at % 7) for at in range(60)], category="food")
    population = fit(inputs.columns(), inputs.fields)
    kept = msgspec.json.decode(msgspec.json.encode(population), type=Population)
    assert score(placed(inputs, kept)).score.tolist() == score(placed(inputs, population)).score.tolist()


@given(st.lists(ROW, min_size=1, max_size=20))
def test_never_nan_and_always_summing(rows: list[dict]):
    found = column(rows)
    for position in range(len(rows)):
        one = found.at(position, NOW, "m")
        assert (one.score is None) == (one.reason is not None)
        assert 0 <= one.confidence <= 1 + 1e-9
        if one.score is not None:
            assert 0 <= one.score <= 100
            assert abs(sum(term.points for term in one.terms) - one.score) <= 0.01


@given(st.lists(KNOWN_ROW, min_size=2, max_size=20), st.sampled_from(sorted(WEIGHTS)), st.integers(1, 9))
def test_more_never_lowers_authority(rows: list[dict], name: str, more: int):
    """More mentions, followers, ... with all else equal, also where the account is among its own peers."""
    if rows[0][name] is None:
        return
    before = first(rows)
    after = first([rows[0] | {name: rows[0][name] + more}, *rows[1:]])
    if before.score is not None:
        assert after.score >= before.score - 1e-6


@given(st.lists(KNOWN_ROW, min_size=2, max_size=20), st.randoms())
def test_the_order_of_rows_changes_nothing(rows: list[dict], random):
    order = list(range(len(rows)))
    random.shuffle(order)
    before, after = column(rows), column([rows[at] for at in order])
    assert np.array_equal(before.score[order], after.score, equal_nan=True)
