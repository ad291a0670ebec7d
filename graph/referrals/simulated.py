"""Processes of referral with a known K and a known delay, and how often intervals hold what is known.

`python -m graph.referrals.simulated [runs]` prints the table of coverage.
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.estimates import Estimate
from graph.referrals.delays import Delays, summed
from graph.referrals.offspring import Counts, counted, generation_time, k

Floats = NDArray[np.float64]
OFFSPRING = ("poisson", "geometric", "negative_binomial")
DELAYS = ("exponential", "gamma", "lognormal")


@dataclass(frozen=True, slots=True)
class Process:
    """`seeds` users join evenly in [0, joining); each brings K others on average, `mean` days later on
    average; those bring others in turn, if `generations` > 1. Watched until `until`."""

    k: float
    seeds: int
    offspring: str = "poisson"
    delays: str = "exponential"
    mean: float = 10.0
    joining: float = 30.0
    until: float = 60.0
    generations: int = 1


@dataclass(frozen=True, slots=True)
class Seen:
    """Users by number: when they joined, and who brought them, -1 for seeds."""

    joined: Floats
    parents: NDArray[np.int64]
    until: float

    def counts(self) -> Counts:
        """How many each has brought so far."""
        brought = np.bincount(self.parents[self.parents >= 0], minlength=len(self.joined))
        return counted(self.until - self.joined, brought)

    def delays(self) -> Delays:
        """Delays seen."""
        of = self.parents[self.parents >= 0]
        return summed(self.joined[self.parents >= 0] - self.joined[of], self.until - self.joined[of])


def ran(process: Process, rng: np.random.Generator) -> Seen:
    """One run. Users who had not joined when the watch ended are not seen. In a process of one generation
    those who were brought are taken to bring nobody, and only seeds count as users.

    >>> seen = ran(Process(1.0, 100, generations=3), np.random.default_rng(1))
    >>> bool((seen.joined < 60).all()), int((seen.parents < 0).sum())
    (True, 100)
    """
    joined = [rng.uniform(0, process.joining, process.seeds)]
    parents = [np.full(process.seeds, -1)]
    first, layer = 0, joined[0]
    for _ in range(process.generations):
        children = _offspring(process, len(layer), rng)
        of = np.repeat(np.arange(len(layer)), children)
        at = layer[of] + _delays(process, len(of), rng)
        kept = at < process.until
        parents.append(first + of[kept])
        first, layer = first + len(layer), at[kept]
        joined.append(layer)
    return Seen(np.concatenate(joined), np.concatenate(parents), process.until)


def _offspring(process: Process, size: int, rng: np.random.Generator) -> NDArray[np.int64]:
    if process.offspring == "poisson":
        return rng.poisson(process.k, size)
    shape = {"geometric": 1.0, "negative_binomial": 0.2}[process.offspring]
    return rng.poisson(rng.gamma(shape, process.k / shape, size))


def _delays(process: Process, size: int, rng: np.random.Generator) -> Floats:
    if process.delays == "exponential":
        return rng.exponential(process.mean, size)
    if process.delays == "gamma":
        return rng.gamma(3.0, process.mean / 3.0, size)
    sigma = 0.8
    return rng.lognormal(np.log(process.mean) - sigma**2 / 2, sigma, size)


def estimated(process: Process, rng: np.random.Generator) -> tuple[Estimate, Estimate]:
    """K and the mean delay, as of one run."""
    seen = ran(process, rng)
    delays = seen.delays()
    if process.generations == 1:
        brought = np.bincount(seen.parents[process.seeds :], minlength=process.seeds)
        counts = counted(seen.until - seen.joined[: process.seeds], brought)
    else:
        counts = seen.counts()
    return k(counts, delays), generation_time(delays)


def covered(process: Process, runs: int, seed: int = 0) -> tuple[float, float, int]:
    """How often the intervals of K and of the mean delay held them, of the runs that gave both ends; how many
    gave no K."""
    rng = np.random.default_rng(seed)
    held: list[list[bool]] = [[], []]
    for _ in range(runs):
        for estimate, known, met in zip(
            estimated(process, rng), (process.k, process.mean), held, strict=True
        ):
            if estimate.low is not None and estimate.high is not None:
                met.append(estimate.low <= known <= estimate.high)
    return float(np.mean(held[0])), float(np.mean(held[1])), runs - len(held[0])


def grid() -> Iterable[Process]:
    """All offspring and delay shapes for each K and size; watched for 2 to 5, and for long, mean delays."""
    for seeds in (50, 300, 2_000, 10_000):
        for known in (0.3, 0.8, 1.2):
            for offspring in OFFSPRING:
                for delays in DELAYS:
                    for until in (50.0, 400.0):
                        yield Process(known, seeds, offspring, delays, until=until)


def main(runs: int) -> None:
    """Prints coverage, a line per process."""
    for place, process in enumerate(grid()):
        of_k, of_delay, none = covered(process, runs, seed=place)
        print(
            f"{process.seeds:>6} users, K {process.k}, {process.offspring:<17} {process.delays:<11} "
            f"until {process.until:>3.0f}: K {of_k:.3f}, delay {of_delay:.3f}, none {none}",
            flush=True,
        )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
