"""Which rows of commissions a payout pays, and how much that is. Pure.

What is payable to a partner is the balance of its accounts: the payable rows, and what was paid beside
rows before (an advance, negative).
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from service.ledger.payouts.schemas import PayableRow

Skip = Literal["negative", "below_minimum", "no_account"]


class Chosen(NamedTuple):
    """The rows to pay and the amount: the rows' sum less `unallocated`."""

    rows: list[PayableRow]
    amount: int
    unallocated: int


def everything(rows: Sequence[PayableRow], balance: int, earned_before: datetime | None = None) -> Chosen:
    """What a run pays: all of it, or what was earned before a moment. What refunds took of commissions
    that are paid already counts in any case, and so does an advance."""
    chosen = [row for row in rows if _is_due(row, earned_before)]
    beside = balance - sum(row.amount for row in rows)
    return Chosen(chosen, sum(row.amount for row in chosen) + beside, -beside)


def _is_due(row: PayableRow, earned_before: datetime | None) -> bool:
    return earned_before is None or row.occurred_at < earned_before or (row.carried and row.amount < 0)


def covered(rows: Sequence[PayableRow], balance: int, amount: int) -> Chosen:
    """What an outside payment of `amount` pays: first all that was taken back, then the oldest rows, as long
    as they are covered whole. The rest of it is an advance."""
    beside = balance - sum(row.amount for row in rows)
    left = amount - beside
    chosen = []
    for row in sorted(rows, key=lambda row: (row.amount > 0, row.occurred_at, row.id)):
        if row.amount > 0 and row.amount > left:
            break
        chosen.append(row)
        left -= row.amount
    return Chosen(chosen, amount, sum(row.amount for row in chosen) - amount)


def skipped(chosen: Chosen, minimum: int, has_account: bool) -> Skip | None:
    """Why a run does not pay this now; None: it does. `minimum`: minor units."""
    if chosen.amount < 0:
        return "negative"
    if chosen.amount < minimum:
        return "below_minimum"
    return None if has_account else "no_account"
