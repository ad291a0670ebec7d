"""Referrals that are most likely made up: self-referral by second accounts, and rings of them.

Nothing is rejected: what is held is told with its reasons and their weights, for people to decide.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.referrals.evidence import CODES, EVIDENCE, HELD, PRIOR, Floats, scores
from graph.referrals.forest import Counts, Forest, Indices
from graph.referrals.planting import CIRCLE, SELF, Planting
from graph.referrals.sharing import Flags, Marks, shared

Kind = Literal["email", "payout", "device", "agent", "address", "domain"]
# From so many on an address is an office's, a campus's or a network's, and a device is nobody's own.
CROWD_AT_ADDRESS, CROWD_ON_DEVICE = 8, 4
BURST, BURST_DAYS = 5, 1.0
STAR, NEARLY_ALL = 5, 0.8
# Company is looked at so often: one held referral may make the next one doubtful.
ROUNDS = 3
_COLUMN = {code: place for place, code in enumerate(CODES)}


class BadAccounts(ValueError):
    """Columns that are not of one row per account."""


class Reason(NamedTuple):
    """A piece of evidence; weight: in natural log-odds, what it adds by itself."""

    code: str
    weight: float
    says: str


class Ring(NamedTuple):
    """accounts: places, the one at the top first, who may be honest; held: referrals among them; codes: seen,
    the most often first, and how often."""

    accounts: list[int]
    held: int
    codes: dict[str, int]


@dataclass(frozen=True, slots=True, eq=False)
class Accounts:
    """Of each account (places as in the planting): joined, float64[N], in days; orders, int64[N], paid and
    kept; active_days, int64[N], days on which it did anything but join."""

    joined: Floats
    orders: Counts
    active_days: Counts


@dataclass(frozen=True, eq=False)
class Assessment:
    """Of the referral of each account: score, float64[N], log-odds that it is made up, -inf for roots; held,
    bool[N]; seen, bool[N, C], evidence by evidence.CODES."""

    forest: Forest
    score: Floats
    held: Flags
    seen: Flags

    def reasons(self, account: int) -> list[Reason]:
        """Why the referral of an account is held, or why not: the heaviest first; the prior is the last."""
        codes = [CODES[place] for place in np.flatnonzero(self.seen[account])]
        found = [Reason(code, EVIDENCE[code].weight, EVIDENCE[code].says) for code in codes]
        found.sort(key=lambda reason: -abs(reason.weight))
        return [*found, Reason("prior", PRIOR, "of a hundred referrals two are made up")]

    @cached_property
    def rings(self) -> list[Ring]:
        """Held referrals that hang together, the most first."""
        children = np.flatnonzero(self.held)
        tops = _tops(self.forest.parents, self.held)[children]
        order = np.argsort(tops, kind="stable")
        _, starts = np.unique(tops[order], return_index=True)
        groups = np.split(children[order], starts[1:]) if len(children) else []
        rings = [self._ring(group) for group in groups]
        return sorted(rings, key=lambda ring: (-ring.held, ring.accounts))

    def _ring(self, members: NDArray[np.intp]) -> Ring:
        members = members[np.argsort(self.forest.depths[members], kind="stable")]
        counts = self.seen[members].sum(axis=0)
        order = np.argsort(-counts, kind="stable")
        codes = {CODES[place]: int(counts[place]) for place in order if counts[place]}
        return Ring([int(self.forest.parents[members[0]]), *members.tolist()], len(members), codes)


def assessed(planting: Planting, accounts: Accounts, marks: Mapping[Kind, Marks]) -> Assessment:
    """Each referral by all that is seen of it. Kinds of marks that are not known are left out: they are no
    evidence then. E-mails are of normalised addresses, domains only of people's own ones, agents
    of address and browser together, where many browsers are alike. Raises BadAccounts,
    BadMarks.

    >>> from graph.referrals.planting import planted
    >>> planting = planted([1, 2], [0, 0], [5.0, 9.0])
    >>> accounts = Accounts(np.array([0.0, 5.0, 9.0]), np.array([3, 1, 2]), np.array([4, 1, 3]))
    >>> made = assessed(planting, accounts, {"email": Marks(np.arange(3), np.array(["a", "a", "b"]))})
    >>> made.held.tolist(), [reason.code for reason in made.reasons(1)]
    ([False, True, False], ['same_email', 'idle', 'prior'])
    """
    size = len(planting.nodes)
    for column in (accounts.joined, accounts.orders, accounts.active_days):
        if len(column) != size:
            raise BadAccounts(f"{len(column)} rows for {size} accounts")
    parents = planting.forest.parents
    seen = np.zeros((size, len(CODES)), dtype=bool)
    _identifiers(seen, planting.forest, marks)
    _activity(seen, parents, accounts)
    _attempts(seen, planting)
    seen[parents < 0] = False
    for _ in range(ROUNDS):
        _company(seen, parents, scores(seen) >= HELD)
    score = np.where(parents >= 0, scores(seen), -np.inf)
    return Assessment(planting.forest, score, score >= HELD, seen)


def _identifiers(seen: Flags, forest: Forest, marks: Mapping[Kind, Marks]) -> None:
    for kind, each in marks.items():
        made = shared(each, forest)
        both, kin = made.among > 0, made.kin > 0
        if kind == "address":
            few = made.among < CROWD_AT_ADDRESS
            seen[:, _COLUMN["same_address"]] = both & few
            seen[:, _COLUMN["crowded_address"]] = both & ~few
        elif kind == "agent":
            # Colleagues' browsers are alike by chance: so many are a place's.
            seen[:, _COLUMN["same_agent"]] = both & (made.among < CROWD_AT_ADDRESS)
        else:
            seen[:, _COLUMN[f"same_{kind}"]] = both
        if kind == "device":
            crowd = np.maximum(made.among, made.kin) >= CROWD_ON_DEVICE
            seen[:, _COLUMN["device_crowd"]] = crowd
        if kind in ("device", "payout"):
            seen[:, _COLUMN[f"kin_{kind}"]] = kin


def _activity(seen: Flags, parents: Indices, accounts: Accounts) -> None:
    size, below = len(parents), np.flatnonzero(parents >= 0)
    up = parents[below]
    idle = (accounts.orders <= 1) & (accounts.active_days <= 1)
    again = (accounts.orders >= 2) & (accounts.active_days >= 2)
    seen[:, _COLUMN["idle"]] = idle
    seen[:, _COLUMN["buys_again"]] = again
    branches = np.bincount(up, minlength=size)
    idlers = np.bincount(up, idle[below], size)
    star = (branches >= STAR) & (idlers >= NEARLY_ALL * branches)
    seen[below, _COLUMN["idle_star"]] = star[up]
    seen[below, _COLUMN["idle_referrer"]] = idle[up]
    seen[below, _COLUMN["burst"]] = _bursts(up, accounts.joined[below])


def _bursts(up: Indices, at: Floats) -> Flags:
    """Which referrals are among BURST or more of one referrer within BURST_DAYS."""
    order = np.lexsort((at, up))
    made = np.zeros(len(up), dtype=bool)
    firsts = np.arange(len(up) - BURST + 1)
    lasts = firsts + BURST - 1
    near = (up[order][firsts] == up[order][lasts]) & (at[order][lasts] - at[order][firsts] <= BURST_DAYS)
    for step in range(BURST):
        made[order[firsts[near] + step]] = True
    return made


def _attempts(seen: Flags, planting: Planting) -> None:
    """What refused attempts say of the referrals that count."""
    parents = planting.forest.parents
    own = np.zeros(len(parents), dtype=bool)
    own[planting.children[planting.verdicts == SELF]] = True
    below = np.flatnonzero(parents >= 0)
    seen[below, _COLUMN["tried_self"]] = own[parents[below]]
    top, node = (each[planting.verdicts == CIRCLE] for each in (planting.children, planting.parents))
    short = parents[node] == top
    seen[node[short], _COLUMN["both_ways"]] = True
    top, node = top[~short], node[~short]
    # A circle's referrals lie on the way up from who tried to refer, to whom she tried to refer.
    while len(node):
        seen[node, _COLUMN["circle"]] = True
        node = parents[node]
        top, node = top[node != top], node[node != top]


def _company(seen: Flags, parents: Indices, held: Flags) -> None:
    """What those next to a referral say of it: the referrer's other referrals, hers, and those below."""
    size, below = len(parents), np.flatnonzero(parents >= 0)
    up = parents[below]
    held = held & (parents >= 0)
    branches, bad = np.bincount(up, minlength=size), np.bincount(up, held[below], size)
    near = branches[up] - 1 + (parents[up] >= 0) + branches[below]
    bad_near = bad[up] - held[below] + held[up] + bad[below]
    seen[below, _COLUMN["company"]] = (bad_near >= 2) & (2 * bad_near >= near)
    seen[below, _COLUMN["neighbour"]] = (bad_near >= 1) & (3 * bad_near >= near)


def _tops(parents: Indices, held: Flags) -> Indices:
    """The account at the top of each one's chain of held referrals."""
    tops = np.where(held, parents, np.arange(len(parents), dtype=np.int32)).astype(np.int32)
    while True:
        above = tops[tops]
        if np.array_equal(above, tops):
            return tops
        tops = above
