"""Figures of repeated runs, and how they are printed."""

import math
from collections.abc import Sequence
from typing import NamedTuple


class Figures(NamedTuple):
    """Percentiles of durations, in seconds."""

    p50: float
    p95: float
    p99: float
    most: float


def figures(durations: Sequence[float]) -> Figures:
    """The percentiles by nearest rank.

    >>> figures([3.0, 1.0, 2.0])
    Figures(p50=2.0, p95=3.0, p99=3.0, most=3.0)
    """
    ordered = sorted(durations)

    def at(share: float) -> float:
        return ordered[max(0, math.ceil(share * len(ordered)) - 1)]

    return Figures(at(0.5), at(0.95), at(0.99), ordered[-1])


def milliseconds(seconds: float) -> str:
    """A duration as it is printed."""
    return f"{seconds * 1000:9.2f}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns under a head; the first is a name, the others are figures."""
    widths = [max(len(row[at]) for row in (head, *rows)) for at in range(len(head))]
    lines = [
        "  ".join(
            [
                row[0].ljust(widths[0]),
                *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)),
            ]
        )
        for row in (head, *rows)
    ]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])
