"""Targets to settle, and what the ledger says afterwards."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from service.kit.db import Connection
from service.kit.money import Money
from service.ledger.targets import Target

NOW = datetime.now(UTC)
SOON, PAST = NOW + timedelta(days=9), NOW - timedelta(days=9)


def target(partner_id: UUID, earned: int, **fields: Any) -> Target:
    """An order of 10,000 of which `earned` is earned."""
    currency = fields.pop("currency", "TRY")
    values: dict[str, Any] = {
        "program_id": None,
        "kind": "sale",
        "key": "rule-1",
        "base": 10_000,
        "refunded": 0,
        "total": 10_000,
        "occurred_at": PAST,
        "due_at": SOON,
        "rule": {"text": {"en": "10% of 100.00", "tr": "100,00 üzerinden %10"}},
    }
    return Target(partner_id=partner_id, earned=Money(earned, currency), **(values | fields))


async def moved_when_posted(db: Connection, workspace_id: UUID) -> dict[UUID, tuple[Any, Any]]:
    """When each commission first became payable and was last paid: what is stored is what postings say."""
    rows = await db.fetch(
        """select c.id, c.payable_at, c.paid_at, c.amount > 0 as earns, a.kind, e.created_at,
               p.amount > 0 as gets
           from commissions c
           left join ledger_postings p on p.workspace_id = c.workspace_id and p.commission_id = c.id
           left join ledger_accounts a on a.workspace_id = c.workspace_id and a.id = p.account_id
           left join ledger_entries e on e.workspace_id = c.workspace_id and e.id = p.entry_id
           where c.workspace_id = $1""",
        workspace_id,
    )
    times: dict[tuple[UUID, str], list[datetime]] = {}
    for row in rows:
        if row["earns"] == row["gets"] and row["kind"] in ("payable", "paid"):
            times.setdefault((row["id"], row["kind"]), []).append(row["created_at"])
    for row in rows:
        first, last = times.get((row["id"], "payable")), times.get((row["id"], "paid"))
        assert row["payable_at"] == (min(first) if first else None)
        assert row["paid_at"] == (max(last) if last else None)
    return {row["id"]: (row["payable_at"], row["paid_at"]) for row in rows}


async def balances(db: Connection, workspace_id: UUID) -> dict[tuple[UUID, str, str], int]:
    """What stands in each account that isn't empty; the cached balances agree with the postings."""
    rows = await db.fetch(
        """select a.partner_id, a.kind, a.currency, a.balance, coalesce(sum(p.amount), 0)::bigint as posted
           from ledger_accounts a left join ledger_postings p
               on p.workspace_id = a.workspace_id and p.account_id = a.id and p.currency = a.currency
           where a.workspace_id = $1 group by a.partner_id, a.kind, a.currency, a.balance""",
        workspace_id,
    )
    assert all(row["balance"] == row["posted"] for row in rows)
    await moved_when_posted(db, workspace_id)
    sums: Counter[str] = Counter()
    for row in rows:
        sums[row["currency"]] += row["balance"]
    assert not any(sums.values())
    return {tuple(row)[:3]: row["balance"] for row in rows if row["balance"]}


async def standing_of(db: Connection, workspace_id: UUID, partner_id: UUID) -> dict[str, int]:
    """A partner's balances by account, in TRY."""
    found = await balances(db, workspace_id)
    return {kind: amount for (who, kind, currency), amount in found.items() if who == partner_id}
