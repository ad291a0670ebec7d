"""What an operation is: its parameters, what it costs, and the function that a thread runs.

graph/ is imported inside the functions: numba takes half a second and 90 MB, which the start of an API
process need not pay.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import Struct

if TYPE_CHECKING:
    from graph.build import Graph

Report = Callable[[int, int | None], None]


class Computed(NamedTuple):
    """A result, and its columns by name: bytes of numpy arrays, little-endian, a value a node or row."""

    result: Any
    columns: Mapping[str, bytes] = {}


class Operation(NamedTuple):
    """params: the Struct of what it needs to know, in one spelling for equal questions; result: of its
    answer.

    compute: graph, params, report(done, total or None) -> Computed; what `report` raises ends it.
    effort: nodes, arcs, params -> about how many nanoseconds it takes.
    """

    name: str
    params: type[Struct]
    result: type[Struct]
    compute: Callable[["Graph", Any, Report], Computed]
    effort: Callable[[int, int, Any], float]


# What a request waits for, in nanoseconds. More is a job.
QUICK = 300_000_000.0
