"""A forest of referrals made up in numpy: who brought whom, when, and how far each referral came.

Whoever is older has had more time to bring others, so the first bring by far the most (the k-th about as
k^-2/3), as everywhere; generations come about ten deep. The same forest each time.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
# Of all referrals, so many advocates; of these so many were brought by a referral, the others are roots.
ADVOCATES_EACH, BROUGHT = 0.3, 0.7
DAYS = 365.0
# How far referrals of those come who don't join: invited, clicked, signed_up, qualified, rewarded, rejected.
STATES = (0.30, 0.20, 0.15, 0.08, 0.22, 0.05)
GUESTS, HELD, AGAIN = 0.05, 0.01, 0.3


class Grown(NamedTuple):
    """Of referrals [M]: by, the advocate; friend, the account or -1; state, see growing.STATES; held; at,
    days since the beginning. Of advocates [N]: through, the referral that brought them or -1; joined."""

    by: Ints
    friend: Ints
    state: Ints
    held: NDArray[np.bool_]
    at: NDArray[np.float64]
    through: Ints
    joined: NDArray[np.float64]
    guest: NDArray[np.bool_]


def grown(referrals: int, seed: int = 9) -> Grown:
    """A forest of so many referrals."""
    draw = np.random.default_rng(seed)
    people = max(2, int(referrals * ADVOCATES_EACH))
    at = np.sort(draw.random(referrals)) * DAYS
    brought = np.sort(draw.choice(referrals, min(referrals, int(people * BROUGHT)), replace=False))
    # Advocates by the day they joined; the first was there before all referrals.
    joined = np.concatenate([[0.0], draw.random(people - len(brought) - 1) * DAYS, at[brought]])
    through = np.concatenate([np.full(people - len(brought), -1), brought])
    order = np.argsort(joined, kind="stable")
    joined, through = joined[order], through[order]
    there = np.maximum(np.searchsorted(joined, at, side="left"), 1)
    by = (there * draw.random(referrals) ** 3).astype(np.int64)
    state = draw.choice(len(STATES), referrals, p=STATES)
    friend = np.full(referrals, -1)
    friend[through[through >= 0]] = np.flatnonzero(through >= 0)
    known = friend >= 0
    state[known] = np.where(draw.random(int(known.sum())) < 0.6, 4, 2)
    held = (draw.random(referrals) < HELD) & (state != 5)
    return Grown(
        by, friend, state, held, at, through, joined, (through >= 0) & (draw.random(people) < GUESTS)
    )


def packed(columns: dict[str, NDArray[Any]]) -> bytes:
    """Columns of float64, int64 and bool as COPY reads them in binary."""
    count = len(next(iter(columns.values())))
    kinds = {name: {"f": ">f8", "i": ">i8", "b": "?"}[each.dtype.kind] for name, each in columns.items()}
    fields: list[tuple[str, str]] = [("fields", ">i2")]
    for name, kind in kinds.items():
        fields += [(f"{name} length", ">i4"), (name, kind)]
    rows = np.zeros(count, np.dtype(fields))
    rows["fields"] = len(columns)
    for name, column in columns.items():
        rows[f"{name} length"] = np.dtype(kinds[name]).itemsize
        rows[name] = column
    head = b"PGCOPY\n\xff\r\n\0" + bytes(8)
    return head + rows.tobytes() + b"\xff\xff"
