"""A look at the orders of the last weeks together: what they show, and which orders that takes in."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Final
from uuid import UUID

from msgspec import structs

from service.conversions.reviews import store as rules_store
from service.conversions.reviews.batch import store
from service.conversions.reviews.batch.leaks import Use, find_leak
from service.conversions.reviews.batch.outliers import Odd, Slot, odd_hours, odd_rates
from service.conversions.reviews.batch.schemas import FindingRow, Found, Looked, SlotRow, UseRow
from service.conversions.reviews.flagging import hold_id
from service.conversions.reviews.judging import group_of
from service.conversions.reviews.rules import ReviewRules
from service.kit import clock, ids
from service.kit.db import Connection

SPAN: Final = timedelta(days=35)
OF_COUPONS: Final = timedelta(days=120)
HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)


async def look(db: Connection, workspace_id: UUID) -> tuple[Looked, list[UUID]]:
    """What is found, kept; and the conversions that have to be settled again for it."""
    await store.take_turn(db, workspace_id)
    rules = (await rules_store.current(db, workspace_id)).rules
    now = await clock.now(db)
    found = await _found(db, workspace_id, rules, now)
    standing = await store.findings(db, workspace_id)
    new, ended = changes(found, standing, now - SPAN, rules)
    passed = await _passed(db, workspace_id, [*new, *standing])
    new = [each for each in new if _group(each) not in passed]
    ended += [each for each in standing if each not in ended and _group(each) in passed]
    await store.end_findings(db, workspace_id, [each.id for each in ended])
    await store.add_findings(db, workspace_id, [ids.new() for _ in new], new)
    touched = await _taken_in(db, workspace_id, [*new, *ended])
    if rules.same_device:
        touched |= set(await store.behind_devices(db, workspace_id, rules.same_device.customers))
    await store.forget_visits(db, workspace_id)
    return Looked(len(new), len(ended), len(touched)), sorted(touched)


async def _taken_in(db: Connection, workspace_id: UUID, findings: Sequence[Found | FindingRow]) -> set[UUID]:
    return set(
        await store.taken_in(
            db,
            workspace_id,
            [each.partner_id for each in findings],
            [each.since for each in findings],
            [each.until for each in findings],
            [each.coupon for each in findings],
        )
    )


async def _found(db: Connection, workspace_id: UUID, rules: ReviewRules, now: datetime) -> list[Found]:
    """All that the rules find now."""
    found: list[Found] = []
    # Whole days and hours: a part of one has another rate.
    since = (now - SPAN).astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    if rules.conversion_rate:
        days = [_slot(row) for row in await store.days(db, workspace_id, since)]
        odd = await asyncio.to_thread(odd_rates, days, rules.conversion_rate)
        found += [_odd("conversion_rate", each, DAY, f"{each.value:.3f}") for each in odd]
    if rules.velocity:
        rows = await store.hours(db, workspace_id, since, rules.velocity.min_orders)
        odd = await asyncio.to_thread(odd_hours, [_slot(row) for row in rows], rules.velocity)
        found += [_odd("velocity", each, HOUR, f"{each.value:.0f}") for each in odd]
    if rules.leaked_coupon:
        found += _leaks(await store.uses(db, workspace_id, now - OF_COUPONS), rules, now)
    return found


def _slot(row: SlotRow) -> Slot:
    return Slot(*structs.astuple(row))


def _odd(code: str, odd: Odd, length: timedelta, value: str) -> Found:
    slot = odd.slot
    evidence = {
        "since": slot.starts_at.isoformat(),
        "orders": str(slot.orders),
        "clicks": str(slot.clicks),
        "value": value,
        "usual": f"{odd.usual:.3f}",
        "bound": f"{odd.bound:.3f}",
    }
    day = slot.starts_at.astimezone(UTC).date().isoformat()
    return Found(code, slot.partner_id, None, day, slot.starts_at, slot.starts_at + length, evidence)


def _leaks(rows: Sequence[UseRow], rules: ReviewRules, now: datetime) -> Iterator[Found]:
    """A code is asked about again each month, if somebody has let it pass."""
    assert rules.leaked_coupon is not None
    for (partner_id, coupon), group in groupby(rows, key=lambda row: (row.partner_id, row.coupon)):
        uses = list(group)
        history = [Use(row.at, row.referrer, row.known) for row in uses]
        leak = find_leak(history, uses[-1].last_heard, rules.leaked_coupon)
        if leak is not None:
            evidence = {"coupon": coupon, "sign": leak.sign, **leak.evidence}
            month = f"{now:%Y-%m}"
            yield Found("leaked_coupon", partner_id, coupon, f"{coupon} {month}", leak.since, None, evidence)


def changes(
    found: Sequence[Found], standing: Sequence[FindingRow], since: datetime, rules: ReviewRules
) -> tuple[list[Found], list[FindingRow]]:
    """The findings to add, and those that hold no longer. Pure.

    A code that has leaked stays so: its sign may fade when it is held. What is older than `since` isn't
    looked at any more, and stays.
    """
    known = {_key(each) for each in standing}
    now = {_key(each) for each in found}
    new = [each for each in found if _key(each) not in known]
    off = {name for name in ("conversion_rate", "velocity", "leaked_coupon") if getattr(rules, name) is None}
    ended = [
        each
        for each in standing
        if each.code in off
        or (each.code != "leaked_coupon" and _key(each) not in now and each.since >= since + DAY)
    ]
    return new, ended


def _key(each: Found | FindingRow) -> tuple[str, UUID, str | None, datetime | None]:
    return each.code, each.partner_id, each.coupon, None if each.coupon else each.since


def _group(each: Found | FindingRow) -> tuple[str, UUID, str]:
    return each.code, each.partner_id, each.group


async def _passed(
    db: Connection, workspace_id: UUID, findings: Sequence[Found | FindingRow]
) -> set[tuple[str, UUID, str]]:
    """Those whose hold somebody has released."""
    by_id = {hold_id(workspace_id, group_of(*_group(each))): _group(each) for each in findings}
    return {by_id[id_] for id_ in await rules_store.released(db, workspace_id, list(by_id))}
