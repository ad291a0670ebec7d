"""How much memory a search for seeds takes: each in a process of its own, as a peak never goes down again."""

import re
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from graph.influence import EPS, maximise
from graph.models import Model
from graph.warm import warm
from service.bench import rivals

STATUS = Path("/proc/self/status")


def peak(way: str, model: Model, k: int) -> float | None:
    """MB of peak memory above what the process had with code and graph loaded; way: `ours` or `pynetim`.

    None where the system does not say (getrusage does not do: a child's peak starts with its parent's).
    """
    if not STATUS.exists():
        return None
    # A process that can't begin breaks this executor; a Pool would begin new ones for ever.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as processes:
        return processes.submit(_measured, way, model, k).result()


def _measured(way: str, model: Model, k: int) -> float:
    if way == "ours":
        warm()
        before = megabytes("VmRSS")
        maximise(model, k, eps=EPS, seed=1)
    else:
        run = rivals.pynetim(model, k, EPS)
        before = megabytes("VmRSS")
        run(1)
    return megabytes("VmHWM") - before


def megabytes(name: str) -> float:
    """A figure of this process, such as VmRSS or VmHWM, the peak."""
    found = re.search(rf"^{name}:\s+(\d+) kB", STATUS.read_text(), re.M)
    if found is None:
        raise RuntimeError(f"no {name} in {STATUS}")
    return int(found[1]) / 1024
