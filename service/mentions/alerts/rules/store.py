"""All SQL of alert rules."""

from datetime import datetime
from typing import Any
from uuid import UUID

from scoring.spikes import Baseline, Occurrence
from service.kit.db import Connection, sql
from service.mentions.alerts.rules.schemas import RuleRow, Watched
from service.mentions.problems import UnknownAlertRule

_COLUMNS = """
    id, query_id, kinds, p, min_mentions, quiet_hours, recipients, checklist, enabled, watched_from,
    checked_at, created_by, version, created_at, updated_at
"""


@sql(f"""
    insert into alert_rules (workspace_id, id, query_id, kinds, p, min_mentions, quiet_hours, recipients,
        checklist, enabled, watched_from, created_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) returning {_COLUMNS}
""")
async def add_rule(
    db: Connection,
    workspace_id: UUID,
    rule_id: UUID,
    query_id: UUID,
    kinds: list[str],
    p: float,
    min_mentions: int,
    quiet_hours: Any,
    recipients: list[str],
    checklist: list[str],
    enabled: bool,
    watched_from: datetime,
    created_by: str,
) -> RuleRow: ...


@sql(
    f"select {_COLUMNS} from alert_rules where workspace_id = $1 and id = $2",
    missing=UnknownAlertRule,
)
async def get_rule(db: Connection, workspace_id: UUID, rule_id: UUID) -> RuleRow: ...


@sql(
    f"select {_COLUMNS} from alert_rules where workspace_id = $1 and id = $2 for update",
    missing=UnknownAlertRule,
)
async def lock_rule(db: Connection, workspace_id: UUID, rule_id: UUID) -> RuleRow: ...


@sql(f"""
    select {_COLUMNS} from alert_rules
    where workspace_id = $1 and ($2::uuid[] is null or id = any($2)) and ($3::uuid is null or query_id = $3)
      and ($4::boolean is null or enabled = $4) and ($5::uuid is null or id < $5)
    order by id desc limit $6
""")
async def list_rules(
    db: Connection,
    workspace_id: UUID,
    ids: list[UUID] | None,
    query_id: UUID | None,
    enabled: bool | None,
    before: UUID | None,
    limit: int,
) -> list[RuleRow]: ...


@sql(f"""
    update alert_rules
    set kinds = $3, p = $4, min_mentions = $5, quiet_hours = $6, recipients = $7, checklist = $8,
        enabled = $9, watched_from = $10, version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and id = $2 returning {_COLUMNS}
""")
async def save_rule(
    db: Connection,
    workspace_id: UUID,
    rule_id: UUID,
    kinds: list[str],
    p: float,
    min_mentions: int,
    quiet_hours: Any,
    recipients: list[str],
    checklist: list[str],
    enabled: bool,
    watched_from: datetime,
) -> RuleRow: ...


@sql("delete from alert_rules where workspace_id = $1 and id = $2")
async def delete_rule(db: Connection, workspace_id: UUID, rule_id: UUID) -> None: ...


@sql("select id from alert_rules where workspace_id = $1 and enabled order by id")
async def enabled_rules(db: Connection, workspace_id: UUID) -> list[UUID]: ...


@sql("""
    select r.id, r.query_id, q.name as query_name, q.version as query_version, r.kinds, r.p,
        r.min_mentions, r.quiet_hours, r.recipients, r.checklist, r.watched_from, r.checked_at,
        r.fitted_version, r.baselines, r.occurrences
    from alert_rules r
    join listening_queries q on q.workspace_id = $1 and q.id = r.query_id
    where r.workspace_id = $1 and r.id = $2 and r.enabled and q.status = 'active'
      and q.matched_version = q.version
    for update of r
""")
async def lock_watched(db: Connection, workspace_id: UUID, rule_id: UUID) -> Watched | None:
    """A rule that is on, whose query's matches are complete. Who else looks at it waits."""
    ...


@sql("""
    update alert_rules
    set watched_from = $3, checked_at = $4, fitted_version = $5, baselines = $6, occurrences = $7
    where workspace_id = $1 and id = $2
""")
async def note_checked(
    db: Connection,
    workspace_id: UUID,
    rule_id: UUID,
    watched_from: datetime,
    checked_at: datetime,
    fitted_version: int,
    baselines: list[Baseline],
    occurrences: list[Occurrence],
) -> None: ...


@sql("update alert_rules set checked_at = $3 where workspace_id = $1 and id = $2")
async def note_looked(db: Connection, workspace_id: UUID, rule_id: UUID, checked_at: datetime) -> None: ...


@sql("select * from entry.alerting_workspaces()")
async def alerting_workspaces(db: Connection) -> list[UUID]: ...
