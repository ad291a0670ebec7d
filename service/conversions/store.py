"""All SQL of taking reports in: orders by their names, what was told of them, refunds."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from service.conversions.problems import UnknownConversion
from service.conversions.rows import ConversionRow, RefRow, RefundRow, ReportRow
from service.kit.db import Connection, sql

COLUMNS = """
    id, shop, kind, external_id, status, test, amount, currency, net, net_basis, net_lines, net_order,
    refunded, tax, shipping, shipping_tax, fees, discount, lines, coupons, clicks, tokens, country, referrer,
    landing, customer_id, domain, told_new, is_new, channel, integration_id, verified, conflicts,
    occurred_at, delivered_at, cancelled_at, paid_at, merged_into, partner_id, attribution, reassigned,
    settled_at, version, created_at, updated_at
"""
_REPORT = """
    digest, id, channel, verified, source, integration_id, kind, report, stated_at, received_at
"""
_REFUND = """
    id, shop, external_id, conversion_id, refs, amount, currency, cumulative, channel, verified, reason,
    occurred_at, created_at
"""


# In their order: two that lock the same ones wait for each other instead of standing still.
@sql("""
    select count(pg_advisory_xact_lock(bucket))
    from (select bucket from unnest($2::bigint[]) as asked (bucket) order by bucket) sorted
    where $1::uuid is not null -- workspace_id
""")
async def lock_names(db: Connection, workspace_id: UUID, buckets: Sequence[int]) -> int: ...


@sql("""
    select r.conversion_id, r.kind, r.ref from conversion_refs r
    where r.workspace_id = $1 and r.conversion_id in (
        select f.conversion_id from conversion_refs f
        where f.workspace_id = $1 and f.shop = $2 and f.ref = any($3::text[]))
    order by r.conversion_id, r.kind, r.ref
""")
async def names(db: Connection, workspace_id: UUID, shop: str, values: Sequence[str]) -> list[RefRow]: ...


@sql(f"""
    select {COLUMNS} from conversions where workspace_id = $1 and id = any($2) order by id for no key update
""")
async def lock_all(db: Connection, workspace_id: UUID, asked: Sequence[UUID]) -> list[ConversionRow]: ...


# Those that nobody else holds: who takes many waits for none of them.
@sql(f"""
    select {COLUMNS} from conversions where workspace_id = $1 and id = any($2)
    order by id for no key update skip locked
""")
async def lock_free(db: Connection, workspace_id: UUID, asked: Sequence[UUID]) -> list[ConversionRow]: ...


@sql("""
    select id from conversions where workspace_id = $1 and id = any($2) order by occurred_at, id
""")
async def by_time(db: Connection, workspace_id: UUID, asked: Sequence[UUID]) -> list[UUID]: ...


@sql(
    f"select {COLUMNS} from conversions where workspace_id = $1 and id = $2 for no key update",
    missing=UnknownConversion,
)
async def lock(db: Connection, workspace_id: UUID, conversion_id: UUID) -> ConversionRow: ...


@sql(
    f"select {COLUMNS} from conversions where workspace_id = $1 and id = $2",
    missing=UnknownConversion,
)
async def get(db: Connection, workspace_id: UUID, conversion_id: UUID) -> ConversionRow: ...


@sql("""
    insert into conversions (workspace_id, id, shop, kind, external_id, status, amount, currency, net,
        net_basis, channel, verified, occurred_at, version)
    values ($1, $2, $3, 'sale', '', 'open', 0, '', 0, '', '', false, elci_now(), 0)
""")
async def add(db: Connection, workspace_id: UUID, conversion_id: UUID, shop: str) -> None: ...


@sql(f"""
    update conversions set
        kind = $3, external_id = $4, status = $5, test = $6, amount = $7, currency = $8, net = $9,
        net_basis = $10, refunded = $11, tax = $12, shipping = $13, shipping_tax = $14, fees = $15,
        discount = $16, lines = $17, coupons = $18, clicks = $19, tokens = $20, country = $21,
        referrer = $22, landing = $23, customer_id = $24, told_new = $25, channel = $26,
        integration_id = $27, verified = $28, conflicts = $29, occurred_at = $30, delivered_at = $31,
        cancelled_at = $32, paid_at = $33, domain = coalesce(domain, $34),
        net_lines = $35, net_order = $36, version = version + 1, settled_at = null, updated_at = elci_now()
    where workspace_id = $1 and id = $2
    returning {COLUMNS}
""")
async def save(
    db: Connection,
    workspace_id: UUID,
    conversion_id: UUID,
    kind: str,
    external_id: str,
    status: str,
    test: bool,
    amount: int,
    currency: str,
    net: int,
    net_basis: str,
    refunded: int,
    tax: int | None,
    shipping: int | None,
    shipping_tax: int | None,
    fees: int | None,
    discount: int | None,
    lines: Any,
    coupons: Sequence[str],
    clicks: Sequence[str],
    tokens: Sequence[str],
    country: str | None,
    referrer: str | None,
    landing: Any,
    customer_id: UUID | None,
    told_new: bool | None,
    channel: str,
    integration_id: UUID | None,
    verified: bool,
    conflicts: Any,
    occurred_at: datetime,
    delivered_at: datetime | None,
    cancelled_at: datetime | None,
    paid_at: datetime | None,
    domain: bytes | None,
    net_lines: int | None,
    net_order: int | None,
) -> ConversionRow: ...


@sql("""
    insert into conversion_refs (workspace_id, shop, ref, kind, conversion_id)
    select $1, $2, r.ref, r.kind, $5 from unnest($3::text[], $4::text[]) as r (ref, kind)
    order by r.ref, r.kind
    on conflict do nothing
