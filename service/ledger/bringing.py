"""Writes what commissions have become: their rows, the entries, the postings and the accounts' balances."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from service.kit import ids
from service.kit.db import Connection
from service.ledger import store
from service.ledger.families import Brought
from service.ledger.schemas import AccountKind, Entry

Account = tuple[UUID, AccountKind, str]


async def write(db: Connection, workspace_id: UUID, found: Sequence[Brought], by: str) -> None:
    """Writes all of it, in a few statements however many there are. The caller holds the partners' turn."""
    added = [row for brought in found for row in brought.added]
    firsts = [brought.first for brought in found if not brought.is_new]
    moved = [row for brought in found for row in brought.moved]
    if added:
        await store.add_rows(db, workspace_id, added)
    if moved:
        columns: list[Any] = [[getattr(row, name) for row in moved] for name in ("id", "status", "reason")]
        await store.move_rows(db, workspace_id, *columns)
    if firsts:
        await store.save_decided(db, workspace_id, firsts)
    await post(db, workspace_id, [brought.entry for brought in found if brought.entry], by)


async def post(db: Connection, workspace_id: UUID, entries: Sequence[Entry], by: str) -> None:
    """Posts entries and moves the balances of their accounts with them."""
    if not entries:
        return
    accounts = await _accounts(
        db,
        workspace_id,
        {(entry.partner_id, line.account, line.currency) for entry in entries for line in entry.postings},
    )
    heads, lines = [], []
    for entry in entries:
        entry_id = ids.new()
        heads.append(_head(entry, entry_id))
        for n, line in enumerate(entry.postings):
            account_id = accounts[entry.partner_id, line.account, line.currency]
            lines.append(
                {
                    "entry_id": entry_id,
                    "n": n,
                    "account_id": account_id,
                    "commission_id": line.commission_id,
                    "amount": line.amount,
                    "currency": line.currency,
                }
            )
    await store.post(db, workspace_id, heads, lines, by)


def _head(entry: Entry, entry_id: UUID) -> dict[str, Any]:
    return {
        "id": entry_id,
        "key": entry.key,
        "kind": entry.kind,
        "partner_id": entry.partner_id,
        "commission_id": entry.commission_id,
        "reason": entry.reason,
        "details": entry.details,
    }


async def _accounts(db: Connection, workspace_id: UUID, wanted: Iterable[Account]) -> dict[Account, UUID]:
    """The accounts' ids; those that are not there yet are opened."""
    asked = set(wanted)
    rows = await store.accounts(db, workspace_id, sorted({partner_id for partner_id, *_ in asked}))
    known = {(row.partner_id, row.kind, row.currency): row.id for row in rows}
    missing = {account: ids.new() for account in sorted(asked - known.keys())}
    if missing:
        partners, kinds, currencies = zip(*missing, strict=True)
        await store.add_accounts(db, workspace_id, list(missing.values()), kinds, partners, currencies)
    return known | missing
