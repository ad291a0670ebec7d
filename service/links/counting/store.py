"""All SQL of counting: marks, verdicts, roll-ups."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from service.kit.db import Connection, sql
from service.links.counting.schemas import Stored, Verdict


@sql("select * from entry.marked_workspaces()")
async def marked_workspaces(db: Connection) -> list[UUID]: ...


@sql("select * from entry.clicked_workspaces()")
async def clicked_workspaces(db: Connection) -> list[UUID]: ...


# One at a time in a workspace: counting and evaluating anew change the same rows.
@sql("select pg_advisory_xact_lock(hashtextextended('elci clicks of ' || $1::uuid, 0)) -- workspace_id")
async def take_turn(db: Connection, workspace_id: UUID) -> None: ...


# The oldest marked hour. A mark that comes after this statement's snapshot stays for the next time.
@sql("""
    with oldest as (select min(hour) as hour from click_marks where workspace_id = $1),
    gone as (
        delete from click_marks m using oldest
        where m.workspace_id = $1 and m.hour = oldest.hour returning m.hour
    )
    select max(hour) from gone
""")
async def take_marks(db: Connection, workspace_id: UUID) -> datetime | None: ...


@sql("""
    insert into click_marks (workspace_id, hour) values ($1, $2)
""")
async def mark(db: Connection, workspace_id: UUID, hour: datetime) -> None: ...


@sql("""
    select date_trunc('hour', min(clicked_at), 'UTC') from clicks
    where workspace_id = $1 and clicked_at >= $2
""")
async def next_hour(db: Connection, workspace_id: UUID, since: datetime) -> datetime | None: ...


@sql("""
    select count(distinct date_trunc('hour', clicked_at, 'UTC')) from clicks where workspace_id = $1
""")
async def count_hours(db: Connection, workspace_id: UUID) -> int: ...


_CLICKS = """
    select id, clicked_at, link_id, visitor, "unique", counted, reasons, user_agent, referrer_host,
        network_class
    from clicks where workspace_id = $1 and clicked_at >= $2 and clicked_at < $3
    order by link_id, visitor, clicked_at, id
"""
_AT_ONCE = 2_000


@sql(_CLICKS)
async def clicks(db: Connection, workspace_id: UUID, since: datetime, before: datetime) -> list[Stored]: ...


async def visits(
    db: Connection, workspace_id: UUID, since: datetime, before: datetime
) -> AsyncIterator[list[Stored]]:
    """The clicks of one visitor on one link, the oldest first; then the next's. Nobody's come one by one."""
    group: list[Stored] = []
    async for record in db.cursor(_CLICKS, workspace_id, since, before, prefetch=_AT_ONCE):
        click = Stored(*record)
        if group and (click.visitor, click.link_id) != (group[0].visitor, group[0].link_id):
            yield group
            group = []
        group.append(click)
        if click.visitor is None:
            yield group
            group = []
    if group:
        yield group


@sql("""
    update clicks c set counted = n.counted, "unique" = n.uniq,
        reasons = coalesce(string_to_array(nullif(n.reasons, ''), ' '), '{}')
    from unnest($2::timestamptz[], $3::uuid[], $4::boolean[], $5::boolean[], $6::text[])
        as n (clicked_at, id, counted, uniq, reasons)
    where c.workspace_id = $1 and c.clicked_at = n.clicked_at and c.id = n.id
""")
async def update_clicks(
    db: Connection,
    workspace_id: UUID,
    times: Sequence[datetime],
    ids: Sequence[UUID],
    counted: Sequence[bool],
    uniques: Sequence[bool],
    reasons: Sequence[str],
) -> None: ...


async def put_verdicts(db: Connection, workspace_id: UUID, verdicts: Sequence[Verdict]) -> None:
    """Writes what has changed."""
    if verdicts:
        columns: list[Any] = [
            [verdict.clicked_at for verdict in verdicts],
            [verdict.id for verdict in verdicts],
            [verdict.counted for verdict in verdicts],
            [verdict.unique for verdict in verdicts],
            [" ".join(verdict.reasons) for verdict in verdicts],
        ]
        await update_clicks(db, workspace_id, *columns)


@sql("""
    delete from click_rollups where workspace_id = $1 and starts_at >= $2 and starts_at < $3
