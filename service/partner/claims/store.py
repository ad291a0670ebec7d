"""All SQL of claims. A partner's transaction finds the partner's own, by the wall."""

import datetime as dt
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from service.kit.db import Connection, fetch, sql
from service.ledger.store import OF_PARTNER
from service.partner.claims.problems import UnknownClaim
from service.partner.claims.schemas import ClaimRow, Listed

_COLUMNS = """
    c.id, c.partner_id, c.kind, c.status, c.text, c.shop, c.order_number, c.order_key, c.ordered_on,
    c.amount, c.currency, c.commission_id, c.created_by, c.created_at, c.updated_at,
    e.reason, e.conversion_id, e.made, e.ended_by, e.ended_at,
    coalesce((
        select jsonb_agg(jsonb_build_object('id', f.id, 'name', f.name, 'content_type', f.content_type,
            'size', f.bytes) order by f.id)
        from claim_evidence v
        join files f on f.workspace_id = $1 and f.id = v.file_id
        where v.workspace_id = $1 and v.claim_id = c.id
    ), '[]') as files
"""
_FROM = "from claims c left join claim_ends e on e.workspace_id = $1 and e.claim_id = c.id"
_FRAGMENTS = {
    "status": "c.status = ${}",
    "kind": "c.kind = ${}",
    "partner_id": f"c.partner_id = {OF_PARTNER}",
    "order_key": "c.order_key = ${}",
}


async def list_claims(
    db: Connection, workspace_id: UUID, wanted: Listed, before: UUID | None, limit: int
) -> list[ClaimRow]:
    """The newest first, older than `before`."""
    values: list[Any] = [workspace_id, limit]
    conditions = ["c.workspace_id = $1"]
    for name, fragment in _FRAGMENTS.items():
        if (value := getattr(wanted, name)) is not None:
            values.append(value)
            conditions.append(fragment.format(len(values)))
    if before is not None:
        values.append(before)
        conditions.append(f"c.id < ${len(values)}")
    text = f"select {_COLUMNS} {_FROM} where {' and '.join(conditions)} order by c.id desc limit $2"
    return await fetch(db, ClaimRow, text, *values)


@sql(f"select {_COLUMNS} {_FROM} where c.workspace_id = $1 and c.id = $2", missing=UnknownClaim)
async def get_claim(db: Connection, workspace_id: UUID, claim_id: UUID) -> ClaimRow: ...


@sql("select count(*) from claims where workspace_id = $1 and partner_id = $2 and status = 'open'")
async def count_open(db: Connection, workspace_id: UUID, partner_id: UUID) -> int: ...


@sql("""
    insert into claims (workspace_id, id, partner_id, kind, text, shop, order_number, order_key, ordered_on,
        amount, currency, commission_id, created_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
""")
async def add_claim(
    db: Connection,
    workspace_id: UUID,
    claim_id: UUID,
    partner_id: UUID,
    kind: str,
    text: str,
    shop: str | None,
    order_number: str | None,
    order_key: str | None,
    ordered_on: dt.date | None,
    amount: int | None,
    currency: str | None,
    commission_id: UUID | None,
    by: str,
) -> None: ...


@sql("""
    insert into claim_evidence (workspace_id, claim_id, file_id, partner_id)
    select $1, $2, f, $4 from unnest($3::uuid[]) f
""")
async def add_evidence(
    db: Connection, workspace_id: UUID, claim_id: UUID, file_ids: Sequence[UUID], partner_id: UUID
) -> None: ...


# The row is locked, and whoever comes second finds it ended; the key of claim_ends stands behind.
@sql("""
    update claims set status = $3, updated_at = elci_now()
    where workspace_id = $1 and id = $2 and status = 'open' returning true
""")
async def end_claim(db: Connection, workspace_id: UUID, claim_id: UUID, status: str) -> bool | None: ...


@sql("""
    insert into claim_ends
        (workspace_id, claim_id, partner_id, outcome, reason, conversion_id, made, ended_by)
    select workspace_id, id, partner_id, $3, $4, $5, $6, $7 from claims where workspace_id = $1 and id = $2
""")
async def add_end(
    db: Connection,
    workspace_id: UUID,
    claim_id: UUID,
    outcome: str,
    reason: str | None,
    conversion_id: UUID | None,
    made: bool,
    by: str,
) -> None: ...


@sql("""
    with texts as (
        update claims set text = '…' where workspace_id = $1 and partner_id = any($2)
    ), reasons as (
        update claim_ends set reason = '…'
        where workspace_id = $1 and partner_id = any($2) and reason is not null
    ), notes as (
        delete from claim_notes n using claims c
        where n.workspace_id = $1 and c.workspace_id = $1 and c.id = n.claim_id and c.partner_id = any($2)
    )
    delete from files where workspace_id = $1 and partner_id = any($2)
""")
async def forget(db: Connection, workspace_id: UUID, partner_ids: Sequence[UUID]) -> None: ...
