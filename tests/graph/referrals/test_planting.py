"""Which attempts to refer count, and what becomes of the others."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.referrals.bringing import branching, brought
from graph.referrals.drawing import drawn
from graph.referrals.forest import NOBODY, InCircles, grown
from graph.referrals.planting import CODES, UnequalColumns, planted


def one_by_one(attempts: list[tuple[int, int, int]]) -> tuple[dict[int, int], list[str]]:
    """What planted must answer, told plainly: parents, and a code for each attempt."""
    parents: dict[int, int] = {}
    codes = [""] * len(attempts)
    for place, (child, parent, _) in sorted(enumerate(attempts), key=lambda each: each[1][2]):
        above = parent
        while above in parents and above != child:
            above = parents[above]
        if child == parent:
            codes[place] = "self_referral"
        elif child in parents:
            codes[place] = "already_referred"
        elif above == child:
            codes[place] = "circle"
        else:
            parents[child], codes[place] = parent, "accepted"
    return parents, codes


@settings(deadline=None, max_examples=80)
@given(
    st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 5)), min_size=1, max_size=25),
    st.sampled_from([1, 10**12]),
)
def test_the_same_as_one_by_one(attempts: list[tuple[int, int, int]], apart: int):
    child, parent, at = np.array(attempts).T
    made = planted(child * apart, parent * apart, at)
    parents, codes = one_by_one(attempts)
    assert [CODES[each] for each in made.verdicts] == codes
    ids = (made.nodes // apart).tolist()
    told = {ids[node]: ids[up] for node, up in enumerate(made.forest.parents.tolist()) if up >= 0}
    assert told == parents
    for node, attempt in enumerate(made.attempts.tolist()):
        assert (attempt < 0) == (ids[node] not in parents)
        assert attempt < 0 or attempts[attempt][:2] == (ids[node], parents[ids[node]])
    for refusal in made.refusals(most=25):
        if refusal.code == "circle":
            assert (refusal.circle[0], refusal.circle[-1]) == (refusal.child, refusal.parent)
    _check_sums(made.forest)


def _check_sums(forest) -> None:
    """Depths and sums as of a walk up from each node."""
    size = len(forest.parents)
    values = np.arange(1, size + 1) ** 3
    depths, tops = [], []
    direct, whole = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    for node in range(size):
        above, depth = node, 0
        while forest.parents[above] != NOBODY:
            above, depth = int(forest.parents[above]), depth + 1
            whole[above] += values[node]
            direct[above] += values[node] if depth == 1 else 0
        depths.append(depth)
        tops.append(above)
    assert forest.depths.tolist() == depths
    assert forest.tops.tolist() == tops
    made = brought(forest, values)
    assert made.direct.tolist() == direct.tolist()
    assert made.whole.tolist() == whole.tolist()


def test_refusals_are_told_by_name():
    made = planted(["a", "b", "c", "a", "d"], ["a", "a", "b", "c", "c"], [0, 1, 2, 3, 4], people=["z"])
    assert made.nodes.tolist() == ["a", "b", "c", "d", "z"]
    assert made.refused() == {"self_referral": 1, "already_referred": 0, "circle": 1}
    own, circle = made.refusals()
    assert (own.attempt, own.code, own.child) == (0, "self_referral", "a")
    assert (circle.attempt, circle.code, circle.circle) == (3, "circle", ["a", "b", "c"])
    assert len(made.refusals(most=1)) == 1


def test_of_a_long_circle_both_ends_are_named():
    size = 1_000
    made = planted(np.arange(1, size + 1) % size, np.arange(size))
    (circle,) = made.refusals()
    assert len(circle.circle) == 20
    assert (circle.circle[0], circle.circle[-1]) == (0, size - 1)


def test_sums_stay_whole_beyond_the_precision_of_floats():
    forest = grown(np.array([NOBODY, 0, 0], dtype=np.int32))
    assert forest.sums(np.array([1, 2**60 + 1, 2])).tolist()[0] == 2**60 + 4


@pytest.mark.parametrize(("children", "at"), [([1], None), ([1, 2], [1])])
def test_columns_of_one_length(children: list, at: list | None):
    with pytest.raises(UnequalColumns):
        planted(children, [0, 0], at)


def test_a_circle_is_no_forest():
    with pytest.raises(InCircles, match="2 in circles") as caught:
        grown(np.array([1, 0, 0, 2, NOBODY], dtype=np.int32))
    assert caught.value.nodes.tolist() == [0, 1]


def test_nobody():
    made = planted([], [])
    assert (len(made.nodes), made.refusals()) == (0, [])
    assert branching(made.forest).generations == []


def test_how_it_branches():
    made = branching(planted([1, 2, 3, 4, 5], [0, 0, 0, 1, 1], people=range(20)).forest)
    assert (made.people, made.roots, made.referrers) == (20, 15, 2)
    assert made.of_each == [18, 0, 1, 1]
    assert made.generations == [15, 3, 2]
    assert made.top_share == 1.0


def test_a_million_by_doubling_is_the_same_as_by_layers():
    rng = np.random.default_rng(3)
    size = 200_000
    parents = (rng.random(size) * np.arange(size)).astype(np.int32)
    parents[rng.random(size) < 0.3] = NOBODY
    parents[0] = NOBODY
    forest = grown(parents)
    sizes = np.ones(size, dtype=np.int64)
    for depth in range(int(forest.depths.max()), 0, -1):
        layer = forest.depths == depth
        np.add.at(sizes, parents[layer], sizes[layer])
    assert np.array_equal(forest.sizes, sizes)


def test_a_tree_is_cut_and_says_so():
    parents = np.array([NOBODY, *[0] * 1000, *[7] * 3, 1001], dtype=np.int32)
    made = drawn(grown(parents), 0, deep=2, wide=5)
    assert [each.place for each in made] == [0, 7, 1, 2, 3, 4, 1001, 1002, 1003]
    assert (made[0].brought, made[0].more, made[0].below) == (1000, 995, 1004)
    assert [(each.more, each.below) for each in made if each.place == 1001] == [(1, 1)]
    assert len(drawn(grown(parents), 0, most=4)) == 4
    assert min(each.x for each in made) == 0.0
    assert max(each.x for each in made) == 1.0
    leaves = sorted(each.x for each in made if each.place not in (0, 7))
    assert np.allclose(np.diff(leaves), leaves[1] - leaves[0])


def test_what_is_drawn_may_be_weighed_by_sales():
    forest = grown(np.array([NOBODY, 0, 0, 0], dtype=np.int32))
    made = drawn(forest, 0, weights=np.array([0, 1, 5, 3]), wide=2)
    assert [each.place for each in made] == [0, 2, 3]
