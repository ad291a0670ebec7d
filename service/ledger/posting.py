"""From changes of a commission to what is posted. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from service.kit.ids import show
from service.ledger.changes import OUT, Changes, Moved
from service.ledger.schemas import AccountKind, CommissionStatus, EntryKind, Posting

_STEPS: tuple[EntryKind, ...] = ("accrual", "correction", "clawback")


class Shift(NamedTuple):
    """A row of a commission between two states; None: it is new."""

    commission_id: UUID
    amount: int
    before: CommissionStatus | None
    after: CommissionStatus


def shifts(found: Changes, new_ids: Sequence[UUID]) -> list[Shift]:
    """Each change of state; `new_ids` are those of the rows to add."""
    moved = [Shift(each.row.id, each.row.amount, each.row.status, each.status) for each in found.moved]
    added = [
        Shift(new_id, row.amount, None, row.status) for new_id, row in zip(new_ids, found.added, strict=True)
    ]
    return moved + added


def postings(changed: Iterable[Shift], currency: str) -> list[Posting]:
    """What the changes of one commission post: they add up to 0. What a partner is owed comes out of
    `expense`."""
    sums: defaultdict[tuple[AccountKind, UUID], int] = defaultdict(int)
    for shift in changed:
        before, after = _account(shift.before), _account(shift.after)
        if before is not None:
            sums[before, shift.commission_id] -= shift.amount
        if after is not None:
            sums[after, shift.commission_id] += shift.amount
        sums["expense", shift.commission_id] -= ((after is not None) - (before is not None)) * shift.amount
    return [
        Posting(account, currency, amount, commission_id)
        for (account, commission_id), amount in sums.items()
        if amount
    ]


def _account(status: CommissionStatus | None) -> AccountKind | None:
    return None if status is None or status in OUT else status  # type: ignore[return-value]


def kind_of(found: Changes) -> EntryKind:
    """What the changes amount to, by the weightiest of them."""
    if any(each.status == "reversed" != each.row.status for each in found.moved):
        return "reversal"
    steps = {row.step for row in found.added}
    for step in _STEPS:
        if step in steps:
            return step
    return _move(found.moved)


def _move(moved: Sequence[Moved]) -> EntryKind:
    pairs = {(each.row.status, each.status) for each in moved}
    afters = {after for _, after in pairs}
    befores = {before for before, _ in pairs}
    if "rejected" in afters:
        return "rejection"
    if "rejected" in befores:
        return "reinstatement"
    if "on_hold" in afters:
        return "hold"
    if "on_hold" in befores:
        return "release"
    if "reversed" in befores:
        return "restoration"
    return "maturity" if "payable" in afters else "postponement"


def reason_of(found: Changes) -> str | None:
    """The reason that stands on the entry."""
    for added in found.added:
        if added.cause or added.reason:
            return added.cause or added.reason
    return next((each.reason for each in found.moved if each.reason), None)


def told(found: Changes, new_ids: Sequence[UUID]) -> list[dict[str, Any]]:
    """The changes row by row, for the entry's details."""
    added = [
        {"commission_id": show("com", new_id), "step": row.step, "amount": row.amount, "to": row.status}
        for new_id, row in zip(new_ids, found.added, strict=True)
    ]
    moved = [
        {
            "commission_id": show("com", each.row.id),
            "amount": each.row.amount,
            "from": each.row.status,
            "to": each.status,
        }
        for each in found.moved
    ]
    return added + moved
