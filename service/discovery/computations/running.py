"""One operation on one graph, in whichever thread; what graph/ refuses becomes a problem."""

import time
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from graph.build import Graph
from service.discovery.computations.operations import OPERATIONS
from service.discovery.computations.operations.base import Computed, Report
from service.discovery.computations.problems import NotComputable

T = TypeVar("T")


class Timed(NamedTuple):
    """What was computed, and how long that took."""

    made: Computed
    seconds: float


def run(operation: str, graph: Graph, params: Any, report: Report) -> Timed:
    """Raises NotComputable, and what `report` raises."""
    started = time.perf_counter()
    made = refusing(lambda: OPERATIONS[operation].compute(graph, params, report))
    return Timed(made, time.perf_counter() - started)


def refusing(compute: Callable[[], T]) -> T:
    """What graph/ refuses as a problem. Raises NotComputable."""
    try:
        return compute()
    except ValueError as error:
        # graph/ refuses by subclasses of ValueError, whose text says what is wrong; others are our own fault.
        if not type(error).__module__.startswith("graph."):
            raise
        raise NotComputable(f"{error}") from error


def unwatched(done: int, total: int | None) -> None:
    """Nobody watches a request's own computation."""
