"""All SQL of what clicks and goals earn."""

from datetime import datetime
from uuid import UUID

from service.conversions.earnings.schemas import ClicksRow, StaleRow, TouchedRow
from service.kit.db import Connection, sql

_STALE = "partner_id, program_id, kind, key, currency, link_id, occurred_at, due_at"


@sql("select * from entry.earning_workspaces()")
async def earning_workspaces(db: Connection) -> list[UUID]: ...


# A click from a page's script can be forged: it counts, and earns nothing.
@sql("""
    select distinct partner_id from clicks
    where workspace_id = $1 and clicked_at >= $2 and clicked_at < $3 and partner_id is not null
        and kind = 'redirect'
    union
    select partner_id from commissions
    where workspace_id = $1 and kind = 'click' and occurred_at >= $2 and occurred_at < $3
    order by 1
""")
async def clicked_partners(
    db: Connection, workspace_id: UUID, since: datetime, until: datetime
) -> list[UUID]: ...


@sql("""
    select (clicked_at at time zone $5)::date as day, link_id, count(*)::integer as clicks from clicks
    where workspace_id = $1 and partner_id = $2 and clicked_at >= $3 and clicked_at < $4
        and counted and kind = 'redirect'
    group by 1, 2 order by 1, 2
""")
async def clicks_of(
    db: Connection, workspace_id: UUID, partner_id: UUID, since: datetime, until: datetime, zone: str
) -> list[ClicksRow]: ...


# `shown`: the partner as the keys of an agency's commissions name them.
@sql(f"""
    select distinct on (partner_id, key, currency) {_STALE} from commissions
    where workspace_id = $1 and conversion_id is null and kind in ('click', 'override')
        and (partner_id = $2 or strpos(key, $3) > 0) and occurred_at >= $4 and occurred_at < $5
    order by partner_id, key, currency, n
""")
async def posted_clicks(
    db: Connection, workspace_id: UUID, partner_id: UUID, shown: str, since: datetime, until: datetime
) -> list[StaleRow]: ...


@sql(f"""
    select distinct on (partner_id, key, currency) {_STALE} from commissions
    where workspace_id = $1 and conversion_id is null and kind = 'bonus' and partner_id = any($2)
    order by partner_id, key, currency, n
""")
async def posted_bonuses(db: Connection, workspace_id: UUID, partner_ids: list[UUID]) -> list[StaleRow]: ...


@sql("""
    select partner_id, min(occurred_at) as at from commissions
    where workspace_id = $1 and updated_at >= $2 and conversion_id is not null and kind = 'sale'
    group by partner_id, date_trunc('month', occurred_at, $3)
    order by 1, 2
""")
async def touched(db: Connection, workspace_id: UUID, since: datetime, zone: str) -> list[TouchedRow]: ...


@sql("select goals_until from earning_marks where workspace_id = $1")
async def goals_until(db: Connection, workspace_id: UUID) -> datetime | None: ...


@sql("""
    insert into earning_marks (workspace_id, goals_until) values ($1, $2)
    on conflict (workspace_id) do update set goals_until = excluded.goals_until
""")
async def mark_goals(db: Connection, workspace_id: UUID, until: datetime) -> None: ...
