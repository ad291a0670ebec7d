"""All SQL of consents."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from service.advocacy.consents.schemas import (
    Channel,
    ConsentRow,
    ConsentStatus,
    Entry,
    ExportKey,
    RecipientType,
    Standing,
)
from service.kit import ids
from service.kit.db import Connection, sql


@sql("""
    select status, origin, recipient_type, occurred_at, sealed is null as erased
    from consents where workspace_id = $1 and channel = $2 and address_key = $3
    order by occurred_at desc, status desc, recipient_type limit 1
""")
async def newest(
    db: Connection, workspace_id: UUID, channel: Channel, address_key: bytes
) -> Standing | None: ...


# What is told twice is one entry.
@sql("""
    insert into consents (workspace_id, id, channel, address_key, sealed, person_key, recipient_type, status,
        source, text_version, origin, occurred_at)
    select $1, n.* from unnest($2::uuid[], $3::text[], $4::bytea[], $5::bytea[], $6::bytea[], $7::text[],
        $8::text[], $9::text[], $10::text[], $11::text[], $12::timestamptz[]) as n
    on conflict do nothing
    returning id
""")
async def _add(
    db: Connection,
    workspace_id: UUID,
    new_ids: Sequence[UUID],
    channels: Sequence[str],
    address_keys: Sequence[bytes],
    sealed: Sequence[bytes],
    person_keys: Sequence[bytes | None],
    recipient_types: Sequence[str],
    statuses: Sequence[str],
    sources: Sequence[str],
    text_versions: Sequence[str | None],
    origins: Sequence[str],
    times: Sequence[datetime],
) -> list[UUID]: ...


async def add(
    db: Connection, workspace_id: UUID, entries: Sequence[Entry], sealed: Sequence[bytes]
) -> list[UUID | None]:
    """Adds entries: the id of each, None where it was there."""
    given = [ids.new() for _ in entries]
    names = ("person_key", "recipient_type", "status", "source", "text_version", "origin", "occurred_at")
    columns: list[Any] = [[getattr(entry, name) for entry in entries] for name in names]
    channels = [entry.channel for entry in entries]
    keys = [entry.address_key for entry in entries]
    made = set(await _add(db, workspace_id, given, channels, keys, sealed, *columns))
    return [each if each in made else None for each in given]


_SELECT = """
    select c.id, c.channel, c.address_key, c.sealed, c.recipient_type, c.status, c.source, c.text_version,
        c.origin, c.occurred_at, c.created_at, not exists (
            select from consents n
            where n.workspace_id = $1 and n.channel = c.channel and n.address_key = c.address_key
                and (n.occurred_at > c.occurred_at
                    or n.occurred_at = c.occurred_at and n.status > c.status
                    or n.occurred_at = c.occurred_at and n.status = c.status
                        and n.recipient_type < c.recipient_type)
        ) as current
    from consents c
    where c.workspace_id = $1 and c.sealed is not null
"""


# A customer's consents: what was told of them by their id, and of the addresses that orders know them by.
@sql(
    _SELECT
    + """
        and ($2::text is null or c.channel = $2) and ($3::text is null or c.status = $3)
        and ($4::text is null or c.recipient_type = $4)
        and ($5::bytea[] is null or c.address_key = any($5))
        and ($6::bytea is null or c.person_key = $6 or c.address_key in (
            select k.key from customer_keys k where k.workspace_id = $1 and k.customer_id = (
                select o.customer_id from customer_keys o where o.workspace_id = $1 and o.key = $6)))
        and ($7::uuid is null or c.id < $7)
    order by c.id desc limit $8
"""
)
async def list_consents(
    db: Connection,
    workspace_id: UUID,
    channel: Channel | None,
    status: ConsentStatus | None,
    recipient_type: RecipientType | None,
    address_keys: Sequence[bytes] | None,
    person_key: bytes | None,
    before: UUID | None,
    limit: int,
) -> list[ConsentRow]: ...


@sql(
    _SELECT
    + """
    and c.channel = $2 and c.address_key = $3 and c.occurred_at = $4 and c.status = $5
    and c.recipient_type = $6
"""
)
async def same(
    db: Connection,
    workspace_id: UUID,
    channel: Channel,
    address_key: bytes,
    occurred_at: datetime,
    status: ConsentStatus,
    recipient_type: RecipientType,
) -> ConsentRow: ...


@sql("""
    select distinct on (channel, address_key) id, channel, address_key, sealed, recipient_type, status,
        source, text_version, origin, occurred_at, created_at, true as current
    from consents
    where workspace_id = $1 and sealed is not null and ($2::text is null or channel = $2)
        and ($3::timestamptz is null or created_at >= $3)
        and ($4::text is null or (channel, address_key) > ($4, $5::bytea))
    order by channel, address_key, occurred_at desc, status desc, recipient_type
    limit $6
""")
async def _current(
    db: Connection,
    workspace_id: UUID,
    channel: Channel | None,
    since: datetime | None,
    after_channel: str | None,
    after_key: bytes | None,
    limit: int,
) -> list[ConsentRow]: ...


async def current(
    db: Connection,
    workspace_id: UUID,
    channel: Channel | None,
    since: datetime | None,
    after: ExportKey | None,
    limit: int,
) -> list[ConsentRow]:
    """The entries that count, an address and channel each, in the order of their hashes."""
    last = (None, None) if after is None else (after.channel, after.address_key)
    return await _current(db, workspace_id, channel, since, last[0], last[1], limit)


# What stays is a hash with a refusal: nobody may write to them because they were forgotten. An address that
# is kept with the customer's id is theirs, as are its entries without one; what is kept of a number with
# another customer's id stays with that one.
@sql("""
    with theirs as (
        select channel, address_key, person_key from consents
        where workspace_id = $1 and (address_key = any($2::bytea[]) or person_key = any($2::bytea[]))
            and sealed is not null
    ), gone as (
        delete from consents c using (select distinct channel, address_key from theirs) t
        where c.workspace_id = $1 and c.channel = t.channel and c.address_key = t.address_key
            and (c.channel = 'email' or c.person_key is null or c.person_key = any($2::bytea[]))
    ), kept as (
        insert into consents (workspace_id, id, channel, address_key, recipient_type, status, source, origin,
            occurred_at)
        select $1, gen_random_uuid(), channel, address_key, 'individual', 'withdrawn', 'ERASED', 'own',
            elci_now()
        from (select distinct channel, address_key from theirs) as each_one
        on conflict do nothing
    )
    select address_key from theirs where channel = 'email'
    union
    select person_key from theirs where person_key is not null
        and (channel = 'email' or person_key = any($2::bytea[]))
""")
async def forget(db: Connection, workspace_id: UUID, keys: Sequence[bytes]) -> list[bytes]:
    """Gives what those were known by to whom these keyed hashes belong."""
    ...
