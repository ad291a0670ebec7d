"""All SQL of postbacks themselves."""

from collections.abc import Sequence
from uuid import UUID

from service.kit.db import Connection, sql
from service.partner.postbacks.problems import UnknownPostback
from service.partner.postbacks.schemas import DeliveryRow, PostbackRow

_COLUMNS = """
    b.id, b.partner_id, b.name, b.url, b.method, b.events, b.secret, b.failing_since, b.disabled_at,
    b.disabled_reason, (
        select count(*) from postback_deliveries d
        where d.workspace_id = $1 and d.postback_id = b.id and d.status = 'waiting'
    )::integer as waiting, b.created_at, b.updated_at
"""
DELIVERY = """
    id, postback_id, seq, event, event_id, values, status, attempts, next_attempt_at, tried_at, took_ms,
    url, status_code, answer, error, created_at, finished_at
"""
_NEWEST = "'ffffffff-ffff-ffff-ffff-ffffffffffff'::uuid"


@sql(f"""
    select {_COLUMNS} from postbacks b
    where b.workspace_id = $1 and b.partner_id = $2 and b.id < coalesce($3, {_NEWEST})
    order by b.id desc limit $4
""")
async def list_postbacks(
    db: Connection, workspace_id: UUID, partner_id: UUID, before: UUID | None, limit: int
) -> list[PostbackRow]: ...


@sql(
    f"select {_COLUMNS} from postbacks b where b.workspace_id = $1 and b.partner_id = $2 and b.id = $3",
    missing=UnknownPostback,
)
async def get_postback(
    db: Connection, workspace_id: UUID, partner_id: UUID, postback_id: UUID
) -> PostbackRow: ...


@sql("""
    select count(*) as postbacks from postbacks
    where workspace_id = $1 and partner_id = $2 and (not $3 or disabled_at is null)
""")
async def count_postbacks(db: Connection, workspace_id: UUID, partner_id: UUID, active: bool) -> int: ...


@sql("""
    insert into postbacks (workspace_id, id, partner_id, name, url, method, events, secret, created_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
""")
async def add_postback(
    db: Connection,
    workspace_id: UUID,
    postback_id: UUID,
    partner_id: UUID,
    name: str | None,
    url: str,
    method: str,
    events: Sequence[str],
    secret: bytes | None,
    by: str,
) -> None: ...


@sql("""
    update postbacks set name = $3, url = $4, method = $5, events = $6, updated_at = elci_now()
    where workspace_id = $1 and id = $2
""")
async def save_postback(
    db: Connection,
    workspace_id: UUID,
    postback_id: UUID,
    name: str | None,
    url: str,
    method: str,
    events: Sequence[str],
) -> None: ...


@sql("""
    update postbacks set disabled_at = null, disabled_reason = null, failing_since = null,
        updated_at = elci_now()
    where workspace_id = $1 and id = $2 and disabled_at is not null
""")
async def enable(db: Connection, workspace_id: UUID, postback_id: UUID) -> None: ...


@sql("""
    update postback_deliveries set next_attempt_at = null
    where workspace_id = $1 and postback_id = $2 and status = 'waiting'
""")
async def hurry(db: Connection, workspace_id: UUID, postback_id: UUID) -> None:
    """What waits waits no longer than for its turn."""
    ...


@sql("""
    update postbacks set disabled_at = elci_now(), disabled_reason = $3, updated_at = elci_now()
    where workspace_id = $1 and id = $2 and disabled_at is null
""")
async def disable(db: Connection, workspace_id: UUID, postback_id: UUID, reason: str) -> None: ...


@sql("update postbacks set secret = $3, updated_at = elci_now() where workspace_id = $1 and id = $2")
async def set_secret(db: Connection, workspace_id: UUID, postback_id: UUID, secret: bytes) -> None: ...


@sql("delete from postbacks where workspace_id = $1 and id = $2")
async def delete_postback(db: Connection, workspace_id: UUID, postback_id: UUID) -> None: ...


# What fails and the others wait for: the first of each postback that waits, where it was tried.
@sql(f"""
    select {DELIVERY} from (
        select distinct on (postback_id) * from postback_deliveries
        where workspace_id = $1 and postback_id = any($2) and status = 'waiting'
        order by postback_id, seq
    ) heads
    where attempts > 0
""")
async def blocking(db: Connection, workspace_id: UUID, postback_ids: Sequence[UUID]) -> list[DeliveryRow]: ...


@sql(f"""
    select {DELIVERY} from postback_deliveries
    where workspace_id = $1 and postback_id = $2 and id < coalesce($3, {_NEWEST})
        and ($4::text is null or status = $4) and ($5::text is null or event = $5)
    order by id desc limit $6
""")
async def list_deliveries(
    db: Connection,
    workspace_id: UUID,
    postback_id: UUID,
    before: UUID | None,
    status: str | None,
    event: str | None,
    limit: int,
) -> list[DeliveryRow]: ...


@sql(f"""
    select {DELIVERY} from postback_deliveries where workspace_id = $1 and postback_id = $2 and id = $3
""")
async def find_delivery(
    db: Connection, workspace_id: UUID, postback_id: UUID, delivery_id: UUID
) -> DeliveryRow | None: ...


# A test has no place in the order, and was tried when it is written.
@sql(f"""
    insert into postback_deliveries
        (workspace_id, id, postback_id, partner_id, event, event_id, values, status, attempts, tried_at,
        took_ms, url, status_code, answer, error, finished_at)
    values ($1, $2, $3, $4, 'test', $5, $6, $7, 1, elci_now(), $8, $9, $10, $11, $12, elci_now())
    returning {DELIVERY}
""")
async def add_test(
    db: Connection,
    workspace_id: UUID,
    delivery_id: UUID,
    postback_id: UUID,
    partner_id: UUID,
    event_id: UUID,
    values: dict[str, str],
    status: str,
    took_ms: int,
    url: str,
    status_code: int | None,
    answer: str | None,
    error: str | None,
) -> DeliveryRow: ...


@sql("update postbacks set partner_id = $2 where workspace_id = $1 and partner_id = any($3)")
async def hand_over(db: Connection, workspace_id: UUID, kept: UUID, merged: Sequence[UUID]) -> None: ...


@sql("update postback_deliveries set partner_id = $2 where workspace_id = $1 and partner_id = any($3)")
async def hand_over_deliveries(
    db: Connection, workspace_id: UUID, kept: UUID, merged: Sequence[UUID]
) -> None: ...


@sql("""
    with told as (delete from postback_told where workspace_id = $1 and partner_id = any($2))
    delete from postbacks where workspace_id = $1 and partner_id = any($2)
""")
async def forget(db: Connection, workspace_id: UUID, partner_ids: Sequence[UUID]) -> None: ...
