import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import rankdata

from scoring.places import MOST_LEVELS, Fields, Standing, fit, place

VALUES = st.one_of(st.none(), st.sampled_from([0.0, 1.0, 2.0, 50.0]), st.floats(0, 1e12))
ROWS = st.lists(
    st.tuples(VALUES, st.sampled_from(["instagram", "x"]), st.sampled_from([None, "food", "art"])), min_size=1
)


def standing(rows: list, among: list | None = None) -> Standing:
    values, fields = columns(rows)
    peers, peer_fields = columns(among or rows)
    return place(fit({"input": peers}, peer_fields), "input", values, fields)


def columns(rows: list) -> tuple[np.ndarray, Fields]:
    values, platforms, categories = zip(*rows, strict=True)
    return np.array(values, dtype=float), Fields.of(platforms, categories)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 2, 3, 4], [0.125, 0.375, 0.625, 0.875]),
        ([4, 1, 3, 2], [0.875, 0.125, 0.625, 0.375]),
        ([0, 0, 0, 9], [0.375, 0.375, 0.375, 0.875]),
        ([7, 7], [0.5, 0.5]),
        ([7, None, 8], [0.25, None, 0.75]),
        ([7], [None]),
        ([7, None], [None, None]),
    ],
)
def test_mid_ranks(values: list, expected: list):
    found = standing([(value, "x", None) for value in values])
    assert found.percentile.tolist() == pytest.approx(
        [float("nan") if one is None else one for one in expected], abs=1e-6, nan_ok=True
    )


@pytest.mark.parametrize(("foodies", "in_category"), [(49, False), (50, True)])
def test_a_category_counts_from_fifty_peers(foodies: int, in_category: bool):
    rows = [(float(at), "x", "food") for at in range(foodies)] + [(1e6, "x", "art")] * 100
    found = standing(rows)
    assert found.in_category[0] == in_category
    assert found.n[0] == (foodies if in_category else foodies + 100)
    assert found.percentile[foodies - 1] == pytest.approx((foodies - 0.5) / found.n[0], abs=1e-6)
    assert not found.in_category.any() or found.in_category[-1]


def test_unknown_peers_make_no_category():
    rows = [(1.0, "x", "food")] * 49 + [(None, "x", "food")] * 49
    found = standing(rows)
    assert (found.in_category[0], found.n[0]) == (False, 49)


def test_platforms_are_apart():
    found = standing([(1.0, "x", None), (2.0, "x", None), (1.0, "tiktok", None), (9.0, "tiktok", None)])
    assert found.percentile.tolist() == [0.25, 0.75, 0.25, 0.75]
    assert found.median.tolist() == [1.5, 1.5, 5.0, 5.0]


def test_peers_who_are_all_equal():
    found = standing([(3.0, "x", None), (3.0, "x", None), (1.0, "tiktok", None), (2.0, "tiktok", None)])
    assert found.all_equal.tolist() == [True, True, False, False]


def test_one_candidate_stands_where_it_stands_among_all():
    rng = np.random.default_rng(3)
    rows = [(float(value), "x", "food") for value in rng.integers(0, 40, 200)]
    everybody = standing(rows)
    alone = standing(rows[17:18], rows)
    for name in ("percentile", "median", "n", "in_category"):
        assert getattr(alone, name)[0] == getattr(everybody, name)[17]


def test_candidates_that_are_no_peers_stay_inside():
    candidates = [(0.0, "x", None), (1.5, "x", None), (9.0, "x", None), (9.0, "tiktok", None)]
    found = standing(candidates, [(1.0, "x", None), (2.0, "x", None)])
    assert found.percentile.tolist() == pytest.approx([0.0, 0.5, 1.0, float("nan")], abs=1e-6, nan_ok=True)


def test_many_levels_are_kept_to_half_a_point():
    rng = np.random.default_rng(8)
    rows = [(float(value), "x", None) for value in rng.lognormal(8, 3, 5_000)]
    values, fields = columns(rows)
    population = fit({"input": values}, fields)
    assert len(population.groups[0].inputs["input"].values) <= MOST_LEVELS
    exact = (rankdata(values) - 0.5) / len(values)
    off = np.abs(place(population, "input", values, fields).percentile - exact)
    assert off.max() <= 1 / (MOST_LEVELS - 1)


@given(ROWS)
def test_equals_the_ranks_of_scipy(rows: list):
    found = standing(rows)
    for at, (value, platform, _) in enumerate(rows):
        peers = [other for other, beside, _ in rows if beside == platform and other is not None]
        if value is None or len(peers) < 2:
            assert np.isnan(found.percentile[at])
            continue
        rank = rankdata(peers)[peers.index(value)]
        assert found.percentile[at] == pytest.approx((rank - 0.5) / len(peers), abs=1e-6)
        assert found.median[at] == pytest.approx(np.median(peers))
        assert 0 < found.percentile[at] < 1


@given(ROWS, st.randoms())
def test_the_order_of_rows_changes_nothing(rows: list, random):
    order = list(range(len(rows)))
    random.shuffle(order)
    before, after = standing(rows), standing([rows[at] for at in order])
    assert np.array_equal(before.percentile[order], after.percentile, equal_nan=True)
    assert before.n[order].tolist() == after.n.tolist()


def test_tied_ends_keep_their_place():
    """Six digits of the lowest value are more than it: those who have it must not fall below the lowest."""
    values = np.concatenate([np.full(600, 0.1534567891), np.linspace(0.2, 0.9, 400)])
    fields = Fields.of(["x"] * 1000, [None] * 1000)
    found = place(fit({"input": values}, fields), "input", values, fields)
    assert found.percentile[0] == pytest.approx(0.3)
