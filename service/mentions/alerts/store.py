"""All SQL of alerts, and the counts that they rest on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from service.kit.db import Connection, sql
from service.mentions.alerts.schemas import (
    AlertRow,
    AuthorName,
    HourCount,
    KeptPolarity,
    SampleRow,
    SpikeRow,
)
from service.mentions.problems import UnknownAlert

_COLUMNS = """
    a.id, a.spike_id, a.query_id, q.name as query_name, a.kind, a.status, a.starts_at, a.ended_at, a.peak_at,
    a.peak_count, a.peak_p, a.mentions, a.expected, a.event, a.cause, a.crisis, a.example_ids, a.owner,
    a.notes, a.checklist, a.escalated_at, a.first_response_at, a.acknowledged_at, a.acknowledged_by,
    a.resolved_at, a.resolved_by, a.version, a.created_at, a.updated_at
"""
_FROM = "alerts a join listening_queries q on q.workspace_id = a.workspace_id and q.id = a.query_id"
_SPIKE = "id, query_id, opened_at, last_at, ended_at, spell, before"


@sql("""
    select date_trunc('hour', published_at, 'UTC') as hour, count(*)::integer as mentions
    from mention_matches
    where workspace_id = $1 and query_id = $2 and published_at >= $3 and published_at < $4
    group by 1
""")
async def hourly_counts(
    db: Connection, workspace_id: UUID, query_id: UUID, since: datetime, until: datetime
) -> list[HourCount]:
    """A query's mentions of each hour that has any: all counting of alerts by hours goes through here."""
    ...


@sql("select min(published_at) from mentions where workspace_id = $1 and published_at >= $2")
async def listening_since(db: Connection, workspace_id: UUID, since: datetime) -> datetime | None: ...


@sql("""
    select count(*)::integer as mentions, (count(*) filter (where s.label = 'positive'))::integer as positive,
        (count(*) filter (where s.label = 'negative'))::integer as negative,
        (count(*) filter (where s.label = 'neutral'))::integer as neutral
    from mention_matches m
    join mention_search s on s.workspace_id = $1 and s.mention_id = m.mention_id
    where m.workspace_id = $1 and m.query_id = $2 and m.published_at >= $3 and m.published_at < $4
""")
async def polarity(
    db: Connection, workspace_id: UUID, query_id: UUID, since: datetime, until: datetime
) -> KeptPolarity: ...


# Which ones are left out of many is by chance, and the same at every look.
@sql("""
    select m.id, m.title, left(m.text, 5000) as text, m.language, coalesce(m.site, m.platform) as place,
        encode(m.author_key, 'hex') as author, coalesce(m.hand_label, m.label) as label, m.engagement
    from (select mention_id from mention_matches
          where workspace_id = $1 and query_id = $2 and published_at >= $3 and published_at < $4
          order by hashtextextended(mention_id::text, 0) limit $5) p
    join mentions m on m.workspace_id = $1 and m.id = p.mention_id
    order by m.id
""")
async def sample(
    db: Connection, workspace_id: UUID, query_id: UUID, since: datetime, until: datetime, limit: int
) -> list[SampleRow]: ...


@sql("""
    select distinct on (m.author_key) encode(m.author_key, 'hex') as key, m.author_name as name,
        m.author_handle as handle, m.influencer_id
    from mentions m
    left join influencers i on i.workspace_id = $1 and i.id = m.influencer_id
    where m.workspace_id = $1 and m.author_key = any($2) and i.opted_out_at is null
    order by m.author_key, m.published_at desc
""")
async def author_names(db: Connection, workspace_id: UUID, keys: Sequence[bytes]) -> list[AuthorName]: ...


@sql(f"""
    select {_SPIKE} from mention_spikes where workspace_id = $1 and query_id = $2
    order by opened_at desc limit 1
""")
async def newest_spike(db: Connection, workspace_id: UUID, query_id: UUID) -> SpikeRow | None: ...


@sql(f"""
    insert into mention_spikes (workspace_id, id, query_id, opened_at, last_at, ended_at, spell, before)
    values ($1, $2, $3, $4, $5, $6, $7, $8)
    returning {_SPIKE}
""")
async def add_spike(
    db: Connection,
    workspace_id: UUID,
    spike_id: UUID,
    query_id: UUID,
    opened_at: datetime,
    last_at: datetime,
    ended_at: datetime | None,
    spell: Any,
    before: Any,
) -> SpikeRow: ...


@sql("""
    update mention_spikes set last_at = $3, ended_at = $4, spell = $5 where workspace_id = $1 and id = $2
""")
async def save_spike(
    db: Connection,
    workspace_id: UUID,
    spike_id: UUID,
    last_at: datetime,
    ended_at: datetime | None,
    spell: Any,
) -> None: ...


