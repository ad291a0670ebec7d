import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph import greedy
from graph.build import build
from graph.greedy import Purse, choose
from graph.models import independent_cascade
from graph.rrsets import Collection, Source

NODES = 7
SETS = st.lists(st.sets(st.integers(0, NODES - 1), min_size=1), min_size=1, max_size=12)
COSTS = st.lists(st.sampled_from([0.1, 0.3, 1.0, 2.0, 7.0, float("inf")]), min_size=NODES, max_size=NODES)


def collection(sets: list[set[int]]) -> Collection:
    made = Collection(Source.of(independent_cascade(build([], [], nodes=range(NODES)), 0.0), 1), 1 << 20)
    made.members = np.array([node for each in sets for node in sorted(each)], dtype=np.int32)
    made.offsets = np.cumsum([0, *map(len, sets)])
    made.count = len(sets)
    return made


def met(sets: list[set[int]], nodes: tuple[int, ...]) -> int:
    return sum(bool(each & set(nodes)) for each in sets)


def naive(sets: list[set[int]], costs: list[float], budget: float) -> list[int]:
    """Greedy as it is told: the most new sets for the cost, the first of equals, while it can be paid."""
    chosen: list[int] = []
    while True:
        spent = sum(costs[node] for node in chosen)
        open_sets = [each for each in sets if not each & set(chosen)]
        worth = {
            node: sum(node in each for each in open_sets) / costs[node]
            for node in range(NODES)
            if node not in chosen and spent + costs[node] <= budget + 1e-9
        }
        best = max(worth, key=lambda node: (worth[node], -node), default=None)
        if best is None or worth[best] <= 0:
            return chosen
        chosen.append(best)


@settings(deadline=None, max_examples=200)
@given(SETS, st.integers(1, NODES))
def test_by_number(sets: list[set[int]], k: int):
    found = choose(collection(sets), Purse.by_number(NODES, k))
    assert found.seeds.tolist() == naive(sets, [1.0] * NODES, k)
    assert found.gains.sum() == met(sets, tuple(found.seeds.tolist()))
    assert found.bound >= max(met(sets, each) for each in itertools.combinations(range(NODES), k)) - 1e-9
    assert found.bound <= len(sets)


@settings(deadline=None, max_examples=200)
@given(SETS, COSTS, st.sampled_from([0.3, 1.0, 2.1, 7.0]))
def test_by_cost(sets: list[set[int]], costs: list[float], budget: float):
    if min(costs) > budget:
        return
    found = choose(collection(sets), Purse.by_cost(NODES, costs, budget))
    chosen, covered = found.seeds.tolist(), int(found.gains.sum())
    single = max(met(sets, (node,)) for node in range(NODES) if costs[node] <= budget)
    assert covered == met(sets, tuple(chosen)) == max(single, met(sets, tuple(naive(sets, costs, budget))))
    assert sum(costs[node] for node in chosen) <= budget + 1e-9
    subsets = itertools.chain.from_iterable(
        itertools.combinations(range(NODES), n) for n in range(1, NODES + 1)
    )
    fitting = [each for each in subsets if sum(costs[node] for node in each) <= budget + 1e-9]
    optimum = max(met(sets, each) for each in fitting)
    assert found.bound >= optimum - 1e-9
    assert covered >= (1 - 1 / np.e) / 2 * optimum


@settings(deadline=None, max_examples=200)
@given(SETS, COSTS, st.sampled_from([1.0, 2.1, 7.0, 9.0]), st.sets(st.integers(0, NODES - 1), max_size=3))
def test_those_that_must_be_taken(sets: list[set[int]], costs: list[float], budget: float, must: set[int]):
    """They come first, the rest adds to them, and the bound is about choices that hold them."""
    first = sorted(must)
    if sum(costs[node] for node in first) > budget:
        with pytest.raises(greedy.BadGoal, match="must be seeds cost"):
            Purse.by_cost(NODES, costs, budget, must=np.array(first))
        return
    if not must and min(costs) > budget:
        return
    found = choose(collection(sets), Purse.by_cost(NODES, costs, budget, must=np.array(first, dtype=int)))
    chosen = found.seeds.tolist()
    assert chosen[: len(first)] == first
    assert len(set(chosen)) == len(chosen)
    assert found.gains.sum() == met(sets, tuple(chosen))
    assert sum(costs[node] for node in chosen) <= budget + 1e-9
    others = [node for node in range(NODES) if node not in must]
    choices = [must | set(each) for n in range(len(others) + 1) for each in itertools.combinations(others, n)]
    fitting = [each for each in choices if sum(costs[node] for node in each) <= budget + 1e-9]
    optimum = max(met(sets, tuple(each)) for each in fitting)
    assert found.bound >= optimum - 1e-9
    assert found.gains.sum() >= (1 - 1 / np.e) / 2 * optimum


@settings(deadline=None, max_examples=100)
@given(SETS, st.integers(1, NODES), st.sets(st.integers(0, NODES - 1), max_size=3))
def test_those_that_must_be_taken_count(sets: list[set[int]], k: int, must: set[int]):
    if len(must) > k:
        return
    found = choose(collection(sets), Purse.by_number(NODES, k, must=np.array(sorted(must), dtype=int)))
    choices = [each for each in itertools.combinations(range(NODES), k) if must <= set(each)]
    optimum = max(met(sets, each) for each in choices)
    assert len(found.seeds) <= k
    assert (1 - 1 / np.e) * optimum <= found.gains.sum() <= optimum <= found.bound + 1e-9


def test_the_bound_of_a_long_choice_is_checked_at_some_steps(monkeypatch):
    calls = []
    before = greedy._headroom
    monkeypatch.setattr(greedy, "_headroom", lambda *each: calls.append(1) or before(*each))
    monkeypatch.setattr(greedy, "BOUNDED_STEPS", 2)
    sets = [{node} for node in range(NODES)]
    found = choose(collection(sets), Purse.by_number(NODES, 6))
    assert len(found.seeds) == 6
    assert len(calls) == 3
    assert found.bound == 6


def test_noise_falls_with_the_root_of_the_sets():
    few, many = (choose(collection([{0}, {1}] * n), Purse.by_number(NODES, 2)) for n in (3, 300))
    assert few.noise / many.noise == pytest.approx(10)