""")
async def drop_rollups(db: Connection, workspace_id: UUID, since: datetime, before: datetime) -> None: ...


# What a click is of each dimension; statistics of hours that are marked read the same (stats/store.py).
DIMENSIONS = {
    "all": "''",
    "country": "coalesce(c.country, '')",
    "device": "coalesce(c.device, '')",
    "browser": "coalesce(c.browser, '')",
    "in_app": "coalesce(c.in_app, '')",
    "referrer": "coalesce(c.referrer_host, '')",
    "platform": "coalesce(c.platform, '')",
    "target": "coalesce(c.target::text, '')",
    "sub1": "coalesce(c.sub1, '')",
}
_VALUES = ", ".join(f"('{name}', {value})" for name, value in DIMENSIONS.items())


@sql(f"""
    insert into click_rollups (workspace_id, link_id, partner_id, campaign_id, starts_at, dimension, value,
        gross, net, uniques)
    select c.workspace_id, c.link_id, c.partner_id, c.campaign_id,
        date_bin('15 minutes', c.clicked_at, '2000-01-01 00:00Z'), d.dimension, d.value, count(*),
        count(*) filter (where c.counted), count(*) filter (where c.counted and c."unique")
    from clicks c cross join lateral (values {_VALUES}) d (dimension, value)
    where c.workspace_id = $1 and c.clicked_at >= $2 and c.clicked_at < $3
    group by 1, 2, 3, 4, 5, 6, 7
""")
async def add_rollups(db: Connection, workspace_id: UUID, since: datetime, before: datetime) -> None: ...


@sql("""
    delete from partner_click_rollups where workspace_id = $1 and starts_at >= $2 and starts_at < $3
""")
async def drop_partner_rollups(
    db: Connection, workspace_id: UUID, since: datetime, before: datetime
) -> None: ...


# Of the roll-ups of the same hour.
@sql("""
    insert into partner_click_rollups (workspace_id, partner_id, starts_at, gross, net, uniques)
    select workspace_id, partner_id, starts_at, sum(gross), sum(net), sum(uniques) from click_rollups
    where workspace_id = $1 and starts_at >= $2 and starts_at < $3 and dimension = 'all'
        and partner_id is not null
    group by 1, 2, 3
""")
async def add_partner_rollups(
    db: Connection, workspace_id: UUID, since: datetime, before: datetime
) -> None: ...


@sql("""
    delete from partner_click_hours where workspace_id = $1 and starts_at >= $2 and starts_at < $3
""")
async def drop_partner_hours(
    db: Connection, workspace_id: UUID, since: datetime, before: datetime
) -> None: ...


# By the values that partners ask for, of the roll-ups of the same hour; a value is of all links together.
@sql("""
    insert into partner_click_hours (workspace_id, partner_id, dimension, starts_at, value, gross, net,
        uniques)
    select r.workspace_id, r.partner_id, d.dimension, date_trunc('hour', r.starts_at, 'UTC'), d.value,
        sum(r.gross), sum(r.net), sum(r.uniques)
    from click_rollups r cross join lateral (values
        ('link', 'all', r.link_id::text), ('campaign', 'all', coalesce(r.campaign_id::text, '')),
        ('sub1', 'sub1', r.value)
    ) d (dimension, of, value)
    where r.workspace_id = $1 and r.starts_at >= $2 and r.starts_at < $3 and r.dimension = d.of
        and r.dimension in ('all', 'sub1') and r.partner_id is not null
    group by 1, 2, 3, 4, 5
""")
async def add_partner_hours(
    db: Connection, workspace_id: UUID, since: datetime, before: datetime
) -> None: ...


# Independent of the order in which rows were written.
@sql("""
    select coalesce(sum(hashtextextended(concat_ws(' ', link_id, coalesce(partner_id::text, '-'),
        coalesce(campaign_id::text, '-'), starts_at at time zone 'UTC', dimension, value, gross, net,
        uniques), 0)::numeric), 0)::text
    from click_rollups where workspace_id = $1 and starts_at >= $2 and starts_at < $3
""")
async def digest(db: Connection, workspace_id: UUID, since: datetime, before: datetime) -> str: ...
