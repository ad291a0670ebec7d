"""All SQL of sources, and of what they only name."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from service.kit.db import Connection, sql
from service.mentions.problems import UnknownSource
from service.mentions.sources.schemas import FetchCount, FetchRow, PollRow, SourceRow

_COLUMNS = """
    id, kind, name, url, interval_s, integration_id, aliases, token_sealed, paused, due_at, etag,
    last_modified, cursor, failures, last_at, last_ok_at, last_result, last_error, last_error_at, created,
    updated, unchanged, failed, version, created_at, updated_at
"""


@sql("select count(*)::integer from mention_sources where workspace_id = $1 and archived_at is null")
async def count_sources(db: Connection, workspace_id: UUID) -> int: ...


# A feed is asked at once.
@sql(f"""
    insert into mention_sources
        (workspace_id, id, kind, name, url, interval_s, integration_id, aliases, token_sealed, due_at)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, case when $5::text is not null then elci_now() end)
    returning {_COLUMNS}
""")
async def add_source(
    db: Connection,
    workspace_id: UUID,
    source_id: UUID,
    kind: str,
    name: str,
    url: str | None,
    interval_s: int | None,
    integration_id: UUID | None,
    aliases: dict[str, Any],
    token_sealed: bytes | None,
) -> SourceRow: ...


@sql(
    f"select {_COLUMNS} from mention_sources where workspace_id = $1 and id = $2 and archived_at is null",
    missing=UnknownSource,
)
async def get_source(db: Connection, workspace_id: UUID, source_id: UUID) -> SourceRow: ...


@sql(
    f"""
    select {_COLUMNS} from mention_sources
    where workspace_id = $1 and id = $2 and archived_at is null for update
    """,
    missing=UnknownSource,
)
async def lock_source(db: Connection, workspace_id: UUID, source_id: UUID) -> SourceRow: ...


@sql(f"""
    select {_COLUMNS} from mention_sources
    where workspace_id = $1 and integration_id = $2 and archived_at is null for no key update
""")
async def find_by_integration(
    db: Connection, workspace_id: UUID, integration_id: UUID
) -> SourceRow | None: ...


@sql(f"""
    select {_COLUMNS} from mention_sources
    where workspace_id = $1 and archived_at is null and ($2::text is null or kind = $2)
      and ($3::uuid[] is null or id = any($3)) and ($4::uuid is null or id < $4)
    order by id desc limit $5
""")
async def list_sources(
    db: Connection,
    workspace_id: UUID,
    kind: str | None,
    asked: Sequence[UUID] | None,
    before: UUID | None,
    limit: int,
) -> list[SourceRow]: ...


# At another address what was there before says nothing.
@sql(f"""
    update mention_sources set
        name = $3, interval_s = $5::integer, aliases = $6, token_sealed = $7, paused = $8,
        etag = case when url = $4 then etag end, last_modified = case when url = $4 then last_modified end,
        failures = case when url is distinct from $4 or paused <> $8 then 0 else failures end,
        due_at = case when $4::text is null then null
            when url <> $4 or paused <> $8 then elci_now()
            else least(due_at, elci_now() + $5::integer * interval '1 second') end,
        url = $4, version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and id = $2
    returning {_COLUMNS}
""")
async def save_source(
    db: Connection,
    workspace_id: UUID,
    source_id: UUID,
    name: str,
    url: str | None,
    interval_s: int | None,
    aliases: dict[str, Any],
    token_sealed: bytes | None,
    paused: bool,
) -> SourceRow: ...


@sql("""
    update mention_sources set
        archived_at = elci_now(), due_at = null, token_sealed = null, version = version + 1,
        updated_at = elci_now()
    where workspace_id = $1 and id = $2
""")
async def archive_source(db: Connection, workspace_id: UUID, source_id: UUID) -> None: ...


# While it is asked, nobody else asks; who dies over it leaves it for later.
@sql("""
    update mention_sources set due_at = elci_now() + interval '10 minutes'
    where workspace_id = $1 and id = (
        select id from mention_sources
        where workspace_id = $1 and due_at <= elci_now() and not paused and archived_at is null
          and ($2::uuid is null or id = $2)
        order by due_at limit 1 for update skip locked
    )
    returning id, kind, url, interval_s, etag, last_modified, failures, version
""")
async def claim_due(db: Connection, workspace_id: UUID, source_id: UUID | None) -> PollRow | None: ...


@sql("""
    update mention_sources set due_at = elci_now()
    where workspace_id = $1 and id = $2 and url is not null and archived_at is null
