"""All SQL of API keys."""

from datetime import datetime
from uuid import UUID

from service.accounts.keys.schemas import KeyRow
from service.accounts.problems import UnknownKey
from service.kit.db import Connection, sql

COLUMNS = "id, name, kind, prefix, scopes, expires_at, last_used_at, revoked_at, created_at"


@sql(f"""
    insert into api_keys
        (workspace_id, id, name, kind, prefix, secret_hash, scopes, expires_at, partner_id, made_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    returning {COLUMNS}
""")
async def add_key(
    db: Connection,
    workspace_id: UUID,
    key_id: UUID,
    name: str,
    kind: str,
    prefix: str,
    secret_hash: bytes,
    scopes: list[str],
    expires_at: datetime | None,
    partner_id: UUID | None,
    made_by: UUID | None,
) -> KeyRow: ...


@sql(f"select {COLUMNS} from api_keys where workspace_id = $1 and id = $2", missing=UnknownKey)
async def get_key(db: Connection, workspace_id: UUID, key_id: UUID) -> KeyRow: ...


@sql(f"""
    select {COLUMNS} from api_keys
    where workspace_id = $1 and partner_id is null
        and id < coalesce($2, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
    order by id desc limit $3
""")
async def list_keys(db: Connection, workspace_id: UUID, before: UUID | None, limit: int) -> list[KeyRow]: ...


@sql(
    f"""
    update api_keys set revoked_at = coalesce(revoked_at, elci_now())
    where workspace_id = $1 and id = $2
    returning {COLUMNS}
    """,
    missing=UnknownKey,
)
async def revoke_key(db: Connection, workspace_id: UUID, key_id: UUID) -> KeyRow: ...


@sql(f"""
    select {COLUMNS} from api_keys
    where workspace_id = $1 and partner_id = $2 and kind = 'partner'
        and id < coalesce($3, 'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid)
    order by id desc limit $4
""")
async def list_partner_keys(
    db: Connection, workspace_id: UUID, partner_id: UUID, before: UUID | None, limit: int
) -> list[KeyRow]: ...


@sql(
    f"""
    select {COLUMNS} from api_keys
    where workspace_id = $1 and partner_id = $2 and kind = 'partner' and id = $3
    """,
    missing=UnknownKey,
)
async def get_partner_key(db: Connection, workspace_id: UUID, partner_id: UUID, key_id: UUID) -> KeyRow: ...


@sql(
    f"""
    update api_keys set revoked_at = coalesce(revoked_at, elci_now())
    where workspace_id = $1 and partner_id = $2 and kind = 'partner' and id = $3
    returning {COLUMNS}
    """,
    missing=UnknownKey,
)
async def revoke_partner_key(
    db: Connection, workspace_id: UUID, partner_id: UUID, key_id: UUID
) -> KeyRow: ...


@sql("""
    select count(*) from api_keys
    where workspace_id = $1 and partner_id = $2 and kind = 'partner' and revoked_at is null
        and coalesce(expires_at > elci_now(), true)
""")
async def count_partner_keys(db: Connection, workspace_id: UUID, partner_id: UUID) -> int: ...


@sql("""
    delete from api_keys
    where workspace_id = $1 and partner_id = $2 and kind = 'embed'
        and expires_at < elci_now() - interval '1 day'
""")
async def sweep_embed_tokens(db: Connection, workspace_id: UUID, partner_id: UUID) -> None: ...
