"""A payout, as far as the ledger sees it: rows become paid, and the money leaves `payable`."""

from itertools import groupby
from uuid import UUID

from service.kit import ids
from service.kit.db import Connection, Record
from service.ledger import bringing
from service.ledger.schemas import AccountKind, Entry, Posting

SIDES: tuple[tuple[AccountKind, int], ...] = (("payable", -1), ("paid", 1))


async def pay(db: Connection, workspace_id: UUID, partner_id: UUID) -> None:
    """Pays out everything that is payable to a partner."""
    rows = await db.fetch(
        """update commissions set status = 'paid' where workspace_id = $1 and partner_id = $2
           and status = 'payable' returning id, amount, currency""",
        *(workspace_id, partner_id),
    )
    by_currency = groupby(sorted(rows, key=lambda row: row["currency"]), key=lambda row: row["currency"])
    entries = [
        Entry(
            f"payout {ids.new()}", "payout", partner_id, None, None, {}, tuple(_lines(currency, list(group)))
        )
        for currency, group in by_currency
    ]
    await bringing.post(db, workspace_id, entries, "test")


def _lines(currency: str, rows: list[Record]) -> list[Posting]:
    return [
        Posting(account, currency, sign * row["amount"], row["id"])
        for row in rows
        for account, sign in SIDES
        if row["amount"]
    ]
