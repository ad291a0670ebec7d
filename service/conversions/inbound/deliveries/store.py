"""All SQL of deliveries that are there."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from service.conversions.inbound.deliveries.schemas import (
    DeliveryRow,
    ListedDeliveries,
    Matched,
    RawRow,
    ReadRow,
)
from service.conversions.inbound.problems import UnknownDelivery
from service.kit.db import Connection, fetch, sql

_COLUMNS = """
    id, integration_id, topic, method, size, verified, test, status, why, outcomes, attempts,
    body is not null as replayable, received_at, processed_at
"""
_READ = """
    d.id, d.integration_id, i.kind, i.shop, i.aliases, d.topic, d.method, d.headers, d.query, d.body,
    d.verified, d.attempts, d.received_at
"""
_FRAGMENTS = {
    "status": "status = ${}",
    "topic": "topic = ${}",
    "test": "test = ${}",
    "since": "received_at >= ${}",
    "until": "received_at < ${}",
}


async def list_deliveries(
    db: Connection,
    workspace_id: UUID,
    integration_id: UUID,
    wanted: ListedDeliveries,
    before: UUID | None,
    limit: int,
) -> list[DeliveryRow]:
    """The newest first, older than `before`."""
    values: list[Any] = [workspace_id, integration_id, limit]
    conditions = ["workspace_id = $1", "integration_id = $2"]
    for name, fragment in _FRAGMENTS.items():
        if (value := getattr(wanted, name)) is not None:
            values.append(value)
            conditions.append(fragment.format(len(values)))
    if before is not None:
        values.append(before)
        conditions.append(f"id < ${len(values)}")
    text = f"""
        select {_COLUMNS} from inbound_deliveries where {" and ".join(conditions)} order by id desc limit $3
    """
    return await fetch(db, DeliveryRow, text, *values)


@sql(
    f"""
    select {_COLUMNS} from inbound_deliveries where workspace_id = $1 and integration_id = $2 and id = $3
    """,
    missing=UnknownDelivery,
)
async def get_delivery(
    db: Connection, workspace_id: UUID, integration_id: UUID, delivery_id: UUID
) -> DeliveryRow: ...


@sql(
    "select headers, query, body from inbound_deliveries where workspace_id = $1 and id = $2",
    missing=UnknownDelivery,
)
async def get_raw(db: Connection, workspace_id: UUID, delivery_id: UUID) -> RawRow: ...


# Whoever reads another one holds its row: two workers share what has come in.
@sql(f"""
    select {_READ}
    from inbound_deliveries d join integrations i on i.workspace_id = $1 and i.id = d.integration_id
    where d.workspace_id = $1 and d.status = 'received' and d.due_at <= elci_now() and d.body is not null
    order by d.due_at, d.id limit 1
    for no key update of d skip locked
""")
async def next_delivery(db: Connection, workspace_id: UUID) -> ReadRow | None: ...


@sql(f"""
    select {_READ}
    from inbound_deliveries d join integrations i on i.workspace_id = $1 and i.id = d.integration_id
    where d.workspace_id = $1 and d.id = $2 and d.body is not null
    for no key update of d
""")
async def lock_delivery(db: Connection, workspace_id: UUID, delivery_id: UUID) -> ReadRow | None: ...


@sql("""
    update inbound_deliveries set
        status = $3, why = $4, outcomes = $5, test = $6, people = $7, attempts = attempts + 1,
        processed_at = elci_now()
    where workspace_id = $1 and id = $2
""")
async def save_outcome(
    db: Connection,
    workspace_id: UUID,
    delivery_id: UUID,
    status: str,
    why: str | None,
    outcomes: list[Any],
    test: bool,
    people: Sequence[bytes],
) -> None: ...


# It waits four times as long each time; what has failed six times waits for a person.
@sql("""
    update inbound_deliveries set
        attempts = attempts + 1, why = $3,
        status = case when attempts + 1 >= $4 then 'failed' else 'received' end,
        due_at = elci_now() + interval '5 seconds' * power(4, least(attempts, 10))
    where workspace_id = $1 and id = $2 and status in ('received', 'failed')
