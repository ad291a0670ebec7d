"""A program's people, referrals and marks as arrays for the graph package."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from graph.referrals.rings import CROWD_AT_ADDRESS, Kind
from graph.referrals.sharing import Marks
from service.advocacy.rings import columns, store
from service.advocacy.trees import reading
from service.advocacy.trees.loading import places
from service.conversions.customers import email_key
from service.conversions.reviews.domains import domain_key, own_domain_key
from service.conversions.reviews.hosts import listed
from service.kit.db import Connection

Columns = dict[str, NDArray[Any]]
Places = NDArray[np.int64]
_MAILS_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True, eq=False)
class Read:
    """What was read of a program, by columns.py. `mails`, `own_domains`: of advocates;
    `shared_domains`: those that say nothing of whose an address is."""

    people: Columns
    referrals: Columns
    advocate_keys: Columns
    referral_keys: Columns
    activity: Columns
    again: Columns
    friends_clicks: Columns
    advocates_clicks: Columns
    marks: Columns
    payout: Columns
    mails: Columns
    own_domains: Columns
    shared_domains: NDArray[np.uint64]


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    """Places are of accounts first, [A] by their ids, then of friends who have none. people, referrals: ids
    of 16 bytes; children, parents, at, [M]: places and days since 1970, of each referral; joined, orders,
    days: of each place, days are those with orders or deeds."""

    people: NDArray[np.bytes_]
    referrals: NDArray[np.bytes_]
    children: Places
    parents: Places
    at: NDArray[np.float64]
    joined: NDArray[np.float64]
    orders: Places
    days: Places
    marks: dict[Kind, Marks]


async def read(db: Connection, workspace_id: UUID, program_id: UUID) -> Read:
    """Reads a program in statements of seconds each, in a job's transaction."""
    values = (workspace_id, program_id)
    mails, domains = await _mails(db, workspace_id, program_id)
    shared = listed("mail_providers") | listed("disposable")
    return Read(
        await reading.columns(db, columns.PEOPLE, columns.PEOPLE_LAYOUT, *values),
        await reading.columns(db, columns.REFERRALS, columns.REFERRALS_LAYOUT, *values),
        await reading.columns(db, columns.ADVOCATE_KEYS, columns.ADVOCATE_KEYS_LAYOUT, *values),
        await reading.columns(db, columns.REFERRAL_KEYS, columns.ADVOCATE_KEYS_LAYOUT, *values),
        await reading.columns(db, columns.ACTIVITY, columns.ACTIVITY_LAYOUT, *values),
        await reading.columns(db, columns.AGAIN, columns.AGAIN_LAYOUT, *values),
        await reading.columns(db, columns.FRIENDS_CLICKS, columns.SEEN_LAYOUT, *values),
        await reading.columns(db, columns.ADVOCATES_CLICKS, columns.SEEN_LAYOUT, *values),
        await reading.columns(db, columns.MARKS, columns.MARKS_LAYOUT, *values),
        await reading.columns(db, columns.PAYOUT, columns.PAYOUT_LAYOUT, *values),
        mails,
        domains,
        np.array(sorted(_eight(domain_key(workspace_id, f"x@{each}") or b"") for each in shared), np.uint64),
    )


async def _mails(db: Connection, workspace_id: UUID, program_id: UUID) -> tuple[Columns, Columns]:
    """Addresses of partners, and their own domains, hashed as those of customers are."""
    mails: list[tuple[bytes, int]] = []
    domains: list[tuple[bytes, int]] = []
    after = UUID(int=0)
    while rows := await store.mails(db, workspace_id, program_id, after, _MAILS_AT_ONCE):
        # An advocate's addresses may be cut in two by a page's end: the last one is read again.
        for row in rows:
            if key := email_key(workspace_id, row.email):
                mails.append((row.advocate_id.bytes, _eight(key)))
            if key := own_domain_key(workspace_id, row.email):
                domains.append((row.advocate_id.bytes, _eight(key)))
        last = rows[-1].advocate_id
        after = last if len(rows) < _MAILS_AT_ONCE or last == after else UUID(int=last.int - 1)
        if len(rows) < _MAILS_AT_ONCE:
            break
    return _of(mails), _of(domains)


def _of(rows: list[tuple[bytes, int]]) -> Columns:
    of, values = np.array([row[0] for row in rows], "S16"), np.array([row[1] for row in rows], np.uint64)
    return {"of": of, "value": values}


def _eight(key: bytes) -> int:
    return int.from_bytes(key[:8], "big")


def arranged(read: Read) -> Loaded:
    """Places instead of ids; takes seconds for a million referrals: in a thread."""
    people = {name: column[np.argsort(read.people["id"])] for name, column in read.people.items()}
    referrals = {name: column[np.argsort(read.referrals["id"])] for name, column in read.referrals.items()}
    accounts, ids = people["id"], referrals["id"]
    owners = _Owners(read.advocate_keys, accounts)
    parents = places(accounts, referrals["advocate"]).astype(np.int64)
    friends = _friends(people, referrals, read.referral_keys, owners)
    children = np.where(friends >= 0, friends, len(accounts) + np.arange(len(ids)))
    whose = _Whose(accounts, ids, children)
    size = len(accounts) + len(ids)
    joined = np.concatenate([people["at"], referrals["at"]])
    joined[children] = referrals["at"]
    orders, days = _activity(read, referrals, whose, size)
    return Loaded(
        accounts,
        ids,
        children,
        parents,
        referrals["at"],
        joined,
        orders,
        days,
        _marks(read, referrals, whose, owners),
    )


