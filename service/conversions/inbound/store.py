"""All SQL of integrations and their secrets."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from service.conversions.inbound.problems import UnknownIntegration
from service.conversions.inbound.schemas import (
    IntegrationRow,
    LastDelivery,
    OpenCount,
    Receiver,
    SealedToken,
    SecretRow,
)
from service.kit.db import Connection, sql

_COLUMNS = """
    id, kind, name, shop, token_sealed, aliases, refused_at, refused_why, version, created_at, updated_at
"""
# Other domains' are shown by them.
_SHOPS = "kind not like 'listening-%'"


@sql(f"""
    insert into integrations (workspace_id, id, kind, name, shop, token_digest, token_sealed, aliases)
    values ($1, $2, $3, $4, $5, $6, $7, $8)
    returning {_COLUMNS}
""")
async def add_integration(
    db: Connection,
    workspace_id: UUID,
    integration_id: UUID,
    kind: str,
    name: str,
    shop: str,
    token_digest: bytes,
    token_sealed: bytes,
    aliases: dict[str, Any],
) -> IntegrationRow: ...


@sql("""
    insert into integrations (workspace_id, id, kind, name, token_digest, token_sealed)
    values ($1, $2, $3, $4, $5, $6)
""")
async def add_other(
    db: Connection,
    workspace_id: UUID,
    integration_id: UUID,
    kind: str,
    name: str,
    token_digest: bytes,
    token_sealed: bytes,
) -> None: ...


@sql("select id, token_sealed from integrations where workspace_id = $1 and id = any($2)")
async def sealed_tokens(db: Connection, workspace_id: UUID, asked: Sequence[UUID]) -> list[SealedToken]: ...


@sql(
    f"""
    select {_COLUMNS} from integrations
    where workspace_id = $1 and id = $2 and archived_at is null and {_SHOPS}
    """,
    missing=UnknownIntegration,
)
async def get_integration(db: Connection, workspace_id: UUID, integration_id: UUID) -> IntegrationRow: ...


@sql(
    f"""
    select {_COLUMNS} from integrations
    where workspace_id = $1 and id = $2 and archived_at is null and {_SHOPS} for update
    """,
    missing=UnknownIntegration,
)
async def lock_integration(db: Connection, workspace_id: UUID, integration_id: UUID) -> IntegrationRow: ...


@sql(f"""
    select {_COLUMNS} from integrations
    where workspace_id = $1 and archived_at is null and {_SHOPS} and ($2::text is null or kind = $2)
      and ($3::text is null or shop = $3) and ($4::uuid[] is null or id = any($4))
      and ($5::uuid is null or id < $5)
    order by id desc limit $6
""")
async def list_integrations(
    db: Connection,
    workspace_id: UUID,
    kind: str | None,
    shop: str | None,
    asked: Sequence[UUID] | None,
    before: UUID | None,
    limit: int,
) -> list[IntegrationRow]: ...


@sql(
    f"""
    update integrations set name = $3, aliases = $4, version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and id = $2
    returning {_COLUMNS}
    """,
    missing=UnknownIntegration,
)
async def save_integration(
    db: Connection, workspace_id: UUID, integration_id: UUID, name: str, aliases: dict[str, Any]
) -> IntegrationRow: ...


@sql("""
    update integrations set archived_at = elci_now(), version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and id = $2
""")
async def archive_integration(db: Connection, workspace_id: UUID, integration_id: UUID) -> None: ...


# At most one row version a second: whoever floods a token with bad signatures must not fill the table.
@sql("""
    update integrations set refused_at = elci_now(), refused_why = $3
    where workspace_id = $1 and id = $2
      and (refused_at is null or refused_at < elci_now() - interval '1 second')
""")
async def note_refusal(db: Connection, workspace_id: UUID, integration_id: UUID, why: str) -> None: ...


@sql("""
    insert into integration_secrets (workspace_id, integration_id, id, sealed) values ($1, $2, $3, $4)
""")
async def add_secret(
    db: Connection, workspace_id: UUID, integration_id: UUID, secret_id: UUID, sealed: bytes
) -> None: ...


@sql("delete from integration_secrets where workspace_id = $1 and integration_id = $2")
async def drop_secrets(db: Connection, workspace_id: UUID, integration_id: UUID) -> None: ...


# Those before the new one end after the overlap, and what is more than two at once ends now.
@sql("""
    with ranked as (
        select id, row_number() over (order by id desc) as place from integration_secrets
        where workspace_id = $1 and integration_id = $2 and (expires_at is null or expires_at > elci_now())
    )
    update integration_secrets s set expires_at = case
        when r.place >= $4 then elci_now()
        else least(s.expires_at, elci_now() + $3::interval) end
    from ranked r where s.workspace_id = $1 and s.integration_id = $2 and s.id = r.id
""")
async def end_secrets(
    db: Connection, workspace_id: UUID, integration_id: UUID, overlap: timedelta, most: int
) -> None: ...


@sql("""
    delete from integration_secrets
    where workspace_id = $1 and integration_id = $2 and expires_at <= elci_now()
""")
async def drop_ended(db: Connection, workspace_id: UUID, integration_id: UUID) -> None: ...


@sql("""
    select integration_id, created_at, expires_at from integration_secrets
    where workspace_id = $1 and integration_id = any($2)
      and (expires_at is null or expires_at > elci_now())
    order by integration_id, id desc
""")
async def live_secrets(db: Connection, workspace_id: UUID, asked: Sequence[UUID]) -> list[SecretRow]: ...


@sql("""
    select integration_id, status, count(*)::integer as number from inbound_deliveries
    where workspace_id = $1 and integration_id = any($2)
      and status in ('needs_fetch', 'quarantined', 'failed')
    group by 1, 2
""")
async def open_counts(db: Connection, workspace_id: UUID, asked: Sequence[UUID]) -> list[OpenCount]: ...


@sql("""
    select i.id as integration_id, d.received_at from integrations i cross join lateral (
        select received_at from inbound_deliveries
        where workspace_id = $1 and integration_id = i.id order by id desc limit 1
    ) d
    where i.workspace_id = $1 and i.id = any($2)
""")
async def last_deliveries(
    db: Connection, workspace_id: UUID, asked: Sequence[UUID]
) -> list[LastDelivery]: ...


@sql("select workspace_id, id, kind, sealed, now from entry.find_integration($1)")
async def find_receiver(db: Connection, token_digest: bytes) -> Receiver | None: ...
