"""All SQL of customers."""

from collections.abc import Sequence
from uuid import UUID

from service.conversions.rows import BuyerRow, CustomerRow, ForgottenRow
from service.kit.db import Connection, sql


@sql("insert into customers (workspace_id, id) values ($1, $2)")
async def add_customer(db: Connection, workspace_id: UUID, customer_id: UUID) -> None: ...


@sql("""
    insert into customer_keys (workspace_id, key, kind, customer_id)
    select $1, k.key, k.kind, $4 from unnest($2::bytea[], $3::text[]) as k (key, kind) order by k.key
    on conflict do nothing
""")
async def add_keys(
    db: Connection, workspace_id: UUID, keys: Sequence[bytes], kinds: Sequence[str], customer_id: UUID
) -> None: ...


@sql("select key, customer_id from customer_keys where workspace_id = $1 and key = any($2::bytea[])")
async def owners(db: Connection, workspace_id: UUID, keys: Sequence[bytes]) -> list[CustomerRow]: ...


@sql("""
    with moved as (
        update customer_keys set customer_id = $2 where workspace_id = $1 and customer_id = $3
    ), ordered as (
        update conversions set customer_id = $2 where workspace_id = $1 and customer_id = $3
    )
    select true
""")
async def move(db: Connection, workspace_id: UUID, kept: UUID, merged: UUID) -> bool: ...


@sql("delete from customers where workspace_id = $1 and id = $2")
async def drop_customer(db: Connection, workspace_id: UUID, customer_id: UUID) -> None: ...


# Whoever is about to give one of them an order is waited for, so that it moves with the others.
@sql("""
    select id from customers where workspace_id = $1 and id = any($2) order by id for update
""")
async def lock_customers(db: Connection, workspace_id: UUID, customer_ids: Sequence[UUID]) -> list[UUID]: ...


async def merge_customers(db: Connection, workspace_id: UUID, kept: UUID, merged: UUID) -> None:
    """What was one's is the other's, who stays."""
    await move(db, workspace_id, kept, merged)
    await drop_customer(db, workspace_id, merged)


# What customers bought before these orders; of the same moment, what is older by its id.
@sql("""
    select o.id as conversion_id, b.sales, b.first_at, array(
        select k.key from customer_keys k
        where k.workspace_id = $1 and k.customer_id = o.customer_id order by k.key
    ) as keys
    from conversions o
    cross join lateral (
        select count(*)::integer as sales, min(v.occurred_at) as first_at
        from conversions v
        where v.workspace_id = $1 and v.customer_id = o.customer_id
            and (v.occurred_at, v.id) < (o.occurred_at, o.id)
            and not v.test and v.status <> 'cancelled' and v.merged_into is null
            and v.kind in ('sale', 'booking')
    ) b
    where o.workspace_id = $1 and o.id = any($2) and o.customer_id is not null
""")
async def buyers(db: Connection, workspace_id: UUID, conversion_ids: Sequence[UUID]) -> list[BuyerRow]: ...


# Its orders stay together under an id that nobody can tell whose it is any more.
@sql("""
    with known as (
        select distinct customer_id from customer_keys where workspace_id = $1 and key = any($2::bytea[])
    ), gone as (
        delete from customer_keys
        where workspace_id = $1 and customer_id in (select customer_id from known)
        returning key
    ), orders as (
        update conversions
        set domain = null, referrer = null, landing = '{}', updated_at = elci_now()
        where workspace_id = $1 and customer_id in (select customer_id from known)
        returning id
    ), told as (
        update conversion_reports
        set report = report - array['referrer', 'landing', 'campaign', 'buyer']
        where workspace_id = $1 and conversion_id in (
            select id from conversions
            where workspace_id = $1 and customer_id in (select customer_id from known))
    )
    select array(select key from gone) as keys, (select count(*) from orders)::integer as conversions
""")
async def forget(db: Connection, workspace_id: UUID, keys: Sequence[bytes]) -> ForgottenRow: ...
