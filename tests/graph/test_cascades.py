import numpy as np
import pytest

from graph.build import UnknownNodes, build
from graph.cascades import NoRuns, simulate
from graph.models import independent_cascade, linear_threshold, weighted_cascade
from graph.rrsets import BadWeights
from tests.graph.exact import Exact, tiny


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("kind", ["ic", "wc", "lt"])
def test_the_mean_is_the_exact_spread(seed: int, kind: str):
    graph = tiny(seed)
    p = np.random.default_rng(seed).random(graph.arcs)
    made = {
        "ic": independent_cascade(graph, p),
        "wc": weighted_cascade(graph),
        "lt": linear_threshold(graph, p),
    }
    weights = None if seed % 2 else [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]
    found = simulate(made[kind], [0, 3], weights=weights, seed=seed)
    assert abs(found.mean - Exact(made[kind], weights).spread([0, 3])) <= 4 * found.error + 1e-9


def test_intervals_cover_the_truth_as_often_as_they_say():
    model = independent_cascade(tiny(2), 0.4)
    truth = Exact(model).spread([1])
    found = [simulate(model, [1], runs=400, seed=seed).interval for seed in range(400)]
    covered = sum(each.low <= truth <= each.high for each in found)
    assert 0.92 <= covered / 400 <= 0.98


def test_equal_seeds_equal_answers():
    model = weighted_cascade(tiny(1))
    assert simulate(model, [1], seed=3) == simulate(model, [1], seed=3)
    assert simulate(model, [1], seed=3).mean != simulate(model, [1], seed=4).mean
    assert simulate(model, [0, 0, 1]) == simulate(model, [1, 0])


def test_no_seeds_win_nothing():
    assert simulate(weighted_cascade(tiny(1)), []).mean == 0.0


def test_progress_can_end_the_work():
    class Cancelled(Exception):
        pass

    steps: list[tuple[int, int]] = []

    def stop(done: int, runs: int) -> None:
        steps.append((done, runs))
        if done >= 200:
            raise Cancelled

    with pytest.raises(Cancelled):
        simulate(weighted_cascade(tiny(1)), [0], runs=10_000, progress=stop)
    assert steps == [(100, 10_000), (200, 10_000)]


def test_what_is_refused():
    model = weighted_cascade(tiny(1))
    with pytest.raises(NoRuns, match="1 runs"):
        simulate(model, [0], runs=1)
    with pytest.raises(UnknownNodes, match="77"):
        simulate(model, [77])
    with pytest.raises(BadWeights):
        simulate(model, [0], weights=[1.0])


def test_arrays_that_may_only_be_read():
    graph = build([0, 1], [1, 2])
    graph.indices.setflags(write=False)
    graph.indptr.setflags(write=False)
    assert simulate(independent_cascade(graph, 1.0), [0]).mean == 3.0
