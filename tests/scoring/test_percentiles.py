import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.percentiles import MINIMUM, Place, midranks, place
from scoring.scores import CODE

VALUE = st.one_of(st.just(float("nan")), st.integers(-3, 3).map(float))
NUMBER = st.one_of(st.none(), st.floats())


@given(st.lists(st.tuples(VALUE, st.integers(-1, 2)), max_size=40))
def test_midranks_by_counting(rows: list[tuple[float, int]]):
    values, groups = (np.array([row[at] for row in rows], dtype=kind) for at, kind in ((0, float), (1, int)))
    ranks, n = midranks(values, groups)
    for at, (value, group) in enumerate(rows):
        own = [other for other, name in rows if name == group >= 0 and other == other]
        if value != value or group < 0:
            assert np.isnan(ranks[at])
            assert n[at] == 0
            continue
        below, level = sum(other < value for other in own), sum(other == value for other in own)
        assert n[at] == len(own)
        assert ranks[at] == pytest.approx((below + level / 2) / len(own))


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=50))
def test_midranks_are_centred_and_follow_the_values(values: list[float]):
    column = np.array(values)
    ranks, _ = midranks(column)
    assert ranks.mean() == pytest.approx(0.5)
    assert ((ranks > 0) & (ranks < 1)).all()
    assert (np.diff(ranks[np.argsort(column, kind="stable")]) >= 0).all()


@given(st.permutations(range(12)))
def test_the_order_of_rows_does_not_matter(order: list[int]):
    values, groups = np.array([1.0, 2, 2, 3] * 3), np.repeat([0, 1, 2], 4)
    ranks, _ = midranks(values, groups)
    again, _ = midranks(values[order], groups[order])
    assert np.array_equal(again, ranks[order])


def test_columns_of_other_lengths_are_an_error():
    with pytest.raises(ValueError, match="one row"):
        midranks(np.zeros(3), np.zeros(2, dtype=np.int64))


def test_a_place_is_the_midrank_among_all():
    others = np.random.default_rng(1).integers(0, 9, 30).astype(float)
    for value in range(-1, 10):
        ranks, _ = midranks(np.append(others, value))
        assert place(float(value), others) == Place(pytest.approx(ranks[-1]), 30, None)


@pytest.mark.parametrize(
    ("value", "others", "reason"),
    [
        (None, np.arange(30.0), "no_rate"),
        (float("nan"), np.arange(30.0), "no_rate"),
        (1.0, np.arange(MINIMUM - 1.0), "too_few_peers"),
        (1.0, np.append(np.arange(MINIMUM - 1.0), np.nan), "too_few_peers"),
        (1.0, np.array([]), "too_few_peers"),
        (1.0, np.full(30, 0.02), "peers_all_equal"),
    ],
)
def test_null_says_why(value: float | None, others: np.ndarray, reason: str):
    assert place(value, others) == Place(None, int((~np.isnan(others)).sum()), reason)
    assert reason in CODE


@given(NUMBER, st.lists(st.floats(), max_size=60), st.integers(0, 30))
def test_never_nan(value: float | None, others: list[float], minimum: int):
    found = place(value, np.array(others), minimum=minimum)
    assert (found.value is None) == (found.reason is not None)
    assert found.value is None or 0 < found.value < 1


@given(st.floats(0, 1), st.floats(0, 1), st.lists(st.floats(0, 1), min_size=2, max_size=60))
def test_a_higher_value_never_stands_lower(low: float, more: float, others: list[float]):
    first, second = (place(value, np.array(others), minimum=2).value for value in (low, low + more))
    assert first is None or second >= first
