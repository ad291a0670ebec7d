"""All SQL of statistics.

Hours that have marks hold clicks that are not in their roll-ups yet: those are summed from the clicks
themselves, so that an answer is exact at any time.
"""

from datetime import datetime
from typing import Any, Final
from uuid import UUID

from service.kit.db import Connection, fetch, sql
from service.links.counting.store import DIMENSIONS
from service.links.problems import UnknownLink
from service.links.stats.schemas import Cell, LiveRow, OfLinks, Sums
from service.programs.problems import UnknownPartner

_FILTERS: Final = ("link_id", "partner_id", "campaign_id")
_UNITS: Final = {
    None: "null::date as date, null::timestamptz as hour",
    "day": "(r.starts_at at time zone $4)::date as date, null::timestamptz as hour",
    "hour": "null::date as date, date_trunc('hour', r.starts_at, $4) as hour",
}


@sql("select id from links where workspace_id = $1 and id = $2")
async def find_link(db: Connection, workspace_id: UUID, link_id: UUID) -> UUID | None: ...


@sql("select id from partners where workspace_id = $1 and id = $2")
async def find_partner(db: Connection, workspace_id: UUID, partner_id: UUID) -> UUID | None: ...


async def get_link(db: Connection, workspace_id: UUID, link_id: UUID) -> UUID:
    """The id of a link that there is. Raises UnknownLink."""
    if await find_link(db, workspace_id, link_id) is None:
        raise UnknownLink
    return link_id


async def get_partner(db: Connection, workspace_id: UUID, partner_id: UUID) -> UUID:
    """The id of a partner that there is. Raises UnknownPartner."""
    if await find_partner(db, workspace_id, partner_id) is None:
        raise UnknownPartner
    return partner_id


def _rows(of: OfLinks, dimension: str | None, values: list[Any]) -> str:
    """The rows to sum, from $2 to before $3; `dimension` and filters come from closed sets."""
    kept = "all" if dimension in (None, "link") else dimension
    value = "link_id::text" if dimension == "link" else "value"
    raw = "c.link_id::text" if dimension == "link" else DIMENSIONS[kept]
    conditions = ""
    for name in _FILTERS:
        if (wanted := getattr(of, name)) is not None:
            values.append(wanted)
            conditions += f" and {{}}{name} = ${len(values)}"
    return f"""
        dirty as materialized (select distinct hour from click_marks where workspace_id = $1),
        r as (
            select starts_at, {value} as value, gross, net, uniques from click_rollups
            where workspace_id = $1 and starts_at >= $2 and starts_at < $3 and dimension = '{kept}'
              and date_trunc('hour', starts_at, 'UTC') not in (select hour from dirty)
              {conditions.replace("{}", "")}
            union all
            select c.clicked_at, {raw}, 1, c.counted::integer, (c.counted and c."unique")::integer
            from dirty d join clicks c on c.workspace_id = $1 and c.clicked_at >= greatest(d.hour, $2)
              and c.clicked_at < least(d.hour + interval '1 hour', $3) {conditions.replace("{}", "c.")}
        )
    """


async def sums(
    db: Connection, workspace_id: UUID, of: OfLinks, dimension: str | None, since: datetime, before: datetime
) -> Sums:
    """Sums over a span, and how many values there are."""
    values: list[Any] = [workspace_id, since, before]
    text = f"""
        with {_rows(of, dimension, values)}
        select coalesce(sum(gross), 0)::bigint as gross, coalesce(sum(net), 0)::bigint as net,
            coalesce(sum(uniques), 0)::bigint as uniques, count(distinct value) as values from r
    """
    return (await fetch(db, Sums, text, *values))[0]


async def cells(
    db: Connection,
    workspace_id: UUID,
    of: OfLinks,
    unit: str | None,
    dimension: str | None,
    zone: str,
    since: datetime,
    before: datetime,
    most: int,
) -> list[Cell]:
    """Sums by time and value, of the `most` values that have the most clicks."""
    values: list[Any] = [workspace_id, since, before, zone, most]
    shown = "r.value" if dimension else "null::text"
    text = f"""
        with {_rows(of, dimension, values)},
        named as (select $4::text as zone),
        tops as (
            select value from r where {"true" if dimension else "false"}
            group by value order by sum(gross) desc, value limit $5
        )
        select {_UNITS[unit]}, {shown} as value, sum(gross)::bigint as gross, sum(net)::bigint as net,
            sum(uniques)::bigint as uniques
        from r {"join tops using (value)" if dimension else ""}
        group by 1, 2, 3 order by 1, 2, 4 desc, 3
    """
    return await fetch(db, Cell, text, *values)


@sql("""
    select count(*) filter (where clicked_at >= $3) as gross,
        count(*) filter (where counted and clicked_at >= $3) as net,
        count(*) filter (where counted and "unique" and clicked_at >= $3) as uniques,
        count(*) filter (where clicked_at > elci_now() - interval '1 hour') as last_hour,
        max(clicked_at) as newest_at
    from clicks
    where workspace_id = $1 and link_id = $2 and clicked_at >= least($3, elci_now() - interval '1 hour')
""")
async def live(db: Connection, workspace_id: UUID, link_id: UUID, midnight: datetime) -> LiveRow: ...
