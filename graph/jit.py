"""Kernels: functions that numba compiles once, caches on disk, and runs without the interpreter's lock.

numba watches the file of a kernel only, not those of the kernels that it calls: after a change here, or to
any kernel that another file calls, `__pycache__/*.nb?` of the callers are stale and have to be removed.
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

import numba  # type: ignore[import-untyped, unused-ignore]
import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.int64]
Indices = NDArray[np.int32]
Bytes = NDArray[np.uint8]
P = ParamSpec("P")
R = TypeVar("R")

# SplitMix64 (Steele, Lea, Flood 2014): the state is one number, so that each sample has a stream of its own
# and does not depend on how many samples were drawn before it, nor in how many pieces.
GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_FIRST, _SECOND = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)
_30, _27, _31, _11 = np.uint64(30), np.uint64(27), np.uint64(31), np.uint64(11)
# Chances are compared as whole numbers of 2^-53, the resolution of a float in [0, 1).
RESOLUTION = 2.0**53


def kernel(function: Callable[P, R]) -> Callable[P, R]:
    """Compiles on the first call. The machine code is cached beside the source, else in the user's cache.

    Where neither can be written, kernels are compiled anew in each process: a folder that others may write to
    is no place for code that is loaded.
    """
    try:
        made: Callable[P, R] = numba.njit(nogil=True, cache=True)(function)
    except RuntimeError:
        made = numba.njit(nogil=True)(function)
    return made


def plain(values: Indices) -> Indices:
    """int32 in one piece that may be written to; for what came from a file or a database, a copy.

    numba takes arrays that may only be read for another type, for which it would compile all kernels anew.
    """
    return np.require(values, np.int32, ["C", "W"])


@kernel
def mixed(state: np.uint64) -> np.uint64:
    """64 random bits of a state; the next state is `state + GOLDEN`."""
    bits = (state ^ (state >> _30)) * _FIRST
    bits = (bits ^ (bits >> _27)) * _SECOND
    return bits ^ (bits >> _31)


@kernel
def drawn(state: np.uint64) -> np.int64:
    """A uniform whole number in [0, 2^53)."""
    return np.int64(mixed(state) >> _11)


@kernel
def stream(seed: np.uint64, number: int) -> np.uint64:
    """The first state of a sample's own stream."""
    return mixed(seed ^ mixed(np.uint64(number) * GOLDEN + GOLDEN))
