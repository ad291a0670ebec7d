import math

import numpy as np
import pytest

from graph.bounds import AFFORDABLE, SMALLEST, Plan
from graph.greedy import Purse


def plan(eps: float = 0.1, delta: float = 0.001, nodes: int = 1_000, k: int = 10) -> Plan:
    return Plan.of(np.ones(nodes), Purse.by_number(nodes, k), eps, delta)


def test_bounds_lie_around_the_estimate_and_close():
    made, widths = plan(), []
    for sets in (1_024, 16_384, 262_144):
        found = made.guarantee(sets // 10, sets / 8, sets)
        assert found.lower < 100 < 125 < found.upper
        assert found.ratio == found.lower / found.upper
        widths.append(found.upper - found.lower)
    assert widths == sorted(widths, reverse=True)


def test_bounds_fail_as_seldom_as_they_say():
    """Binomial draws, without the union over rounds: each side fails in less than one of 1,000 even so."""
    made, draw = plan(delta=0.05), np.random.default_rng(1)
    for share in (0.01, 0.2, 0.9):
        met = draw.binomial(4_096, share, 20_000)
        each = [made.guarantee(int(count), float(count), 4_096) for count in np.unique(met)]
        known = dict(zip(np.unique(met).tolist(), each, strict=True))
        lower = np.mean([known[count].lower > share * 1_000 for count in met.tolist()])
        upper = np.mean([known[count].upper < share * 1_000 for count in met.tolist()])
        assert lower < 0.001
        assert upper < 0.001


def test_nothing_met_proves_nothing():
    found = plan().guarantee(0, 0.0, 1_024)
    assert found.lower == 0.0
    assert found.upper > 0.0
    assert not found.kept


def test_no_bound_is_above_all_nodes():
    assert plan().guarantee(1_024, 1_024.0, 1_024).upper == 1_000.0


def test_sizes_go_on_until_theory_is_content():
    assert plan().size(0) == SMALLEST
    assert plan().size(plan().rounds) >= AFFORDABLE
    assert plan(eps=0.001, nodes=100_000, k=1).rounds > plan().rounds


def test_less_is_promised_by_cost():
    costs = Purse.by_cost(4, [1.0, 2.0, 3.0, 4.0], 5.0)
    assert Plan.of(np.ones(4), costs, 0.1, 0.01).share == pytest.approx((1 - 1 / math.e) / 2)
    assert costs.most == 2