""")
async def add_names(
    db: Connection,
    workspace_id: UUID,
    shop: str,
    values: Sequence[str],
    kinds: Sequence[str],
    conversion_id: UUID,
) -> None: ...


@sql("""
    insert into conversion_reports (workspace_id, conversion_id, digest, id, channel, verified, source,
        integration_id, kind, report, stated_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    on conflict do nothing
""")
async def add_report(
    db: Connection,
    workspace_id: UUID,
    conversion_id: UUID,
    digest: bytes,
    report_id: UUID,
    channel: str,
    verified: bool,
    source: str,
    integration_id: UUID | None,
    kind: str,
    report: Any,
    stated_at: datetime | None,
) -> None: ...


@sql(f"""
    select {_REPORT} from conversion_reports where workspace_id = $1 and conversion_id = $2
    order by received_at, id
""")
async def reports(db: Connection, workspace_id: UUID, conversion_id: UUID) -> list[ReportRow]: ...


@sql("""
    insert into early_reports (workspace_id, shop, digest, id, refs, channel, verified, source,
        integration_id, kind, report, stated_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
    on conflict do nothing
""")
async def add_early(
    db: Connection,
    workspace_id: UUID,
    shop: str,
    digest: bytes,
    report_id: UUID,
    refs: Sequence[str],
    channel: str,
    verified: bool,
    source: str,
    integration_id: UUID | None,
    kind: str,
    report: Any,
    stated_at: datetime | None,
) -> None: ...


@sql(f"""
    select {_REPORT} from early_reports where workspace_id = $1 and shop = $2 and refs && $3::text[]
    order by received_at, id
""")
async def early(db: Connection, workspace_id: UUID, shop: str, refs: Sequence[str]) -> list[ReportRow]: ...


@sql("""
    with moved as (
        delete from early_reports where workspace_id = $1 and shop = $2 and digest = any($3::bytea[])
        returning *
    )
    insert into conversion_reports (workspace_id, conversion_id, digest, id, channel, verified, source,
        integration_id, kind, report, stated_at, received_at)
    select workspace_id, $4, digest, id, channel, verified, source, integration_id, kind, report, stated_at,
        received_at
    from moved
    on conflict do nothing
""")
async def adopt_early(
    db: Connection, workspace_id: UUID, shop: str, digests: Sequence[bytes], conversion_id: UUID
) -> None: ...


@sql(f"""
    select {_REFUND} from refunds where workspace_id = $1 and conversion_id = $2 order by occurred_at, id
""")
async def refunds(db: Connection, workspace_id: UUID, conversion_id: UUID) -> list[RefundRow]: ...


@sql(f"""
    select {_REFUND} from refunds where workspace_id = $1 and shop = $2 and external_id = $3 for update
""")
async def known_refund(
    db: Connection, workspace_id: UUID, shop: str, external_id: str
) -> RefundRow | None: ...


@sql("""
    insert into refunds (workspace_id, id, shop, external_id, conversion_id, refs, amount, currency,
        cumulative, channel, verified, reason, occurred_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
""")
async def add_refund(
    db: Connection,
    workspace_id: UUID,
    refund_id: UUID,
    shop: str,
    external_id: str,
    conversion_id: UUID | None,
    refs: Sequence[str],
    amount: int,
    currency: str,
    cumulative: bool,
    channel: str,
    verified: bool,
    reason: str | None,
    occurred_at: datetime,
) -> None: ...


@sql("""
    update refunds set amount = $3, currency = $4, cumulative = $5, channel = $6, verified = $7,
        reason = coalesce($8, reason), occurred_at = $9, conversion_id = coalesce(conversion_id, $10)
    where workspace_id = $1 and id = $2
""")
async def save_refund(
    db: Connection,
    workspace_id: UUID,
    refund_id: UUID,
    amount: int,
    currency: str,
    cumulative: bool,
    channel: str,
    verified: bool,
    reason: str | None,
    occurred_at: datetime,
    conversion_id: UUID | None,
) -> None: ...


# A refund of an order that is known by now.
@sql("""
    with given as (
        update refunds set conversion_id = $4
        where workspace_id = $1 and shop = $2 and conversion_id is null and refs && $3::text[]
        returning id
    )
    select count(*) from given
""")
async def adopt_refunds(
    db: Connection, workspace_id: UUID, shop: str, refs: Sequence[str], conversion_id: UUID
) -> int: ...


# Two that turn out to be one order: everything that is known of the one is known of the other.
@sql("""
    with reports as (
        insert into conversion_reports (workspace_id, conversion_id, digest, id, channel, verified, source,
            integration_id, kind, report, stated_at, received_at)
        select workspace_id, $2, digest, id, channel, verified, source, integration_id, kind, report,
            stated_at, received_at
        from conversion_reports where workspace_id = $1 and conversion_id = $3
        on conflict do nothing
    ), named as (
        update conversion_refs set conversion_id = $2 where workspace_id = $1 and conversion_id = $3
    ), refunded as (
        update refunds set conversion_id = $2 where workspace_id = $1 and conversion_id = $3
    ), waits as (
        delete from conversion_waits where workspace_id = $1 and conversion_id = $3
    )
    update conversions set merged_into = $2, version = version + 1, settled_at = null,
        updated_at = elci_now()
    where workspace_id = $1 and id = $3
""")
async def merge(db: Connection, workspace_id: UUID, kept: UUID, merged: UUID) -> None: ...


@sql("select currency from workspaces where id = $1 -- workspace_id")
async def currency(db: Connection, workspace_id: UUID) -> str: ...
