"""Two ways of doing the same, turn by turn, so that a busy moment of the machine meets both."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

A = TypeVar("A", covariant=True)
B = TypeVar("B", covariant=True)


@dataclass(frozen=True, slots=True)
class Compared(Generic[A, B]):
    """Answers and CPU seconds of both ways, one of each a round; theirs are empty where they can't be run."""

    ours: list[A]
    theirs: list[B]
    our_seconds: list[float]
    their_seconds: list[float]

    def cells(self) -> tuple[str, ...]:
        """Medians of both, and the ratio of ours to theirs: median, least, most."""
        ours = f"{_median(self.our_seconds):.3f}"
        if not self.theirs:
            return (ours, "-", "-", "-", "-")
        ratios = [a / b for a, b in zip(self.our_seconds, self.their_seconds, strict=True)]
        shown = [f"{each:.3f}" for each in (_median(ratios), min(ratios), max(ratios))]
        return (ours, f"{_median(self.their_seconds):.3f}", *shown)


def interleaved(ours: Callable[[int], A], theirs: Callable[[int], B] | None, rounds: int) -> Compared[A, B]:
    """Each round runs ours, then theirs, with the round's number as the seed."""
    made: Compared[A, B] = Compared([], [], [], [])
    for seed in range(1, rounds + 1):
        _timed(ours, seed, made.ours, made.our_seconds)
        if theirs is not None:
            _timed(theirs, seed, made.theirs, made.their_seconds)
    return made


def _timed(call: Callable[[int], A], seed: int, answers: list[A], seconds: list[float]) -> None:
    started = time.process_time()
    answers.append(call(seed))
    seconds.append(time.process_time() - started)


def _median(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]
