"""A commission is a family of rows: how they are stored, what is asked for, what changes. Pure."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple
from uuid import UUID

from msgspec import json, structs

from service.kit import ids
from service.ledger import posting
from service.ledger.changes import Added, Changes, Row, Wanted, changes
from service.ledger.explaining import explained
from service.ledger.schemas import CommissionRow, Entry
from service.ledger.targets import Target

Name = tuple[UUID | None, UUID, str, str]


class Family(NamedTuple):
    """The rows of a commission, the first one first, as they should be decided of; none yet of a new one."""

    first: CommissionRow
    rows: list[CommissionRow]


class Brought(NamedTuple):
    """What is written for a commission: its first row's decisions, rows to add and to move, the entry."""

    first: CommissionRow
    added: list[CommissionRow]
    moved: list[CommissionRow]
    entry: Entry | None

    @property
    def is_new(self) -> bool:
        """Its first row is among those to add."""
        return bool(self.added) and self.added[0].n == 0


def name(row: CommissionRow) -> Name:
    """What a commission is known by."""
    return row.conversion_id, row.partner_id, row.key, row.currency


def families(rows: Iterable[CommissionRow]) -> dict[Name, Family]:
    """Stored rows, in the order of their names and numbers, by commission."""
    found = {}
    for of, group in groupby(rows, name):
        members = list(group)
        found[of] = Family(members[0], members)
    return found


def asked(
    family: Family | None, target: Target, conversion_id: UUID | None, by: str, now: datetime
) -> Family:
    """The commission with what the target says of it, new where there is none."""
    first = _drafted(target, conversion_id, by, now) if family is None else family.first
    first = structs.replace(
        first,
        program_id=target.program_id,
        # As it is read back, so that an unchanged one is seen to be unchanged.
        rule=json.decode(json.encode(target.rule)),
        link_id=target.link_id,
        coupon_id=target.coupon_id,
        click_id=target.click_id,
        occurred_at=target.occurred_at,
        due_at=target.due_at,
        refunded=target.refunded,
        total=target.total,
        review=target.review,
        gone=None,
    )
    return Family(first, [] if family is None else family.rows)


def _drafted(target: Target, conversion_id: UUID | None, by: str, now: datetime) -> CommissionRow:
    return CommissionRow(
        id=ids.new(),
        partner_id=target.partner_id,
        program_id=target.program_id,
        conversion_id=conversion_id,
        kind=target.kind,
        key=target.key,
        n=0,
        step="accrual",
        corrects=None,
        amount=0,
        currency=target.earned.currency,
        base=None,
        base_currency=_base_currency(target),
        status="pending",
        reason=None,
        cause=None,
        rule=target.rule,
        link_id=None,
        coupon_id=None,
        click_id=None,
        occurred_at=target.occurred_at,
        due_at=None,
        refunded=0,
        total=0,
        gone=None,
        review=None,
        held=None,
        cleared=[],
        rejected=None,
        version=0,
        created_by=by,
        created_at=now,
        updated_at=now,
    )


def _base_currency(target: Target) -> str:
    exchange = target.rule.get("exchange")
    before = exchange["from"]["currency"] if exchange else target.earned.currency
    return target.base_currency or before


class Earned(NamedTuple):
    """What is earned for the whole order, and of how much."""

    amount: int
    base: int | None


def so_far(family: Family) -> Earned:
    """What the stored rows say that is earned, before refunds."""
    kept = [row for row in family.rows if row.step != "clawback"]
    bases = [row.base for row in kept if row.base is not None]
    return Earned(sum(row.amount for row in kept), sum(bases) if bases else None)


def brought(family: Family, earned: Earned, before: CommissionRow | None, now: datetime) -> Brought | None:
    """What has to be written so that the commission is as its first row decides; None: nothing.

    `before` is the first row as it is stored.
    """
    found = changes([_row(row) for row in family.rows], _wanted(family.first, earned), now)
    if not found.added and not found.moved and family.first == before:
        return None
    first = structs.replace(family.first, version=family.first.version + 1)
    added = _new_rows(first, family.rows, found.added)
    if not family.rows:
        first = added[0]
    by_id = {row.id: row for row in family.rows}
    moved = [
        structs.replace(by_id[each.row.id], status=each.status, reason=each.reason) for each in found.moved
    ]
    entry = _entry(first, found, [row.id for row in added]) if found.added or found.moved else None
    return Brought(first, added, moved, entry)


def _row(row: CommissionRow) -> Row:
    return Row(row.id, row.step, row.amount, row.base, row.status, row.reason)


def _wanted(first: CommissionRow, earned: Earned) -> Wanted:
    return Wanted(
        earned=earned.amount,
        base=earned.base,
        refunded=first.refunded,
        total=first.total,
        due_at=first.due_at,
        gone=first.gone,
        review=first.review,
        held=first.held,
        cleared=tuple(first.cleared),
        rejected=first.rejected,
    )


def _new_rows(
    first: CommissionRow, rows: Sequence[CommissionRow], found: Sequence[Added]
) -> list[CommissionRow]:
    made = []
    for n, row in enumerate(found, len(rows)):
        is_first = n == 0
        made.append(
            structs.replace(
                first,
                id=first.id if is_first else ids.new(),
                n=n,
                step=row.step,
                corrects=None if is_first else first.id,
                amount=row.amount,
                base=row.base,
                status=row.status,
                reason=row.reason,
                cause=row.cause,
                rule=first.rule if is_first else explained(row, first),
            )
        )
    return made


def _entry(first: CommissionRow, found: Changes, new_ids: Sequence[UUID]) -> Entry:
    posted = posting.postings(posting.shifts(found, new_ids), first.currency)
    details: dict[str, Any] = {"changes": posting.told(found, new_ids)}
    if "exchange" in first.rule:
        details["exchange"] = first.rule["exchange"]
    kind = posting.kind_of(found)
    return Entry(
        key=f"{ids.show('com', first.id)}:{first.version}",
        kind=kind,
        partner_id=first.partner_id,
        commission_id=first.id,
        reason=posting.reason_of(found),
        details=details,
        postings=tuple(posted),
    )
