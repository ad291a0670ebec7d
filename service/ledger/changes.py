"""What has to change in a commission's rows so that they say what is wanted. Pure.

Rows are added and move between states; their amounts never change. The sum of a commission's rows that
are not rejected is what is owed by it: earned, less what refunds take.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from msgspec import Struct

from service.ledger.schemas import CommissionStatus, Step
from service.ledger.shares import share

# Nothing is owed by a row in these states.
OUT = ("reversed", "rejected")


class Row(Struct, frozen=True):
    """A row as it is."""

    id: UUID
    step: Step
    amount: int
    base: int | None
    status: CommissionStatus
    reason: str | None = None


class Wanted(Struct, frozen=True):
    """What a commission should be: `earned`, and of it the share `refunded` / `total` taken back.

    `gone`: why nothing of it is left; `held`, `rejected`: a person's reasons; `review`: the reason to look
    at it first, which `cleared` names once somebody has.
    """

    earned: int
    base: int | None
    refunded: int
    total: int
    due_at: datetime | None
    gone: str | None = None
    review: str | None = None
    held: str | None = None
    cleared: tuple[str, ...] = ()
    rejected: str | None = None


class Added(NamedTuple):
    """A row to add."""

    step: Step
    amount: int
    base: int | None
    status: CommissionStatus
    reason: str | None
    cause: str | None


class Moved(NamedTuple):
    """A row that changes its state, or only the reason for it."""

    row: Row
    status: CommissionStatus
    reason: str | None


class Changes(NamedTuple):
    added: list[Added]
    moved: list[Moved]


class _Part(NamedTuple):
    amount: int
    base: int


def changes(rows: Sequence[Row], wanted: Wanted, now: datetime) -> Changes:
    """The rows to add and to move. None where `rows` say what is wanted already."""
    paid = any(row.status == "paid" for row in rows)
    added = [*_earned(rows, wanted), *_taken(rows, wanted, paid)]
    placed = [row._replace(**_where(row.amount, wanted, paid, now)._asdict()) for row in added]
    moved = []
    for row in rows:
        place = _where(row.amount, wanted, paid, now)
        if row.status != "paid" and (row.status, row.reason) != place:
            moved.append(Moved(row, *place))
    return Changes(placed, moved)


def _earned(rows: Sequence[Row], wanted: Wanted) -> list[Added]:
    before = _sum(row for row in rows if row.step != "clawback")
    difference = _Part(wanted.earned - before.amount, (wanted.base or 0) - before.base)
    if not rows:
        return [Added("accrual", wanted.earned, wanted.base, "pending", None, None)]
    if not any(difference):
        return []
    return [Added("correction", *_based(difference, wanted), "pending", None, "edited")]


def _taken(rows: Sequence[Row], wanted: Wanted, paid: bool) -> list[Added]:
    before = _sum(row for row in rows if row.step == "clawback")
    # What was paid out can't be rejected any more: it is taken back instead.
    all_of_it = wanted.gone is not None or (wanted.rejected is not None and paid)
    part, whole = (1, 1) if all_of_it else (wanted.refunded, wanted.total)
    difference = _Part(
        *(
            -share(value, part, whole) - so_far
            for value, so_far in zip((wanted.earned, wanted.base or 0), before, strict=True)
        )
    )
    if not any(difference):
        return []
    return [Added("clawback", *_based(difference, wanted), "pending", None, _cause(difference, wanted, paid))]


def _cause(difference: _Part, wanted: Wanted, paid: bool) -> str:
    if difference.amount > 0 or (difference.amount == 0 and difference.base > 0):
        return "restored"
    if wanted.gone is not None:
        return wanted.gone
    return "rejected" if wanted.rejected is not None and paid else "refunded"


def _based(part: _Part, wanted: Wanted) -> tuple[int, int | None]:
    return part.amount, None if wanted.base is None and part.base == 0 else part.base


def _sum(rows: Iterable[Row]) -> _Part:
    kept = list(rows)
    return _Part(
        sum(row.amount for row in kept),
        sum(row.base or 0 for row in kept),
    )


class _Place(NamedTuple):
    status: CommissionStatus
    reason: str | None


def _where(amount: int, wanted: Wanted, paid: bool, now: datetime) -> _Place:
    """Where an unpaid row belongs. Once a part of the commission is paid, what is taken back of it is
    carried forward: it is payable, and negative, at once."""
    nothing_left = wanted.gone is not None or 0 < wanted.total <= wanted.refunded
    if paid and (amount < 0 or nothing_left or wanted.rejected is not None):
        return _Place("payable", None)
    if wanted.rejected is not None:
        return _Place("rejected", wanted.rejected)
    if nothing_left:
        return _Place("reversed", wanted.gone or "refunded")
    if wanted.held is not None:
        return _Place("on_hold", wanted.held)
    if wanted.review is not None and wanted.review not in wanted.cleared:
        return _Place("on_hold", wanted.review)
    if wanted.due_at is not None and wanted.due_at <= now:
        return _Place("payable", None)
    return _Place("pending", None)
