"""Making a key: by a handler, and by the command line."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

import msgspec

from service.accounts import tokens
from service.accounts.keys import store
from service.accounts.keys.schemas import CreatedKey, Key, KeyRow
from service.kit import ids
from service.kit.db import Connection


async def create_key(
    db: Connection,
    workspace_id: UUID,
    name: str,
    kind: str,
    scopes: Iterable[str],
    expires_at: datetime | None = None,
    partner_id: UUID | None = None,
    made_by: UUID | None = None,
) -> CreatedKey:
    """A new key with its secret, of which the database keeps a digest. `made_by`: who acts for the partner
    and takes the key along when they leave."""
    secret = tokens.new_key(kind)
    row = await store.add_key(
        db,
        workspace_id,
        ids.new(),
        name,
        kind,
        tokens.prefix(secret),
        tokens.digest(secret),
        sorted(set(scopes)),
        expires_at,
        partner_id,
        made_by,
    )
    return CreatedKey(**msgspec.structs.asdict(show(row)), secret=secret)


def show(row: KeyRow) -> Key:
    """A key as the API shows it."""
    return Key(**{**msgspec.structs.asdict(row), "id": ids.show("key", row.id)})