class _Owners:
    """Whose a key is, of advocates; each is one's."""

    def __init__(self, keys: Columns, accounts: NDArray[np.bytes_]) -> None:
        order = np.argsort(keys["key"])
        self.keys = keys["key"][order]
        self.places = places(accounts, keys["of"][order]).astype(np.int64)

    def of(self, wanted: NDArray[np.uint64]) -> Places:
        """Places of accounts, -1 for none."""
        if not len(self.keys):
            return np.full(len(wanted), -1, np.int64)
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return np.where(self.keys[at] == wanted, self.places[at], -1)


class _Whose:
    """Places of people by the ids that rows have."""

    def __init__(self, accounts: NDArray[np.bytes_], referrals: NDArray[np.bytes_], children: Places) -> None:
        self._accounts, self._referrals, self._children = accounts, referrals, children

    def account(self, ids: NDArray[np.bytes_]) -> Places:
        """Of advocates."""
        return places(self._accounts, ids).astype(np.int64)

    def friend(self, ids: NDArray[np.bytes_]) -> Places:
        """Of referrals' friends."""
        at = places(self._referrals, ids)
        return np.where(at >= 0, self._children[at], -1) if len(self._children) else at.astype(np.int64)


def _friends(people: Columns, referrals: Columns, keys: Columns, owners: _Owners) -> Places:
    """The account of each referral's friend, -1 without one: as noted, by the referral that an account came
    by, and by keys, by which a friend may be the advocate as well."""
    friends = places(people["id"], referrals["friend"]).astype(np.int64)
    through = places(referrals["id"], people["referral"])
    came = np.flatnonzero(through >= 0)
    later = came[friends[through[came]] < 0] if len(friends) else came
    friends[through[later]] = later
    known = owners.of(keys["key"])
    at = places(referrals["id"], keys["of"])
    named = (known >= 0) & (at >= 0)
    at, known = at[named], known[named]
    unknown = friends[at] < 0
    friends[at[unknown]] = known[unknown]
    return friends


def _activity(read: Read, referrals: Columns, whose: _Whose, size: int) -> tuple[Places, Places]:
    orders, days = np.zeros(size, np.int64), np.zeros(size, np.int64)
    at = whose.account(read.activity["of"])
    orders[at], days[at] = read.activity["orders"], read.activity["days"]
    friends = whose.friend(referrals["id"])
    np.maximum.at(orders, friends, referrals["purchases"])
    np.maximum.at(days, friends, np.minimum(referrals["purchases"], 1))
    np.maximum.at(days, whose.friend(read.again["of"]), read.again["days"])
    return orders, days


def _marks(read: Read, referrals: Columns, whose: _Whose, owners: _Owners) -> dict[Kind, Marks]:
    friends = whose.friend(referrals["id"])
    keyed = whose.friend(read.referral_keys["of"])
    clicks = [
        (whose.friend(read.friends_clicks["of"]), read.friends_clicks),
        (whose.account(read.advocates_clicks["of"]), read.advocates_clicks),
    ]
    noted = _noted(read, keyed, owners)

    def seen(kind: str) -> Marks:
        of_kind = read.marks["kind"] == columns.KINDS.index(kind)
        parts = [(at[of_kind], read.marks["value"][of_kind]) for at in noted]
        if kind != "address":
            chosen = [(at, each, each["telling"] == (kind == "device")) for at, each in clicks]
            parts += [(at[some], each["value"][some]) for at, each, some in chosen]
        return _joined(*parts)

    addresses = seen("address")
    domains = referrals["domain"]
    own = (domains != 0) & ~np.isin(domains, read.shared_domains)
    return {
        "email": _joined(
            (whose.account(read.advocate_keys["of"]), read.advocate_keys["key"]),
            (keyed, read.referral_keys["key"]),
            (whose.account(read.mails["of"]), read.mails["value"]),
        ),
        "domain": _joined(
            (friends[own], domains[own]), (whose.account(read.own_domains["of"]), read.own_domains["value"])
        ),
        "payout": _joined((whose.account(read.payout["of"]), read.payout["value"])),
        "address": addresses,
        "agent": elsewhere(seen("agent"), addresses),
        "device": seen("device"),
    }


def elsewhere(agents: Marks, addresses: Marks) -> Marks:
    """Browsers that are alike tell nothing of who was ever seen at an address of many.

    >>> office = Marks(np.arange(9), np.full(9, 5))
    >>> elsewhere(Marks(np.array([3, 20]), np.array([1, 1])), office).account.tolist()
    [20]
    """
    pairs = np.unique(
        np.stack([addresses.value.astype(np.uint64), addresses.account.astype(np.uint64)]), axis=1
    )
    _, inverse, crowds = np.unique(pairs[0], return_inverse=True, return_counts=True)
    crowded = np.unique(pairs[1][crowds[inverse] >= CROWD_AT_ADDRESS])
    kept = ~np.isin(agents.account, crowded.astype(np.int64))
    return Marks(agents.account[kept], agents.value[kept])


def _noted(read: Read, keyed: Places, owners: _Owners) -> tuple[Places, Places]:
    """Whose marks are, by their keys: of advocates, and of friends."""
    of_accounts = owners.of(read.marks["key"])
    order = np.argsort(read.referral_keys["key"])
    keys, at = read.referral_keys["key"][order], keyed[order]
    of_friends = np.full(len(read.marks["key"]), -1, np.int64)
    if len(keys):
        found = np.minimum(np.searchsorted(keys, read.marks["key"]), len(keys) - 1)
        of_friends = np.where(keys[found] == read.marks["key"], at[found], -1)
    return of_accounts, of_friends


def _joined(*parts: tuple[Places, NDArray[np.uint64]]) -> Marks:
    """Marks of those who are known."""
    at, values = (np.concatenate([part[side] for part in parts]) for side in (0, 1))
    return Marks(at[at >= 0], values[at >= 0])
