"""All SQL of answering."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from service.kit.db import Connection, sql
from service.mentions.answering.schemas import AnswerRow
from service.mentions.schemas import MentionRow
from service.mentions.store import SHOWN


# What was put aside without an answer never waited.
@sql("""
    select m.id, case when $6 = 'assigned' then m.assigned_at else m.published_at end as begun_at,
        m.answered_at, case $5::text when 'platform' then m.platform when 'assignee' then m.assignee::text
            when 'query' then q.query_id::text end as "group",
        case $5::text when 'assignee' then p.name when 'query' then l.name end as name
    from mentions m
    left join mention_matches q on $5::text = 'query' and q.workspace_id = $1 and q.mention_id = m.id
    left join listening_queries l on l.workspace_id = $1 and l.id = q.query_id
    left join members b on $5::text = 'assignee' and b.workspace_id = $1 and b.person_id = m.assignee
    left join people p on p.id = b.person_id
    where m.workspace_id = $1 and m.published_at >= $2 and m.published_at < $3
      and (m.assigned_at is not null or m.answered_at is not null)
      and (m.answered_at is not null or m.status in ('new', 'assigned'))
      and ($6::text <> 'assigned' or m.assigned_at is not null)
      and ($4::uuid is null or exists (select from mention_matches f where f.workspace_id = $1
            and f.query_id = $4 and f.published_at = m.published_at and f.mention_id = m.id))
      and ($7::uuid is null or m.assignee = $7)
    order by m.published_at, m.id
""")
async def answers(
    db: Connection,
    workspace_id: UUID,
    since: datetime,
    until: datetime,
    query_id: UUID | None,
    group_by: str | None,
    measured_from: str,
    assignee: UUID | None,
) -> list[AnswerRow]: ...


@sql(f"""
    select {SHOWN} from mentions m
    where m.workspace_id = $1 and m.status = $2 and m.answered_at is null
      and ($3::uuid is null or m.assignee = $3)
      and ($4::uuid is null or exists (select from mention_matches f where f.workspace_id = $1
            and f.query_id = $4 and f.published_at = m.published_at and f.mention_id = m.id))
      and ($5::timestamptz is null or (m.published_at, m.id) > ($5, $6::uuid))
    order by m.published_at, m.id limit $7
""")
async def waiting(
    db: Connection,
    workspace_id: UUID,
    status: str,
    assignee: UUID | None,
    query_id: UUID | None,
    after_at: datetime | None,
    after_id: UUID | None,
    limit: int,
) -> list[MentionRow]: ...


@sql(f"""
    select {SHOWN} from mentions m where m.workspace_id = $1 and m.id = any($2)
    order by m.id for update of m
""")
async def lock_mentions(db: Connection, workspace_id: UUID, ids: Sequence[UUID]) -> list[MentionRow]: ...


@sql("""
    update mentions m
    set status = s.status, assignee = $4, assigned_at = $5, version = version + 1, updated_at = elci_now()
    from unnest($2::uuid[], $3::text[]) as s(id, status)
    where m.workspace_id = $1 and m.id = s.id
""")
async def save_assignment(
    db: Connection,
    workspace_id: UUID,
    ids: list[UUID],
    statuses: list[str],
    assignee: UUID | None,
    assigned_at: datetime | None,
) -> None: ...
