"""All SQL of sending postbacks: one delivery at a time of each, in their order."""

from datetime import datetime
from uuid import UUID

from msgspec import Struct

from service.kit.db import Connection, sql
from service.partner.postbacks.schemas import HeadRow


class FailureRow(Struct):
    failing_since: datetime
    now: datetime


# Its row is locked: who puts a new delivery behind the others waits, and is not overlooked.
@sql("""
    select id from postbacks b
    where b.workspace_id = $1 and b.id = $2 and b.disabled_at is null
        and (b.leased_by is null or b.leased_by = $3 or b.leased_until < elci_now())
        and exists (
            select from partners p
            where p.workspace_id = $1 and p.id = b.partner_id and p.status <> 'archived'
        )
    for update
""")
async def lock_free(db: Connection, workspace_id: UUID, postback_id: UUID, by: UUID) -> UUID | None: ...


@sql("""
    select d.id, d.event, d.event_id, d.values, d.attempts,
        coalesce(d.next_attempt_at <= elci_now(), true) as due, b.url, b.method, b.secret
    from postback_deliveries d
    join postbacks b on b.workspace_id = $1 and b.id = d.postback_id
    where d.workspace_id = $1 and d.postback_id = $2 and d.status = 'waiting'
    order by d.seq limit 1
""")
async def head(db: Connection, workspace_id: UUID, postback_id: UUID) -> HeadRow | None: ...


@sql("""
    update postbacks set leased_by = $3, leased_until = elci_now() + make_interval(secs => $4)
    where workspace_id = $1 and id = $2
""")
async def lease(db: Connection, workspace_id: UUID, postback_id: UUID, by: UUID, seconds: float) -> None: ...


@sql("""
    update postbacks set leased_by = null, leased_until = null
    where workspace_id = $1 and id = $2 and leased_by = $3
""")
async def give_back(db: Connection, workspace_id: UUID, postback_id: UUID, by: UUID) -> None: ...


# Only of who still holds the lease: whoever was thought dead has no say in what came after.
@sql("""
    select true from postbacks where workspace_id = $1 and id = $2 and leased_by = $3 for update
""")
async def lock_leased(db: Connection, workspace_id: UUID, postback_id: UUID, by: UUID) -> bool | None: ...


@sql("""
    update postback_deliveries set status = $3, attempts = attempts + 1, tried_at = elci_now(),
        next_attempt_at = elci_now() + make_interval(secs => $4), took_ms = $5, url = $6, status_code = $7,
        answer = $8, error = $9, finished_at = case when $3 <> 'waiting' then elci_now() end
    where workspace_id = $1 and id = $2 and status = 'waiting'
""")
async def write(
    db: Connection,
    workspace_id: UUID,
    delivery_id: UUID,
    status: str,
    wait_s: float | None,
    took_ms: int,
    url: str,
    status_code: int | None,
    answer: str | None,
    error: str | None,
) -> None: ...


@sql("""
    update postbacks set failing_since = null
    where workspace_id = $1 and id = $2 and failing_since is not null
""")
async def succeeded(db: Connection, workspace_id: UUID, postback_id: UUID) -> None: ...


@sql("""
    update postbacks set failing_since = coalesce(failing_since, elci_now())
    where workspace_id = $1 and id = $2 returning failing_since, elci_now() as now
""")
async def failed(db: Connection, workspace_id: UUID, postback_id: UUID) -> FailureRow: ...


@sql("""
    delete from postback_deliveries
    where workspace_id = $1 and created_at < elci_now() - interval '30 days' and id in (
        select id from postback_deliveries where workspace_id = $1 and postback_id = $2 order by id limit 500
    )
""")
async def sweep(db: Connection, workspace_id: UUID, postback_id: UUID) -> None:
    """Forgets what was told a month ago, and what waited that long for a postback that is stopped."""
    ...
