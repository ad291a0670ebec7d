"""What people tell of payouts: sent, paid, failed, and payments that were made elsewhere."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from service.kit import clock, events, ids
from service.kit.db import Connection
from service.kit.problems import InvalidInput, Problem
from service.ledger import bringing, settling
from service.ledger.payouts import choosing, entries, naming, paying, standing, store
from service.ledger.payouts.choosing import Chosen
from service.ledger.payouts.events import PayoutMoved
from service.ledger.payouts.paying import Draft, Payable
from service.ledger.payouts.problems import PayoutExists
from service.ledger.payouts.schemas import Decided, NewOutsidePayment, PayoutRow
from service.programs import store as partners


class Decision(NamedTuple):
    """Where payouts go, why, and when the bank did it (None: now)."""

    status: Decided
    reason: str | None
    at: datetime | None


async def decide(
    db: Connection, workspace_id: UUID, payout_ids: Sequence[UUID], decision: Decision, by: str
) -> dict[UUID, Problem | None]:
    """Brings payouts into a state; the problem of each that can't go there. Unknown ones are left out.

    What fails is posted back: its rows are payable again, or where they would be if they had not been paid.
    """
    # First all turns, then the rows: nobody waits in a circle.
    owners = await store.partners_of(db, workspace_id, payout_ids)
    await settling.take_turn(db, workspace_id, owners)
    found: dict[UUID, Problem | None] = {}
    moved = []
    for row in await store.lock_payouts(db, workspace_id, payout_ids):
        try:
            if standing.changes(row.status, decision.status):
                moved.append(row)
            found[row.id] = None
        except Problem as problem:
            found[row.id] = problem
    if moved:
        await _move(db, workspace_id, moved, decision, by)
    return found


async def _move(
    db: Connection, workspace_id: UUID, moved: Sequence[PayoutRow], decision: Decision, by: str
) -> None:
    chosen = [row.id for row in moved]
    await store.move(db, workspace_id, chosen, *decision)
    if decision.status == "failed":
        await _give_back(db, workspace_id, moved, decision.reason, by)
    if decision.status != "sent":
        for row in moved:
            await events.emit(db, PayoutMoved(workspace_id, row.id, row.partner_id, decision.status))


async def _give_back(
    db: Connection, workspace_id: UUID, failed: Sequence[PayoutRow], reason: str | None, by: str
) -> None:
    chosen = [row.id for row in failed]
    items = await store.items(db, workspace_id, chosen)
    await paying.give_back(db, workspace_id, items)
    by_payout = paying.grouped(items)
    posted = []
    for row in failed:
        theirs = by_payout.get(row.id, [])
        posted += entries.returned(row.id, row.partner_id, row.currency, theirs, -row.unallocated, reason)
    await bringing.post(db, workspace_id, posted, by)
    await store.release_items(db, workspace_id, chosen)
    # A refund or a rejection that came after the payment counts as if it had not been paid.
    await settling.mature(db, workspace_id, [item.commission_id for item in items], by)


class Recorded(NamedTuple):
    """An outside payment, and whether it is new."""

    payout_id: UUID
    is_new: bool


async def record_outside(db: Connection, workspace_id: UUID, data: NewOutsidePayment, by: str) -> Recorded:
    """Books a payment that was made elsewhere. Raises UnknownPartner, PayoutExists, InvalidInput."""
    asked = await partners.get_partner(db, workspace_id, ids.read("prt", data.partner_id))
    partner_id = asked.merged_into or asked.id
    currency = data.amount.currency
    owed = await paying.payable(db, workspace_id, [partner_id], locked=True)
    before = await paying.so_far(db, workspace_id, [partner_id])
    unnamed = f"\n{currency} {before[partner_id, currency]}"
    key = naming.outside_key(partner_id, data.reference or unnamed)
    if (known := await store.find_by_key(db, workspace_id, key)) is not None:
        return _same(known, data)
    found = owed.get((partner_id, currency), Payable([], 0))
    chosen = choosing.covered(found.rows, found.balance, data.amount.amount)
    _check_advance(data, found.balance, chosen)
    paid_at = data.paid_at or await clock.now(db)
    draft = Draft(partner_id, currency, chosen, key, "outside", "paid", note=data.note, paid_at=paid_at)
    (payout_id,) = await paying.write(db, workspace_id, [draft], by)
    await events.emit(db, PayoutMoved(workspace_id, payout_id, partner_id, "paid"))
    return Recorded(payout_id, True)


def _same(known: PayoutRow, data: NewOutsidePayment) -> Recorded:
    if (known.amount, known.currency) != (data.amount.amount, data.amount.currency):
        raise PayoutExists(f"it is {ids.show('pay', known.id)}, of another amount")
    return Recorded(known.id, False)


def _check_advance(data: NewOutsidePayment, balance: int, chosen: Chosen) -> None:
    faults = []
    if data.amount.amount == 0:
        faults.append("is nothing")
    if data.amount.amount > max(balance, 0) and not data.advance:
        faults.append(f"is more than is payable ({max(balance, 0)}): say `advance` if that is meant")
    if faults:
        errors = [{"path": "amount", "message": fault} for fault in faults]
        raise InvalidInput("a payment that can't be recorded", errors=errors)