@sql("""
    insert into alerts (workspace_id, id, spike_id, query_id, kind, starts_at, ended_at, peak_at, peak_count,
        peak_p, mentions, expected, event, cause, crisis, example_ids, checklist)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
""")
async def add_alert(
    db: Connection,
    workspace_id: UUID,
    alert_id: UUID,
    spike_id: UUID,
    query_id: UUID,
    kind: str,
    starts_at: datetime,
    ended_at: datetime | None,
    peak_at: datetime,
    peak_count: int,
    peak_p: float,
    mentions: int,
    expected: float,
    event: str | None,
    cause: Any,
    crisis: Any,
    example_ids: list[UUID],
    checklist: Any,
) -> None: ...


@sql("""
    update alerts
    set kind = $3, ended_at = $4, peak_at = $5, peak_count = $6, peak_p = $7, mentions = $8, expected = $9,
        cause = $10, crisis = $11, example_ids = $12, checklist = $13, version = version + 1,
        updated_at = elci_now()
    where workspace_id = $1 and id = $2
""")
async def save_figures(
    db: Connection,
    workspace_id: UUID,
    alert_id: UUID,
    kind: str,
    ended_at: datetime | None,
    peak_at: datetime,
    peak_count: int,
    peak_p: float,
    mentions: int,
    expected: float,
    cause: Any,
    crisis: Any,
    example_ids: list[UUID],
    checklist: Any,
) -> None: ...


@sql("""
    update alerts
    set escalated_at = elci_now(), status = 'open', acknowledged_at = null, acknowledged_by = null,
        resolved_at = null, resolved_by = null
    where workspace_id = $1 and id = $2
""")
async def escalate(db: Connection, workspace_id: UUID, alert_id: UUID) -> None:
    """A spike that has become a crisis is open again, whoever had put it aside."""
    ...


@sql("""
    update alerts
    set status = $3, owner = $4, notes = $5, checklist = $6, first_response_at = $7, acknowledged_at = $8,
        acknowledged_by = $9, resolved_at = $10, resolved_by = $11, version = version + 1,
        updated_at = elci_now()
    where workspace_id = $1 and id = $2
""")
async def save_handling(
    db: Connection,
    workspace_id: UUID,
    alert_id: UUID,
    status: str,
    owner: UUID | None,
    notes: str,
    checklist: Any,
    first_response_at: datetime | None,
    acknowledged_at: datetime | None,
    acknowledged_by: str | None,
    resolved_at: datetime | None,
    resolved_by: str | None,
) -> None: ...


@sql(f"select {_COLUMNS} from {_FROM} where a.workspace_id = $1 and a.id = $2", missing=UnknownAlert)
async def get_alert(db: Connection, workspace_id: UUID, alert_id: UUID) -> AlertRow: ...


@sql(
    f"select {_COLUMNS} from {_FROM} where a.workspace_id = $1 and a.id = $2 for update of a",
    missing=UnknownAlert,
)
async def lock_alert(db: Connection, workspace_id: UUID, alert_id: UUID) -> AlertRow: ...


@sql(f"select {_COLUMNS} from {_FROM} where a.workspace_id = $1 and a.spike_id = $2 for update of a")
async def lock_alert_of(db: Connection, workspace_id: UUID, spike_id: UUID) -> AlertRow | None: ...


@sql(f"""
    select {_COLUMNS} from {_FROM}
    where a.workspace_id = $1 and ($2::uuid[] is null or a.id = any($2))
      and ($3::uuid is null or a.query_id = $3)
      and ($4::text is null or a.status = $4) and ($5::text is null or a.kind = $5)
      and ($6::uuid is null or a.owner = $6)
      and ($7::timestamptz is null or a.starts_at >= $7) and ($8::timestamptz is null or a.starts_at < $8)
      and ($9::uuid is null or a.id < $9)
    order by a.id desc limit $10
""")
async def list_alerts(
    db: Connection,
    workspace_id: UUID,
    ids: list[UUID] | None,
    query_id: UUID | None,
    status: str | None,
    kind: str | None,
    owner: UUID | None,
    since: datetime | None,
    until: datetime | None,
    before: UUID | None,
    limit: int,
) -> list[AlertRow]: ...


@sql(f"""
    select {_COLUMNS} from {_FROM} where a.workspace_id = $1 and a.updated_at > $2
    order by a.updated_at, a.id limit $3
""")
async def changed_alerts(
    db: Connection, workspace_id: UUID, since: datetime, limit: int
) -> list[AlertRow]: ...
