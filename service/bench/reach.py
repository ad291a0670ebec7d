"""`elci bench reach`: overlap and plans against bitmaps alone, and what intervals from samples cover.

Floors of the same interleaved run: pyroaring pair by pair for the overlap, and for the plan a greedy choice
that counts every account anew in every step with pyroaring. Times are the processor's. Both find the same.
"""

import resource
import time
from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

import numpy as np

from graph.constraints import Constraints
from graph.coverage import choose, plan
from graph.overlap import overlap
from graph.people import gather
from service.bench.audiences import MadeUp, choose_by_bitmaps, count_pairs, make
from service.bench.figures import table
from service.bench.simulated import Drawn, by_hash, covered, uniformly
from service.settings import Settings

DEFAULT_SIZE = 1_000
ROUNDS = 3
# Pairs that the floor counts; their time is scaled to all pairs.
PAIRS = 10_000
SIMULATIONS = 1_000
# Of shorter lists the choice is better than by cost alone, so that the floor's is another.
BY_COST_ALONE = 200
CASES = (
    Drawn(2, 0.1),
    Drawn(2, 0.5),
    Drawn(2, 0.02),
    Drawn(3, 0.1),
    Drawn(5, 0.1),
    Drawn(5, 0.2, core=0.3),
    Drawn(10, 0.2, people=400_000),
    Drawn(10, 0.3, people=200_000, core=0.3),
    Drawn(20, 0.05, people=1_000_000),
)
T = TypeVar("T")


class Wrong(RuntimeError):
    """Ours and the floor found different things."""


class Round(NamedTuple):
    """Processor seconds of one round."""

    overlap: float
    pairs: float
    chosen: float
    planned: float
    greedy: float


async def run(settings: Settings, size: int | None = None) -> int:
    """Makes audiences up, measures some rounds, samples some more; prints tables. Needs no database."""
    count = size or DEFAULT_SIZE
    _round(make(10, seed=1), seed=0)
    made = make(count, seed=2)
    rounds = [_round(made, seed) for seed in range(ROUNDS)]
    print(report(made, rounds))
    print(coverage_report(SIMULATIONS if count >= DEFAULT_SIZE else count))
    return 0


def _round(made: MadeUp, seed: int) -> Round:
    size = len(made.audiences)
    rng = np.random.default_rng(seed)
    pairs = [(int(one), int(other)) for one, other in rng.integers(0, size, (min(PAIRS, size * size), 2))]
    ours, found = _timed(lambda: overlap(made.audiences))
    floor, counted = _timed(lambda: count_pairs(made.audiences, pairs))
    _same(counted, sum(int(found.shared[pair]) for pair in pairs))
    constraints = Constraints.of(made.costs, budget=made.budget)
    missed = np.zeros(size)
    chosen, run = _timed(lambda: choose(gather(made.audiences, whole=True), missed, constraints)[0])
    greedy, order = _timed(lambda: choose_by_bitmaps(made))
    if size > BY_COST_ALONE:
        _same(order, run.order)
    planned, _ = _timed(lambda: plan(made.audiences, constraints))
    return Round(ours, floor / len(pairs) * size * (size - 1) / 2, chosen, planned, greedy)


def _timed(call: Callable[[], T]) -> tuple[float, T]:
    started = time.process_time()
    found = call()
    return time.process_time() - started, found


def _same(expected: object, found: object) -> None:
    if expected != found:
        raise Wrong(f"bitmaps find {expected}, we find {found}")


def report(made: MadeUp, rounds: Sequence[Round]) -> str:
    """Seconds and ratios, median, least and most; memory; how near the plan is to the best."""
    size = len(made.audiences)
    found = overlap(made.audiences)
    planned = plan(made.audiences, Constraints.of(made.costs, budget=made.budget))
    rows = [
        ("all pairs", *_spread([each.overlap for each in rounds], "s")),
        ("floor: pyroaring pair by pair", *_spread([each.pairs for each in rounds], "s")),
        ("ratio (goal .2 at 1,000)", *_spread([each.overlap / each.pairs for each in rounds], "")),
        ("greedy choice with its bound", *_spread([each.chosen for each in rounds], "s")),
        ("whole plan with frequencies", *_spread([each.planned for each in rounds], "s")),
        ("floor: pyroaring greedy, not lazy", *_spread([each.greedy for each in rounds], "s")),
        ("floor / choice (goal 3 at 1,000)", *_spread([each.greedy / each.chosen for each in rounds], "")),
        ("floor / whole plan", *_spread([each.greedy / each.planned for each in rounds], "")),
    ]
    held = sum(len(each.serialize()) for each in made.audiences)
    return "\n".join(
        [
            f"{size:,} audiences, {found.total_followers:,} memberships, {found.unique_followers:,} people; "
            f"{len(rounds)} rounds, processor time; {min(PAIRS, size * size):,} pairs timed by the floor",
            table(("", "median", "least", "most"), rows),
            f"memory: bitmaps {held / 1e6:.0f} MB; overlap besides {found.peak_bytes / 1e6:.0f} MB; "
            f"most of the process {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB",
            f"plan: {len(planned.chosen)} accounts, {planned.method}, "
            f"at least {planned.optimality:.1%} of the best",
        ]
    )


def _spread(values: Sequence[float], unit: str) -> tuple[str, str, str]:
    ordered = sorted(values)
    median, least, most = (
        f"{each:.3f}{unit}" for each in (ordered[len(ordered) // 2], ordered[0], ordered[-1])
    )
    return median, least, most


def coverage_report(simulations: int) -> str:
    """How often 95% intervals of unique followers hold the truth (goal 93-97% of 1,000)."""
    rows = []
    for case in CASES:
        for name, sampler in (("uniform", uniformly), ("hash", by_hash)):
            found = covered(case, sampler, simulations, seed=11)
            said = f"{name}: {case.audiences} x {case.size:,} of {case.people:,}, {case.share:.0%} sampled"
            core = f", core {case.core:.0%}" if case.core else ""
            figures = (
                f"{found.share:.1%}",
                f"{found.valued:.1%}",
                f"{found.bias:+.2%}",
                f"{found.width:.1%}",
            )
            rows.append((said + core, *figures))
    head = ("samples", "covered", "with a value", "bias", "width")
    return f"95% intervals, {simulations:,} simulations each (goal 93-97%)\n" + table(head, rows)
