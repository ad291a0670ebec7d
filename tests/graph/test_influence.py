import itertools
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.build import UnknownNodes, build
from graph.greedy import BadGoal
from graph.influence import Seeds, maximise
from graph.models import Model, independent_cascade, linear_threshold, weighted_cascade
from graph.rrsets import BadWeights, OutOfMemory
from tests.graph.exact import Exact, tiny

CHANCES = st.sampled_from([0.0, 0.1, 0.5, 0.9, 1.0])
ARCS = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), CHANCES), min_size=1, max_size=10)


def cascade(arcs: list[tuple[int, int, float]]) -> Model:
    """An independent cascade on six nodes; of parallel arcs the last chance holds."""
    chances = {(source, target): p for source, target, p in arcs if source != target}
    ends = sorted(chances)
    graph = build([a for a, _ in ends], [b for _, b in ends], nodes=range(6))
    return independent_cascade(graph, [chances[each] for each in ends])


def places(model: Model, found: Seeds) -> list[int]:
    return model.graph.places(found.ids).tolist()


def test_spread_is_monotone_and_submodular():
    """What the guarantee rests on, for all sets on some graphs: the enumeration itself, and so the model."""
    for seed in range(5):
        graph = tiny(seed, nodes=5, arcs=9)
        exact = Exact(independent_cascade(graph, np.random.default_rng(seed).random(graph.arcs)))
        subsets = [set(each) for n in range(6) for each in itertools.combinations(range(5), n)]
        spread = {frozenset(each): exact.spread(sorted(each)) if each else 0.0 for each in subsets}
        for small, large in itertools.product(subsets, subsets):
            if small <= large:
                for node in set(range(5)) - large:
                    gains = [spread[frozenset(s | {node})] - spread[frozenset(s)] for s in (small, large)]
                    assert gains[0] >= gains[1] - 1e-12 >= -1e-9


@settings(deadline=None, max_examples=60, derandomize=True)
@given(ARCS, st.integers(1, 4), st.integers(0, 1_000))
def test_bounds_hold(arcs: list, k: int, seed: int):
    """Each fails with probability delta = .001 at most."""
    model = cascade(arcs)
    found, exact = maximise(model, k, seed=seed, noise=1.0), Exact(model)
    spread, optimum = exact.spread(places(model, found)), exact.optimum(k)
    proven = found.guarantee
    assert proven.lower <= spread + 1e-9
    assert proven.upper >= optimum - 1e-9
    assert proven.ratio * optimum <= spread + 1e-9
    assert proven.kept
    assert len(found.ids) <= k


@settings(deadline=None, max_examples=60, derandomize=True)
@given(
    ARCS,
    st.lists(st.sampled_from([0.5, 1.0, 2.0, 3.0]), min_size=6, max_size=6),
    st.sampled_from([1, 2.5, 4]),
)
def test_bounds_hold_by_cost(arcs: list, costs: list[float], budget: float):
    model = cascade(arcs)
    if min(costs) > budget:
        return
    found, exact = maximise(model, budget=budget, costs=costs), Exact(model)
    spread, optimum = exact.spread(places(model, found)), exact.optimum_by_cost(costs, budget)
    assert found.cost.tolist() == [costs[at] for at in places(model, found)]
    assert found.cost.sum() <= budget * (1 + 1e-9)
    assert found.guarantee.lower <= spread + 1e-9
    assert found.guarantee.upper >= optimum - 1e-9
    assert found.guarantee.kept
    assert found.guarantee.promised == pytest.approx((1 - 1 / math.e) / 2 - 0.1)
    # Sampling apart, this is what greedy or the best single node reaches.
    assert spread >= (1 - 1 / math.e) / 2 * optimum * 0.95


@settings(deadline=None, max_examples=40, derandomize=True)
@given(ARCS, st.lists(st.floats(0.0, 9.0), min_size=6, max_size=6).filter(lambda each: sum(each) > 1))
def test_bounds_hold_for_targets(arcs: list, weights: list[float]):
    model = cascade(arcs)
    found, exact = maximise(model, 2, weights=weights, noise=0.02), Exact(model, weights)
    spread, optimum = exact.spread(places(model, found)), exact.optimum(2)
    assert found.guarantee.lower <= spread + 1e-9
    assert found.guarantee.upper >= optimum - 1e-9
    # Greedy on exact chances reaches 1 - 1/e; draws take little of it away.
    assert spread >= (1 - 1 / math.e) * optimum * 0.95


@pytest.mark.parametrize("kind", ["ic", "wc", "lt"])
def test_estimates_are_of_the_chosen_seeds(kind: str):
    graph = tiny(1, nodes=7, arcs=12)
    p = np.random.default_rng(1).random(graph.arcs)
    model = {
        "ic": independent_cascade(graph, p), "wc": weighted_cascade(graph), "lt": linear_threshold(graph, p),
    }[kind]  # fmt: skip
    exact, covered = Exact(model), 0
    for seed in range(200):
        found = maximise(model, 3, seed=seed, noise=1.0)
        truth = exact.spread(places(model, found))
        covered += found.spread.low <= truth <= found.spread.high
        assert found.marginal.sum() == pytest.approx(found.spread.value)
    assert 0.91 <= covered / 200 <= 0.985
    order = places(model, found)
    marginal = [exact.spread(order[: n + 1]) - (exact.spread(order[:n]) if n else 0) for n in range(3)]
    assert np.abs(found.marginal - marginal).max() < 0.4


