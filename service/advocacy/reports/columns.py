"""What a workspace's reports are made of, as columns; and a program's part of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from service.advocacy.reports import store
from service.advocacy.reports.store import CostRow, CountRow, RewardDayRow
from service.advocacy.trees import reading
from service.kit import ids
from service.kit.db import Connection

Ids = NDArray[np.bytes_]
Times = NDArray[np.float64]
Ints = NDArray[np.int64]
Marks = NDArray[np.bool_]
Parts = TypeVar("Parts", "Members", "Referrals")
NONE = store.NONE
NOBODY = b""
INVITED, CLICKED, SIGNED_UP, QUALIFIED = range(4)
SOUND, HELD, REJECTED = range(3)
INFLUENCERS, ADVOCATES = 1, 2

# As COPY sends them.
_UUID, _DAYS, _CODE, _COUNT, _YES = "S16", ">f8", ">i2", ">i4", "?"
_MEMBER: reading.Layout = [
    ("ids", _UUID),
    ("programs", _UUID),
    ("joined", _DAYS),
    ("days", _COUNT),
    ("customers", _YES),
]
_REFERRAL: reading.Layout = [
    ("ids", _UUID),
    ("programs", _UUID),
    ("by", _UUID),
    ("friends", _UUID),
    ("customers", _UUID),
    ("ranks", _CODE),
    ("standings", _CODE),
    ("begun", _DAYS),
    ("begun_days", _COUNT),
    ("qualified", _DAYS),
    ("qualified_days", _COUNT),
    ("clicked_days", _COUNT),
]
_ORDER: reading.Layout = [
    ("at", _DAYS),
    ("days", _COUNT),
    ("customers", _UUID),
    ("partners", _UUID),
    ("programs", _UUID),
    ("affiliate", _YES),
    ("currencies", "S3"),
    ("stands", _YES),
    ("went_back", _YES),
    ("net", ">i8"),
]
_PARTNER: reading.Layout = [("partners", _UUID), ("programs", _UUID)]
_BUYER: reading.Layout = [("advocates", _UUID), ("customers", _UUID)]


@dataclass(frozen=True, slots=True, eq=False)
class Members:
    """Advocates who joined, [N]. joined: days since 1970, days: local ones; customers: who joined as one."""

    ids: Ids
    programs: Ids
    joined: Times
    days: Ints
    customers: Marks


@dataclass(frozen=True, slots=True, eq=False)
class Referrals:
    """Referrals, [M]. by, friends, customers: ids, NOBODY without; ranks: how far it came, also before it
    was rejected; standings; begun, qualified: days since 1970, NaN where not; `*_days`: local ones, NONE."""

    ids: Ids
    programs: Ids
    by: Ids
    friends: Ids
    customers: Ids
    ranks: Ints
    standings: Ints
    begun: Times
    begun_days: Ints
    qualified: Times
    qualified_days: Ints
    clicked_days: Ints

    @property
    def acquired(self) -> Marks:
        """Whose friend bought, and that nothing holds."""
        made: Marks = (self.standings == SOUND) & (self.ranks == QUALIFIED) & (self.qualified_days != NONE)
        return made


@dataclass(frozen=True, slots=True, eq=False)
class Orders:
    """Sales and bookings that were confirmed or called off, [S], of one moment in the order of their ids.
    sides: of who is credited; stands: something of it is left; went_back: a part of it, or all; net: what is
    left, minor units."""

    at: Times
    days: Ints
    customers: Ids
    sides: Ints
    programs: Ids
    currencies: Ids
    stands: Marks
    went_back: Marks
    net: Ints


@dataclass(frozen=True, slots=True, eq=False)
class Base:
    """All of a workspace. buyers: (advocates, customers) who are the same people, as far as keys tell."""

    members: Members
    referrals: Referrals
    orders: Orders
    buyers: tuple[Ids, Ids]
    visitors: Sequence[CountRow]
    rewards: Sequence[RewardDayRow]
    costs: Sequence[CostRow]
    programs: Sequence[UUID]


async def load(db: Connection, workspace_id: UUID, tz: str) -> Base:
    """Reads a workspace, a statement after the other. Those of a large one last for seconds."""
    programs = await store.programs(db, workspace_id)
    named = [row.id for row in programs], [ids.show("prg", row.id) for row in programs]
    values = (workspace_id, tz)
    members = await reading.columns(db, store.MEMBERS, _MEMBER, *values)
    referrals = await reading.columns(db, store.REFERRALS, _REFERRAL, *values)
    orders = await reading.columns(db, store.ORDERS, _ORDER, *values, *named)
    partners = await reading.columns(db, store.PARTNERS, _PARTNER, workspace_id)
    buyers = await reading.columns(db, store.BUYERS, _BUYER, workspace_id)
    return Base(
        Members(**members),
        Referrals(**_wide(referrals)),
        Orders(**sided(_wide(orders), partners["partners"], partners["programs"])),
        (buyers["advocates"], buyers["customers"]),
        await store.visitors(db, workspace_id, tz),
        await store.rewards(db, workspace_id, tz),
        await store.commissions(db, workspace_id, tz),
        [row.id for row in programs if row.kind == "advocacy"],
    )


def sided(read: dict[str, NDArray[Any]], partners: Ids, programs: Ids) -> dict[str, NDArray[Any]]:
    """Orders with the side that is credited: the program that was decided says it (`programs`, `affiliate`);
    else whether the partner, or one who was merged into them, is an advocate (partners, and their programs).

    >>> read = {"partners": np.array([b"p", b"q", b"", b"p"]), "programs": np.array([b"", b"", b"", b"x"])}
    >>> read["affiliate"] = np.array([False, False, False, True])
    >>> made = sided(read, np.array([b"p"]), np.array([b"a"]))
    >>> made["sides"].tolist(), made["programs"].tolist()
    ([2, 1, 0, 1], [b'a', b'', b'', b''])
    """
    credited, told, affiliate = read.pop("partners"), read["programs"], read.pop("affiliate")
    known, first = np.unique(partners, return_index=True)
    at = places(known, credited)
    own = programs[first][at] if len(known) else np.zeros_like(told)
    is_advocates = ~affiliate & ((told != NOBODY) | (at >= 0))
    sides = np.where(is_advocates, ADVOCATES, INFLUENCERS)
    read["sides"] = np.where(credited == NOBODY, 0, sides)
    mine = np.where(told != NOBODY, told, own)
    read["programs"] = np.where(read["sides"] == ADVOCATES, mine, np.zeros_like(told))
    return read


def _wide(read: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    return {name: each.astype(np.int64) if each.dtype.kind == "i" else each for name, each in read.items()}


def of_program(rows: Parts, program: bytes | None) -> Parts:
    """The rows of a program; None: all."""
    if program is None:
        return rows
    mine = rows.programs == program
    fields = rows.__dataclass_fields__
    return type(rows)(**{name: getattr(rows, name)[mine] for name in fields})


def places(ordered: Ids, wanted: Ids) -> Ints:
    """Where ids stand in a list in order, -1 for those that don't.

    >>> places(np.array([b"a", b"c"]), np.array([b"c", b"b", b"a"])).tolist()
    [1, -1, 0]
    """
    if not len(ordered):
        return np.full(len(wanted), -1)
    found = np.minimum(np.searchsorted(ordered, wanted), len(ordered) - 1)
    return np.where(ordered[found] == wanted, found, -1)