""")
async def save_failure(
    db: Connection, workspace_id: UUID, delivery_id: UUID, why: str, most: int
) -> None: ...


# What was taken from it before stays true until it is read again: only what nobody reads any more is lost.
@sql("""
    select count(*)::integer as matched, (count(*) filter (where body is null))::integer as without_body
    from inbound_deliveries
    where workspace_id = $1 and integration_id = $2 and ($3::uuid[] is null or id = any($3))
      and ($4::timestamptz is null or received_at >= $4) and ($5::timestamptz is null or received_at < $5)
      and ($6::text[] is null or status = any($6))
""")
async def matched(
    db: Connection,
    workspace_id: UUID,
    integration_id: UUID,
    asked: Sequence[UUID] | None,
    since: datetime | None,
    until: datetime | None,
    statuses: Sequence[str] | None,
) -> Matched: ...


@sql("""
    select id from inbound_deliveries
    where workspace_id = $1 and integration_id = $2 and ($3::uuid[] is null or id = any($3))
      and ($4::timestamptz is null or received_at >= $4) and ($5::timestamptz is null or received_at < $5)
      and ($6::text[] is null or status = any($6))
      and body is not null and received_at <= $7 and ($8::uuid is null or id > $8)
    order by id limit $9
""")
async def to_replay(
    db: Connection,
    workspace_id: UUID,
    integration_id: UUID,
    asked: Sequence[UUID] | None,
    since: datetime | None,
    until: datetime | None,
    statuses: Sequence[str] | None,
    asked_at: datetime,
    after: UUID | None,
    limit: int,
) -> list[UUID]: ...


@sql("select status from inbound_deliveries where workspace_id = $1 and id = $2")
async def status_of(db: Connection, workspace_id: UUID, delivery_id: UUID) -> str | None: ...


@sql("""
    update inbound_deliveries set body = null, headers = null, query = null, people = '{}',
        outcomes = (
            select coalesce(jsonb_agg(one - 'value' - 'id' order by place), '[]')
            from jsonb_array_elements(outcomes) with ordinality as each (one, place)
        )
    where workspace_id = $1 and people && $2::bytea[] and people <> '{}'
""")
async def forget_people(db: Connection, workspace_id: UUID, keys: Sequence[bytes]) -> None: ...


# Unread ones are of anybody.
@sql("""
    update inbound_deliveries set
        body = null, headers = null, query = null, status = 'ignored', why = 'erased'
    where workspace_id = $1 and id = any($2)
""")
async def forget_unread(db: Connection, workspace_id: UUID, asked: Sequence[UUID]) -> None: ...


@sql("""
    select d.id, d.integration_id, i.kind, i.shop, i.aliases, d.topic, d.method, d.headers, d.query, d.body,
        d.verified, d.attempts, d.received_at
    from inbound_deliveries d join integrations i on i.workspace_id = $1 and i.id = d.integration_id
    where d.workspace_id = $1 and d.status in ('received', 'failed') and d.processed_at is null
      and d.body is not null and ($2::uuid is null or d.id > $2)
    order by d.id limit $3
""")
async def unread(db: Connection, workspace_id: UUID, after: UUID | None, limit: int) -> list[ReadRow]: ...


@sql("""
    insert into promotion_codes (workspace_id, integration_id, id, code)
    select $1, $2, told.key, told.value from jsonb_each_text($3) as told
    on conflict (workspace_id, integration_id, id) do update
    set code = excluded.code, learned_at = elci_now() where promotion_codes.code <> excluded.code
""")
async def learn_codes(
    db: Connection, workspace_id: UUID, integration_id: UUID, codes: dict[str, str]
) -> None: ...


@sql("""
    select coalesce(jsonb_object_agg(id, code), '{}') from promotion_codes
    where workspace_id = $1 and integration_id = $2 and id = any($3)
""")
async def codes_of(
    db: Connection, workspace_id: UUID, integration_id: UUID, asked: Sequence[str]
) -> dict[str, str]: ...


@sql("select workspace_id from entry.waiting_inbound() as found (workspace_id)")
async def waiting_workspaces(db: Connection) -> list[UUID]: ...


@sql("select entry.clear_inbound($1, $2)")
async def clear(db: Connection, age: timedelta, most: int) -> int: ...


@sql("select entry.drop_inbound($1, $2)")
async def drop(db: Connection, age: timedelta, most: int) -> int: ...