def test_a_single_dear_node_can_beat_many_cheap_ones():
    # By gain for its cost the leaf (1 for .1) comes first; then the hub is too dear.
    star = build(np.zeros(20, dtype=int), np.arange(1, 21), nodes=range(22))
    model = independent_cascade(star, 1.0)
    costs = np.full(22, 100.0)
    costs[0], costs[21] = 10.0, 0.1
    found = maximise(model, budget=10.0, costs=costs)
    assert found.ids.tolist() == [0]
    assert found.cost.tolist() == [10.0]


def test_only_candidates_are_chosen_and_bound():
    star = build(np.zeros(20, dtype=int), np.arange(1, 21))
    found = maximise(independent_cascade(star, 1.0), 2, candidates=[3, 4])
    assert sorted(found.ids.tolist()) == [3, 4]
    assert found.guarantee.upper < 5
    with pytest.raises(UnknownNodes):
        maximise(independent_cascade(star, 1.0), 2, candidates=[99])


def test_those_that_must_be_seeds_are():
    """Of two stars the small one must be in: the large one joins it; what is proven is about such pairs."""
    stars = build(
        [0] * 5 + [10] * 20, [*range(1, 6), *range(11, 31)], nodes=[0, 10, *range(1, 6), *range(11, 31), 40]
    )
    model = independent_cascade(stars, 1.0)
    found = maximise(model, 3, must=[40, 0])
    assert found.ids.tolist() == [0, 40, 10]
    assert found.marginal.round().tolist() == [6.0, 1.0, 21.0]
    assert found.guarantee.kept
    costs = np.ones(stars.size)
    costs[stars.places([0])] = 3.0
    bought = maximise(model, budget=4.0, costs=costs, must=[0], candidates=[10])
    assert (bought.ids.tolist(), bought.cost.tolist()) == ([0, 10], [3.0, 1.0])
    with pytest.raises(BadGoal, match="must be seeds cost 2 of a budget of 1"):
        maximise(model, 1, must=[0, 40])


def test_equal_seeds_equal_answers():
    model = weighted_cascade(tiny(3, nodes=30, arcs=80))
    one, same, other = (maximise(model, 4, seed=seed, noise=0.2) for seed in (5, 5, 6))
    assert one.ids.tolist() == same.ids.tolist()
    assert one.marginal.tolist() == same.marginal.tolist()
    assert one.guarantee == same.guarantee
    assert one.marginal.tolist() != other.marginal.tolist()


def test_less_noise_more_sets():
    model = weighted_cascade(tiny(3, nodes=30, arcs=80))
    sizes = [maximise(model, 4, noise=noise).guarantee.sets for noise in (1.0, 0.05, 0.01)]
    assert sizes == sorted(sizes)
    assert sizes[0] < sizes[2]


def test_memory_ends_the_search_and_the_answer_says_so():
    graph = build(np.arange(2_000), np.arange(1, 2_001))
    model = independent_cascade(graph, 1.0)
    found = maximise(model, 3, noise=0.001, most_bytes=40_000_000)
    assert found.guarantee.sets < maximise(model, 3, noise=0.001, most_bytes=160_000_000).guarantee.sets
    assert found.full
    assert not maximise(model, 1, noise=1.0).full
    starved = maximise(independent_cascade(build([0], [1], nodes=range(3_000)), 0.1), 3, most_bytes=300_000)
    assert not starved.guarantee.kept
    assert starved.guarantee.lower <= starved.spread.value <= starved.guarantee.upper
    with pytest.raises(OutOfMemory):
        maximise(model, 3, most_bytes=20_000)


def test_more_seeds_than_worth_taking():
    model = independent_cascade(build([0, 0], [1, 2]), 1.0)
    found = maximise(model, 10)
    assert found.ids.tolist() == [0]
    assert found.spread.value == 3.0
    assert found.guarantee.upper == 3.0


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ({"k": 0}, "0 seeds"),
        ({}, "either k, or budget and costs"),
        ({"k": 1, "budget": 2.0}, "either k"),
        ({"budget": 2.0}, "either k"),
        ({"budget": 2.0, "costs": [1.0]}, "one a node"),
        ({"budget": 2.0, "costs": [0.0] * 6}, "above 0"),
        ({"budget": 2.0, "costs": [float("nan")] * 6}, "above 0"),
        ({"budget": 2.0, "costs": [3.0] * 6}, "buys no seed"),
        ({"budget": float("nan"), "costs": [3.0] * 6}, "expected a number"),
        ({"k": 1, "eps": 0.0}, "0 < eps"),
        ({"k": 1, "eps": 0.7}, "0 < eps"),
        ({"k": 1, "delta": 1.0}, "0 < delta < 1"),
        ({"k": 1, "candidates": []}, "no node"),
        ({"k": 1, "weights": [0, 0, 0, 0, 0, 1.0], "candidates": [1]}, "worth anything"),
    ],
)
def test_goals_that_can_not_be(arguments: dict, says: str):
    with pytest.raises(BadGoal, match=says):
        maximise(weighted_cascade(tiny(1)), **arguments)
    assert issubclass(BadGoal, ValueError)


def test_bad_weights():
    with pytest.raises(BadWeights):
        maximise(weighted_cascade(tiny(1)), 1, weights=[1.0, -1.0, 0, 0, 0, 0])


def test_progress_grows_and_can_end_the_work():
    class Cancelled(Exception):
        pass

    steps: list[tuple[int, int]] = []
    model = weighted_cascade(tiny(3, nodes=30, arcs=80))
    maximise(model, 2, noise=0.01, progress=lambda *step: steps.append(step))
    assert len(steps) > 2
    assert all(0 < done <= planned for done, planned in steps)
    assert steps[-1][0] == steps[-1][1]

    def stop(done: int, planned: int) -> None:
        if done > 1_024:
            raise Cancelled

    with pytest.raises(Cancelled):
        maximise(model, 2, noise=0.01, progress=stop)
