"""Compiles all kernels before a request needs them: seconds once a machine, then read from the cache.

Communities have no kernel of ours; their library takes as long to load, so it is loaded here as well.
"""

import numpy as np

from graph.authority import pagerank
from graph.bridges import betweenness
from graph.build import build
from graph.cascades import simulate
from graph.communities import communities
from graph.influence import maximise
from graph.models import independent_cascade, linear_threshold
from graph.referrals.replay import replayed


def warm() -> None:
    """Runs every kernel on a tiny graph. Each has one set of types, so that no later call compiles again.

    >>> warm()
    """
    star = build(np.zeros(40, dtype=np.int64), np.arange(1, 41)).reversed()
    for model in (independent_cascade(star, 0.5), linear_threshold(star)):
        maximise(model, 1, noise=1.0)
        simulate(model, [0], runs=2)
    communities(star)
    betweenness(star, samples=2)
    pagerank(star)
    replayed(np.zeros(2, dtype=np.int32), np.ones(2, dtype=np.int32), 2)
