"""`elci bench spikes`: a quarter of made-up hours, watched as they would have been, against one who knows.

Prints by base: false alarms per query and quarter, the share of tripled hours found, and the share that an
oracle finds which knows each hour's mean and dispersion, at the same p. Times are the processor's.
"""

import asyncio
import time
from datetime import UTC, datetime

import numpy as np

from scoring.spikes.replays import replay
from scoring.spikes.simulated import Drawn, Found, draw, measure
from service.bench.figures import table
from service.settings import Settings

DEFAULT_SIZE = 200
WARM_UP, WATCHED = 28, 91
SEED = 8
# A Monday.
BEGIN = datetime(2026, 1, 5, tzinfo=UTC)


async def run(settings: Settings, size: int | None) -> int:
    """Print the figures; the exit code is 0."""
    drawn = draw(size or DEFAULT_SIZE, WARM_UP + WATCHED, SEED)
    found, seconds = await asyncio.to_thread(_watched, drawn)
    head = ["base", "queries", "false alarms", "tripled hours", "found", "oracle", "ratio"]
    print(table(head, [_row(each) for each in found]))
    queries = len(drawn.counts)
    alarms = sum(each.false_alarms * each.queries for each in found) / queries
    print(f"false alarms per query and quarter {alarms:.2f}")
    print(f"{queries} queries, {WATCHED} days: {seconds:.1f} s, {seconds / queries * 1e3:.0f} ms a query")
    return 0


def _watched(drawn: Drawn) -> tuple[list[Found], float]:
    begin = time.thread_time()
    seen = replay(drawn.counts, BEGIN, "UTC")
    seconds = time.thread_time() - begin
    return measure(drawn, seen.spike, seen.alert, np.isfinite(seen.threshold)), seconds


def _row(found: Found) -> list[str]:
    return [
        f"{found.base:.0f}",
        str(found.queries),
        f"{found.false_alarms:.2f}",
        str(found.tripled),
        f"{found.found:.3f}",
        f"{found.oracle:.3f}",
        f"{found.found / found.oracle:.3f}" if found.oracle else "-",
    ]
