"""Plans by influence: never outside the constraints, near the best, bounds that hold."""

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.build import UnknownNodes, build
from graph.constraints import Constraints, Limit
from graph.influence import maximise
from graph.models import independent_cascade, weighted_cascade
from graph.rrsets import OutOfMemory
from graph.spread_plan import plan_spread
from tests.graph.exact import Exact, tiny


@settings(deadline=None, max_examples=40, derandomize=True)
@given(
    st.integers(0, 50),
    st.lists(st.integers(1, 9), min_size=5, max_size=5),
    st.integers(9, 20),
    st.sets(st.integers(0, 4), max_size=1),
    st.sets(st.integers(0, 4), max_size=2),
    st.sampled_from([None, 2, 3]),
)
def test_within_the_constraints_and_near_the_best(
    seed: int, costs: list[int], budget: int, must: set[int], out: set[int], most: int | None
):
    """Each bound fails with probability delta = .001 at most; 5% is what the noise is limited to."""
    out -= must
    graph = tiny(seed, nodes=6, arcs=9)
    model = independent_cascade(graph, np.random.default_rng(seed).random(graph.arcs))
    exact = Exact(model)
    wanted = Constraints.of(
        costs, budget=budget, must_include=sorted(must), exclude=sorted(out), max_size=most
    )
    found = plan_spread(model, [[n] for n in range(5)], wanted, seed=seed)
    assert must <= set(found.places)
    assert not out & set(found.places)
    assert found.total_cost == sum(costs[place] for place in found.places) <= budget
    assert most is None or len(found.places) <= most
    choices = itertools.chain.from_iterable(itertools.combinations(range(5), n) for n in range(1, 6))
    allowed = [
        each
        for each in choices
        if must <= set(each)
        and not out & set(each)
        and sum(costs[place] for place in each) <= budget
        and (most is None or len(each) <= most)
    ]
    best = max(exact.spread(list(each)) for each in allowed)
    spread = exact.spread(list(found.places))
    assert found.lower <= spread + 1e-9
    assert found.upper >= best - 1e-9
    assert found.optimality == pytest.approx(found.lower / found.upper)
    assert spread >= 0.95 * best


def test_limits_of_groups_and_weights():
    stars = build(["a"] * 6 + ["b"] * 5 + ["c"] * 2, [f"n{n}" for n in range(13)])
    model = independent_cascade(stars, 1.0)
    one = Constraints.of([1, 1, 1], max_size=2, limits=[Limit(frozenset({0, 1}), 1)])
    assert plan_spread(model, [["a"], ["b"], ["c"]], one).places == (0, 2)
    weights = np.zeros(stars.size)
    weights[stars.places(["n11", "n7"])] = [2.0, 1.0]
    aimed = plan_spread(model, [["a"], ["b"], ["c"]], Constraints.of([1, 1, 1], max_size=1), weights=weights)
    assert aimed.places == (2,)
    assert aimed.spread.value == pytest.approx(2.0, abs=0.1)


def test_somebody_of_several_nodes_is_won_as_a_whole():
    stars = build(["a"] * 3 + ["b"] * 3 + ["c"] * 4, [f"n{n}" for n in range(10)])
    model = independent_cascade(stars, 1.0)
    wanted = Constraints.of([2, 1, 1], budget=2, max_size=1)
    found = plan_spread(model, [["a", "b"], ["c"], []], wanted)
    assert found.places == (0,)
    assert found.marginal.round().tolist() == [8.0]
    # Who is in the plan but not in the graph adds nothing, nor who is a node that was counted already.
    both = plan_spread(
        model, [["a", "b"], ["b"], []], Constraints.of([2, 1, 1], must_include=[0, 1, 2], budget=9)
    )
    assert both.places == (0, 1, 2)
    assert both.marginal.round().tolist() == [8.0, 0.0, 0.0]


def test_a_long_list_is_as_good_as_influence_itself():
    graph = tiny(3, nodes=60, arcs=240)
    model = weighted_cascade(graph)
    nodes = [[node] for node in graph.nodes.tolist()]
    plan = plan_spread(model, nodes, Constraints.of([1] * len(nodes), budget=5, max_size=5))
    seeds = maximise(model, 5)
    assert plan.spread.value >= 0.97 * seeds.spread.value
    assert plan.spread.value <= seeds.guarantee.upper
    again = plan_spread(model, nodes, Constraints.of([1] * len(nodes), budget=5, max_size=5))
    assert (again.places, again.marginal.tolist()) == (plan.places, plan.marginal.tolist())


def test_memory_unknown_nodes_and_cancel():
    graph = build(np.arange(2_000), np.arange(1, 2_001))
    model = independent_cascade(graph, 1.0)
    wanted = Constraints.of([1, 1], budget=1)
    found = plan_spread(model, [[0], [1_000]], wanted, most_bytes=40_000_000, noise=0.001)
    assert found.full
    assert found.places == (0,)
    with pytest.raises(OutOfMemory):
        plan_spread(model, [[0], [1_000]], wanted, most_bytes=20_000)
    with pytest.raises(UnknownNodes):
        plan_spread(model, [[0], [9_999]], wanted)

    def stop(done: int, planned: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        plan_spread(model, [[0], [1_000]], wanted, progress=stop)


def test_a_few_who_win_little_of_a_large_graph_are_found():
    """A thousand sets of 20,000 nodes hardly meet them; that is no reason to take nobody."""
    pairs = build([f"a{n}" for n in range(10_000)], [f"b{n}" for n in range(10_000)])
    model = independent_cascade(pairs, 1.0)
    for seed in range(5):
        found = plan_spread(model, [["a0"], ["a1"]], Constraints.of([5, 9], budget=9), noise=0.5, seed=seed)
        assert len(found.places) == 1
        assert found.lower <= 2.0 <= found.upper


def test_where_nobody_of_the_graph_may_be_chosen_nothing_is_drawn():
    star = independent_cascade(build(["a", "a"], ["b", "c"]), 1.0)
    for wanted in (
        Constraints.of([5, 9], budget=4),
        Constraints.of([5, 1], budget=9, exclude=[0]),
        Constraints.of([5, 1], budget=1, must_include=[1]),
        Constraints.of([5, 1], budget=9, limits=[Limit(frozenset([0]), 0)]),
    ):
        found = plan_spread(star, [["a"], []], wanted)
        assert (found.sets, found.spread.value, found.upper, found.optimality) == (0, 0.0, 0.0, 1.0)
        assert (found.places, found.total_cost) == (wanted.must_include, wanted.spent)
