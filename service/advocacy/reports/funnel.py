"""The funnel by day: advocates, invitations, clicks, sign-ups, customers, new advocates. Pure.

A referral counts at every stage that it reached, or passed (a code is not clicked), on the day on which it
began: so later stages are parts of earlier ones, and their ratio is a share. What is held or was rejected
counts beside, at the stages that it had reached. Advocates are all who had joined by then.
"""

from collections.abc import Iterable
from typing import Final

import numpy as np

from service.advocacy.reports.columns import (
    HELD,
    NONE,
    QUALIFIED,
    REJECTED,
    SOUND,
    Ints,
    Marks,
    Members,
    Orders,
    Referrals,
    places,
)
from service.advocacy.reports.days import Days, daily
from service.advocacy.reports.store import CountRow

STAGES: Final = ("invitations", "clicks", "signups", "customers", "new_advocates")
BESIDE: Final = {SOUND: "", HELD: "held_", REJECTED: "rejected_"}
Column = tuple[Ints, Ints | None]


def funnel(members: Members, referrals: Referrals, orders: Orders, visitors: Iterable[CountRow]) -> Days:
    """Figures by day of one scope: the stages, each with `held_` and `rejected_`; `joined`; `inviting`,
    advocates by their first invitation; `acquired`, customers by their first purchase; `by_click`, those by
    the day of the click; `visitors`; `buyers`, all of the workspace by their first purchase; `referring`,
    advocates who are customers by their first success."""
    made = _stages(members, referrals)
    made["joined"] = (members.days, None)
    made["inviting"] = (_firsts(members, referrals, referrals.begun_days, sound=False), None)
    made["acquired"] = (referrals.qualified_days[referrals.acquired], None)
    clicked = referrals.acquired & (referrals.clicked_days != NONE)
    made["by_click"] = (referrals.clicked_days[clicked], None)
    rows = [(row.day, row.n) for row in visitors]
    made["visitors"] = (
        np.array([day for day, _ in rows], dtype=np.int64),
        np.array([n for _, n in rows], dtype=np.int64),
    )
    made["buyers"] = (first_days(orders), None)
    made["referring"] = (_firsts(members, referrals, referrals.qualified_days, sound=True), None)
    return daily(made)


def _stages(members: Members, referrals: Referrals) -> dict[str, Column]:
    newly = new_advocates(members, referrals)
    made: dict[str, Column] = {}
    for standing, prefix in BESIDE.items():
        mine = referrals.standings == standing
        for rank, stage in enumerate(STAGES):
            reached = newly if stage == "new_advocates" else referrals.ranks >= rank
            made[prefix + stage] = (referrals.begun_days[mine & reached], None)
    return made


def new_advocates(members: Members, referrals: Referrals) -> Marks:
    """Of referrals: whether the friend bought and has joined since the referral began."""
    order = np.argsort(members.ids, kind="stable")
    at = places(members.ids[order], referrals.friends)
    joined = members.joined[order][at] if len(order) else np.full(len(at), np.nan)
    made: Marks = (at >= 0) & (referrals.ranks == QUALIFIED) & (joined >= referrals.begun)
    return made


def _firsts(members: Members, referrals: Referrals, days: Ints, *, sound: bool) -> Ints:
    """Of advocates whose referrals have a day: the first, but not before they joined. `sound`: only of
    customers, by what nothing holds."""
    kept = referrals.acquired if sound else days != NONE
    order = np.argsort(members.ids, kind="stable")
    at = places(members.ids[order], referrals.by[kept])
    first = np.full(len(order), np.iinfo(np.int64).max)
    np.minimum.at(first, at[at >= 0], days[kept][at >= 0])
    counted = first < np.iinfo(np.int64).max
    if sound:
        counted &= (members.customers | _brought(members, referrals))[order]
    made: Ints = np.maximum(first, members.days[order])[counted]
    return made


def _brought(members: Members, referrals: Referrals) -> Marks:
    """Advocates who are somebody's friend, and bought."""
    return np.isin(members.ids, referrals.friends[referrals.acquired])


def first_days(orders: Orders) -> Ints:
    """The day of each known customer's first purchase that stands."""
    kept = orders.stands & (orders.customers != b"")
    who, at = np.unique(orders.customers[kept], return_inverse=True)
    first = np.full(len(who), np.iinfo(np.int64).max)
    np.minimum.at(first, at, orders.days[kept])
    return first