""")
async def make_due(db: Connection, workspace_id: UUID, source_id: UUID) -> None: ...


@sql("""
    update mention_sources set
        last_at = elci_now(), last_ok_at = elci_now(), failures = 0,
        last_result = coalesce($3::jsonb, last_result), cursor = coalesce($4, cursor),
        created = created + $5, updated = updated + $6, unchanged = unchanged + $7, failed = failed + $8
    where workspace_id = $1 and id = $2
""")
async def save_result(
    db: Connection,
    workspace_id: UUID,
    source_id: UUID,
    result: dict[str, Any] | None,
    cursor: str | None,
    created: int,
    updated: int,
    unchanged: int,
    failed: int,
) -> None: ...


@sql("""
    update mention_sources set
        last_at = elci_now(), last_error = $3, last_error_at = elci_now(), failures = failures + 1,
        last_result = coalesce($4::jsonb, last_result), failed = failed + $5
    where workspace_id = $1 and id = $2
""")
async def save_error(
    db: Connection,
    workspace_id: UUID,
    source_id: UUID,
    error: str,
    result: dict[str, Any] | None,
    failed: int,
) -> None: ...


# What was changed meanwhile is due by what it was changed to.
@sql("""
    update mention_sources set
        due_at = elci_now() + $4::interval, etag = $5, last_modified = $6, paused = paused or $7
    where workspace_id = $1 and id = $2 and version = $3
""")
async def save_poll(
    db: Connection,
    workspace_id: UUID,
    source_id: UUID,
    version: int,
    wait: timedelta,
    etag: str | None,
    last_modified: str | None,
    ends: bool,
) -> None: ...


@sql("""
    insert into mention_fetches (workspace_id, source_id, media_id, comment_id, user_id)
    select $1, $2, * from unnest($3::text[], $4::text[], $5::text[])
    on conflict (workspace_id, source_id, media_id, comment_id) do nothing
""")
async def add_fetches(
    db: Connection,
    workspace_id: UUID,
    source_id: UUID,
    media: Sequence[str],
    comments: Sequence[str],
    users: Sequence[str],
) -> None: ...


@sql("""
    update mention_fetches f set due_at = elci_now() + interval '10 minutes', attempts = f.attempts + 1
    from mention_sources s
    where f.workspace_id = $1 and s.workspace_id = $1 and s.id = f.source_id
      and (f.source_id, f.media_id, f.comment_id) = (
        select w.source_id, w.media_id, w.comment_id from mention_fetches w
        join mention_sources o on o.workspace_id = $1 and o.id = w.source_id
        where w.workspace_id = $1 and w.status = 'waiting' and w.due_at <= elci_now()
          and o.token_sealed is not null and not o.paused and o.archived_at is null
        order by w.due_at limit 1 for update of w skip locked
    )
    returning f.source_id, f.media_id, f.comment_id, f.user_id, f.attempts, s.token_sealed
""")
async def claim_fetch(db: Connection, workspace_id: UUID) -> FetchRow | None: ...


@sql("""
    update mention_fetches set
        status = $5, why = $6, due_at = elci_now() + $7::interval,
        ended_at = case when $5 <> 'waiting' then elci_now() end
    where workspace_id = $1 and source_id = $2 and media_id = $3 and comment_id = $4
""")
async def save_fetch(
    db: Connection,
    workspace_id: UUID,
    source_id: UUID,
    media_id: str,
    comment_id: str,
    status: str,
    why: str | None,
    wait: timedelta,
) -> None: ...


# A new token may be allowed what the last one was not.
@sql("""
    update mention_fetches set
        status = 'waiting', why = null, attempts = 0, due_at = elci_now(), ended_at = null
    where workspace_id = $1 and source_id = $2 and status in ('waiting', 'failed')
""")
async def retry_fetches(db: Connection, workspace_id: UUID, source_id: UUID) -> None: ...


@sql("""
    select source_id, status, count(*)::integer as number from mention_fetches
    where workspace_id = $1 and source_id = any($2) group by 1, 2
""")
async def count_fetches(db: Connection, workspace_id: UUID, asked: Sequence[UUID]) -> list[FetchCount]: ...


@sql("""
    select distinct integration_id from integration_secrets
    where workspace_id = $1 and integration_id = any($2)
      and (expires_at is null or expires_at > elci_now())
""")
async def signed(db: Connection, workspace_id: UUID, asked: Sequence[UUID]) -> list[UUID]: ...


@sql("select workspace_id from entry.due_mention_sources() as found (workspace_id)")
async def due_workspaces(db: Connection) -> list[UUID]: ...


@sql("select entry.drop_mention_fetches($1, $2)")
async def drop_fetches(db: Connection, age: timedelta, most: int) -> int: ...
