import numpy as np

from graph import bridges, cascades, rrkernels
from graph.bridges import betweenness
from graph.build import build
from graph.cascades import simulate
from graph.influence import maximise
from graph.models import independent_cascade, linear_threshold, weighted_cascade
from graph.warm import warm


def test_nothing_is_compiled_after_warming():
    warm()
    kernels = [
        rrkernels.sample, rrkernels.count_hits, rrkernels.index, rrkernels.take, rrkernels.best,
        cascades._by_draws, cascades._by_threshold, bridges.add_dependencies,
    ]  # fmt: skip
    before = [len(kernel.signatures) for kernel in kernels]
    draw = np.random.default_rng(1)
    graph = build(draw.integers(0, 50, 400), draw.integers(0, 50, 400), nodes=range(50))
    weights, costs = draw.random(50), draw.random(50) + 0.1
    for model in (weighted_cascade(graph), independent_cascade(graph, 0.2), linear_threshold(graph)):
        found = maximise(model, budget=1.0, costs=costs, weights=weights, noise=0.2)
        simulate(model, found.ids, weights=weights, runs=10)
        simulate(model, found.ids, runs=10)
    betweenness(graph, samples=3)
    assert [len(kernel.signatures) for kernel in kernels] == before
    assert before == [1] * len(kernels)
