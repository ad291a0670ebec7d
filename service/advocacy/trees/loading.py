"""A program's advocates and referrals as columns for the graph package.

Who is a person of the forest: every account of the program, guests included (a guest is a friend for whom
something is kept). A friend who came but has no account is no node: they are counted with who brought them.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from graph.referrals.forest import NOBODY, InCircles, Indices, grown
from service.advocacy.trees import reading, store
from service.discovery.computations.threads import in_thread
from service.kit.db import Connection

Ids = NDArray[np.bytes_]
Days = NDArray[np.float64]
Codes = NDArray[np.int16]
Marks = NDArray[np.bool_]
SIGNED_UP, QUALIFIED, REWARDED, REJECTED = range(2, 6)

_PERSON: reading.Layout = [
    ("id", reading.UUID),
    ("referral", reading.UUID),
    ("status", reading.CODE),
    ("joined", reading.TIME),
    ("created", reading.TIME),
]
_REFERRAL: reading.Layout = [
    ("id", reading.UUID),
    ("advocate", reading.UUID),
    ("friend", reading.UUID),
    ("state", reading.CODE),
    ("channel", reading.CODE),
    ("held", reading.YES),
    ("purchases", reading.COUNT),
    ("created", reading.TIME),
    ("invited", reading.TIME),
    ("clicked", reading.TIME),
    ("signed_up", reading.TIME),
    ("qualified", reading.TIME),
    ("rewarded", reading.TIME),
]


@dataclass(frozen=True, slots=True, eq=False)
class People:
    """Accounts in the order of their ids, [N]. ids: 16 bytes each; parents: place of who brought them, by a
    referral that was not rejected, NOBODY for roots; through: place of that referral, of rejected ones too;
    statuses: of store.STATUSES; joined, created: days since 1970, joined is NaN for guests."""

    ids: Ids
    parents: Indices
    through: Indices
    statuses: Codes
    joined: Days
    created: Days


@dataclass(frozen=True, slots=True, eq=False)
class Referrals:
    """Referrals in the order of their ids, [M]. by: place of the advocate; friends: place of the friend's
    account, NOBODY without one; states, channels: of store.STATES and CHANNELS; held: something holds it;
    purchases: that stand; times in days since 1970, NaN where it did not happen."""

    ids: Ids
    by: Indices
    friends: Indices
    states: Codes
    channels: Codes
    held: Marks
    purchases: NDArray[np.int32]
    created: Days
    invited: Days
    clicked: Days
    signed_up: Days
    qualified: Days
    rewarded: Days

    @property
    def came(self) -> Marks:
        """Whose friend signed up or bought."""
        return (self.states >= SIGNED_UP) & (self.states < REJECTED)

    @property
    def customers(self) -> Marks:
        """Whose friend bought, and that nothing holds."""
        return (self.states >= QUALIFIED) & (self.states < REJECTED) & ~self.held


@dataclass(frozen=True, slots=True, eq=False)
class Program:
    """All of a program. `circles`: accounts that stood in a circle, and whose eldest was made a root."""

    people: People
    referrals: Referrals
    circles: int


async def load(db: Connection, workspace_id: UUID, program_id: UUID) -> Program:
    """Reads a program; two statements, so that one who joins meanwhile may be seen without their referral.
    Call it in a job's transaction: the statements of a large program last for seconds."""
    people = await reading.columns(db, store.PEOPLE, _PERSON, workspace_id, program_id)
    referrals = await reading.columns(db, store.REFERRALS, _REFERRAL, workspace_id, program_id)
    return await in_thread(lambda: arranged(people, referrals))


def arranged(people: dict[str, NDArray[Any]], referrals: dict[str, NDArray[Any]]) -> Program:
    """Columns as they were read, in order, with places instead of ids. Takes about a second for a million
    referrals."""
    people, referrals = _ordered(people), _ordered(referrals)
    by, friends = (places(people["id"], referrals[name]) for name in ("advocate", "friend"))
    through = places(referrals["id"], people["referral"])
    parents = through
    if len(by):
        counts = (through >= 0) & (referrals["state"] != REJECTED)[through]
        parents = np.where(counts, by[through], NOBODY).astype(np.int32)
    parents, circles = sound(parents, people["created"])
    return Program(
        People(people["id"], parents, through, people["status"], people["joined"], people["created"]),
        Referrals(
            referrals["id"],
            by,
            friends,
            referrals["state"],
            referrals["channel"],
            *(referrals[name] for name, _ in _REFERRAL[5:]),
        ),
        circles,
    )


def _ordered(read: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    order = np.argsort(read["id"], kind="stable")
    times = {name for name, kind in (*_PERSON, *_REFERRAL) if kind == reading.TIME}
    return {
        name: reading.days(column[order]) if name in times else column[order] for name, column in read.items()
    }


def places(ordered: Ids, wanted: Ids) -> Indices:
    """Where ids stand in a list in order, NOBODY for those that don't.

    >>> places(np.array([b"a", b"c"]), np.array([b"c", b"b", b"a"])).tolist()
    [1, -1, 0]
    """
    if not len(ordered):
        return np.full(len(wanted), NOBODY, dtype=np.int32)
    found = np.minimum(np.searchsorted(ordered, wanted), len(ordered) - 1)
    return np.where(ordered[found] == wanted, found, NOBODY).astype(np.int32)


def sound(parents: Indices, created: Days) -> tuple[Indices, int]:
    """Parents without circles, and how many stood in one: the eldest of each circle becomes a root. Circles
    are refused when people come; what closed one at the same moment must not make a forest unreadable.

    >>> sound(np.array([1, 0, 0], dtype=np.int32), np.array([2.0, 1.0, 3.0]))[0].tolist()
    [1, -1, 0]
    """
    circles, parents = 0, np.array(parents, dtype=np.int32)
    while True:
        try:
            grown(parents)
            return parents, circles
        except InCircles as error:
            standing = error.nodes.tolist()
        circles += len(standing)
        while standing:
            ring, at = [], standing[0]
            while at not in ring:
                ring.append(at)
                at = int(parents[at])
            parents[min(ring, key=lambda one: (created[one], one))] = NOBODY
            standing = [one for one in standing if one not in ring]
