"""The one statement of a delivery that arrives."""

from typing import Any
from uuid import UUID

from service.kit.db import Connection, sql


# True for the first; another that is in the middle of storing the same one is waited for.
@sql("""
    insert into inbound_deliveries
        (workspace_id, id, integration_id, digest, topic, method, headers, query, body, size, verified)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, octet_length($9::bytea), $10)
    on conflict (workspace_id, integration_id, digest) do nothing
    returning true
""")
async def add_delivery(
    db: Connection,
    workspace_id: UUID,
    delivery_id: UUID,
    integration_id: UUID,
    digest: bytes,
    topic: str,
    method: str,
    headers: dict[str, Any],
    query: str,
    body: bytes,
    verified: bool,
) -> bool | None: ...
