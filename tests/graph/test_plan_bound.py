from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.constraints import Constraints, Limit
from graph.plan_bound import bound


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_choice_passes_the_bound(data: st.DataObject):
    size = data.draw(st.integers(1, 7))
    gains = np.array(data.draw(st.lists(st.integers(0, 20), min_size=size, max_size=size)), dtype=float)
    costs = data.draw(st.lists(st.integers(0, 9), min_size=size, max_size=size))
    budget = data.draw(st.integers(0, max(1, sum(costs))))
    places = st.integers(0, size - 1)
    limits = [
        Limit(frozenset(data.draw(st.sets(places, max_size=4))), data.draw(st.integers(0, 2)))
        for _ in range(data.draw(st.integers(0, 3)))
    ]
    max_size = data.draw(st.none() | st.integers(0, size))
    constraints = Constraints.of(costs, budget=budget, max_size=max_size, limits=limits)
    best = 0.0
    for count in range((size if max_size is None else max_size) + 1):
        for chosen in combinations(range(size), count):
            within = all(len(limit.members & set(chosen)) <= limit.most for limit in limits)
            if within and sum(costs[place] for place in chosen) <= budget:
                best = max(best, float(gains[list(chosen)].sum()))
    assert best <= bound(gains, constraints) + 1e-9


def test_the_bound_is_the_fractional_knapsack():
    constraints = Constraints.of([4, 3, 2], budget=5)
    assert bound(np.array([8.0, 9.0, 1.0]), constraints) == 9 + 2 * 2


def test_a_price_does_as_well_as_the_fractional_knapsack():
    """Limits that bind nobody do not loosen the bound."""
    rng = np.random.default_rng(1)
    gains, costs = rng.random(50) * 100, rng.integers(1, 50, 50)
    plain = Constraints.of(costs.tolist(), budget=300)
    limited = Constraints.of(costs.tolist(), budget=300, limits=[Limit(frozenset(range(10)), 10)])
    assert bound(gains, plain) <= bound(gains, limited) <= bound(gains, plain) * 1.001


def test_limits_tighten_the_bound():
    constraints = Constraints.of([1] * 4, budget=3, limits=[Limit(frozenset({0, 1, 2}), 1)])
    assert bound(np.array([5.0, 4.0, 3.0, 1.0]), constraints) == 6.0
