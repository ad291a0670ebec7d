"""What partners are told of their money: promised in the transaction in which it happens."""

from datetime import timedelta

from msgspec import to_builtins

from service.kit.db import Connection
from service.ledger.commissions.events import SalesEarned
from service.ledger.payouts.events import PayoutMoved
from service.ledger.payouts.store import get_payout
from service.partner.notices.deciding import first_sales
from service.programs.notices import sending, store
from service.programs.notices.schemas import AmountFacts

# Shops are connected with their past: a sale of last year is noted, and no news.
NEWS = timedelta(days=30)


async def note_sales(db: Connection, event: SalesEarned) -> None:
    """Handles the event: who has never sold before is told. Many orders at once are one statement, and two
    transactions that bring a partner's first sale wait for each other at the table's key."""
    found = first_sales(event.rows)
    await store.add_first_sales(
        db,
        event.workspace_id,
        [each.partner_id for each in found],
        [to_builtins(AmountFacts(each.amount, each.currency)) for each in found],
        [each.occurred_at for each in found],
        NEWS,
    )


async def note_payout(db: Connection, event: PayoutMoved) -> None:
    """Handles the event: a payout that was paid is told of, unless it fails before anybody was."""
    if event.status == "failed":
        await store.withdraw(db, event.workspace_id, "payout_paid", event.payout_id)
        return
    row = await get_payout(db, event.workspace_id, event.payout_id)
    facts = AmountFacts(row.amount, row.currency)
    await sending.promise(db, event.workspace_id, "payout_paid", event.payout_id, event.partner_id, facts)
