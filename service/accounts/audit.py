"""The audit log's pen: who did what to which thing, written in the transaction that does it."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from service.accounts.callers import Caller
from service.accounts.trail import store
from service.kit import ids
from service.kit.db import Connection

SYSTEM = "system"


async def record(
    db: Connection,
    caller: Caller,
    action: str,
    subject: str,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Notes a caller's deed: `record(db, caller, "brand.created", brand_id)`, the subject by its outer id.

    Details name what changed and never quote a person's data: the log outlives an erasure.
    """
    await store.add(db, caller.workspace_id, ids.new(), caller.name, action, subject, dict(details or {}))


async def record_system(
    db: Connection,
    workspace_id: UUID,
    action: str,
    subject: str,
    details: Mapping[str, Any] | None = None,
) -> None:
    """Notes what nobody in particular did: a job, a schedule, the command line."""
    await store.add(db, workspace_id, ids.new(), SYSTEM, action, subject, dict(details or {}))
