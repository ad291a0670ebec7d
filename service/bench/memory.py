"""How much memory a search for seeds takes: each in a process of its own, as a peak never goes down again."""

import multiprocessing
import resource
import sys

from graph.influence import EPS, maximise
from graph.models import Model
from graph.warm import warm
from service.bench import rivals


def peak(way: str, model: Model, k: int) -> float:
    """MB of peak memory above what the process had with graph and code loaded; way: `ours` or `pynetim`."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_measured, (way, model, k))


def _measured(way: str, model: Model, k: int) -> float:
    if way == "ours":
        warm()
        before = _highest()
        maximise(model, k, eps=EPS, seed=1)
    else:
        run = rivals.pynetim(model, k, EPS)
        before = _highest()
        run(1)
    return _highest() - before


def _highest() -> float:
    # Kilobytes, except on macOS.
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
