"""All SQL of the workspace's own events."""

from datetime import datetime
from uuid import UUID

from service.kit.db import Connection, sql
from service.mentions.alerts.calendar.schemas import ListeningEventRow
from service.mentions.problems import UnknownListeningEvent

_COLUMNS = "id, key, name, starts_at, ends_at, created_by, created_at"


@sql(f"""
    insert into listening_events (workspace_id, id, key, name, starts_at, ends_at, created_by)
    values ($1, $2, $3, $4, $5, $6, $7) returning {_COLUMNS}
""")
async def add_event(
    db: Connection,
    workspace_id: UUID,
    event_id: UUID,
    key: str,
    name: str,
    starts_at: datetime,
    ends_at: datetime,
    created_by: str,
) -> ListeningEventRow: ...


@sql(f"""
    select {_COLUMNS} from listening_events
    where workspace_id = $1 and ($2::text is null or key = $2)
      and ($3::timestamptz is null or (starts_at, id) < ($3, $4::uuid))
    order by starts_at desc, id desc limit $5
""")
async def list_events(
    db: Connection,
    workspace_id: UUID,
    key: str | None,
    before_at: datetime | None,
    before_id: UUID | None,
    limit: int,
) -> list[ListeningEventRow]: ...


@sql(
    "delete from listening_events where workspace_id = $1 and id = $2 returning id",
    missing=UnknownListeningEvent,
)
async def delete_event(db: Connection, workspace_id: UUID, event_id: UUID) -> UUID | None: ...


@sql("""
    update alert_rules set baselines = '[]', occurrences = '[]' where workspace_id = $1
""")
async def fit_again(db: Connection, workspace_id: UUID) -> None:
    """What hours usually bring is fitted anew at the next look: other hours are left out."""
    ...
