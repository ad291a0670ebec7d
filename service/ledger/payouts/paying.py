"""Pays what is payable: payouts with their rows and entries, in a few statements however many there are.

The turn of a partner (ledger/store) keeps two runs apart; that a row is in one payout only, and a payout
there once, are constraints as well.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from service.kit import ids
from service.kit.db import Connection
from service.ledger import bringing
from service.ledger import store as ledger
from service.ledger.payouts import entries, naming, store
from service.ledger.payouts.choosing import Chosen
from service.ledger.payouts.schemas import (
    ItemRow,
    Method,
    NewPayoutRow,
    PayableRow,
    PayoutStatus,
)

Owed = tuple[UUID, str]


class Payable(NamedTuple):
    """What can be paid to a partner in a currency: rows, those of merged records too, and the balance."""

    rows: list[PayableRow]
    balance: int


class Draft(NamedTuple):
    """A payout to write."""

    partner_id: UUID
    currency: str
    chosen: Chosen
    key: str
    method: Method
    status: PayoutStatus
    run_id: UUID | None = None
    account_id: UUID | None = None
    note: str | None = None
    paid_at: datetime | None = None


async def payable(
    db: Connection, workspace_id: UUID, partner_ids: Sequence[UUID], *, locked: bool
) -> dict[Owed, Payable]:
    """What can be paid to each of these partners, by partner and currency; `locked`: for the rest of the
    transaction nobody else posts for them."""
    records = await store.records(db, workspace_id, partner_ids)
    kept = {row.record: row.kept for row in records}
    if locked:
        await ledger.take_turn(db, workspace_id, list(kept))
    rows: defaultdict[Owed, list[PayableRow]] = defaultdict(list)
    for row in await store.payable_rows(db, workspace_id, list(kept)):
        rows[kept[row.partner_id], row.currency].append(row)
    sums: defaultdict[Owed, int] = defaultdict(int)
    for account in await store.balances(db, workspace_id, list(kept)):
        sums[kept[account.partner_id], account.currency] += account.balance
    return {owed: Payable(rows[owed], balance) for owed, balance in sorted(sums.items())}


async def so_far(db: Connection, workspace_id: UUID, partner_ids: Sequence[UUID]) -> Counter[Owed]:
    """How many payouts there were, failed ones too."""
    rows = await store.so_far(db, workspace_id, partner_ids)
    return Counter({(row.partner_id, row.currency): row.payouts for row in rows})


async def write(db: Connection, workspace_id: UUID, drafts: Sequence[Draft], by: str) -> list[UUID]:
    """Writes the payouts, their rows and entries; the payouts' ids. The caller holds the partners' turns."""
    if not drafts:
        return []
    made = {ids.new(): draft for draft in drafts}
    items = [
        ItemRow(payout_id, row.id, row.partner_id, row.amount)
        for payout_id, draft in made.items()
        for row in draft.chosen.rows
    ]
    await store.add_payouts(db, workspace_id, [_row(one, draft) for one, draft in made.items()], by)
    await store.add_items(db, workspace_id, items)
    await _move(db, workspace_id, items, "paid")
    by_payout = grouped(items)
    posted = [
        entry
        for one, draft in made.items()
        for entry in entries.paid(
            one, draft.partner_id, draft.currency, by_payout.get(one, []), -draft.chosen.unallocated
        )
    ]
    await bringing.post(db, workspace_id, posted, by)
    return list(made)


async def give_back(db: Connection, workspace_id: UUID, items: Sequence[ItemRow]) -> None:
    """The rows are payable again."""
    await _move(db, workspace_id, items, "payable")


async def _move(db: Connection, workspace_id: UUID, items: Sequence[ItemRow], status: str) -> None:
    moved = [item.commission_id for item in items]
    nothing: list[Any] = [None] * len(moved)
    await ledger.move_rows(db, workspace_id, moved, [status] * len(moved), nothing)


def grouped(items: Sequence[ItemRow]) -> Mapping[UUID, list[ItemRow]]:
    """Rows by payout."""
    found: defaultdict[UUID, list[ItemRow]] = defaultdict(list)
    for item in items:
        found[item.payout_id].append(item)
    return found


def _row(payout_id: UUID, draft: Draft) -> NewPayoutRow:
    return NewPayoutRow(
        id=payout_id,
        key=draft.key,
        reference=naming.reference(draft.key),
        run_id=draft.run_id,
        partner_id=draft.partner_id,
        account_id=draft.account_id,
        method=draft.method,
        amount=draft.chosen.amount,
        unallocated=draft.chosen.unallocated,
        currency=draft.currency,
        status=draft.status,
        note=draft.note,
        paid_at=draft.paid_at,
    )
