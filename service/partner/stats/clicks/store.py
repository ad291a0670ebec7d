"""All SQL of a partner's clicks: of roll-ups, and in hours that have marks of the clicks themselves."""

from datetime import datetime
from typing import Final
from uuid import UUID

from service.kit.db import Connection, sql
from service.links.counting.store import DIMENSIONS
from service.partner.stats.schemas import Asked

# What a click is of a dimension, and a roll-up of all dimensions. A click has no coupon and no product.
CLICKED: Final = {
    None: ("''", "''"),
    "link": ("c.link_id::text", "link_id::text"),
    "campaign": ("coalesce(c.campaign_id::text, '')", "coalesce(campaign_id::text, '')"),
    "sub1": (DIMENSIONS["sub1"], "value"),
}


@sql("""
    select distinct hour from click_marks
    where workspace_id = $1 and hour > $2::timestamptz - interval '1 hour' and hour < $3
    order by hour
""")
async def marked(
    db: Connection, workspace_id: UUID, starts_at: datetime, ends_at: datetime
) -> list[datetime]: ...


def day_of(asked: Asked, at: str) -> str:
    """The local day of a time, where days are asked for."""
    return f"({at} at time zone $5)::date" if asked.by_day else "null::date"


def clicked(asked: Asked, has_marks: bool) -> str:
    """`clicked`: sums by day and value. $2: the partner's records; $3, $4: the span; $5: the zone.

    Where there are marks, $7: their hours; $8, $9: when these begin and end.
    """
    raw, key = CLICKED[asked.dimension]
    if asked.dimension is None:
        rolled = "partner_click_rollups where"
    elif asked.is_hourly:
        rolled, key = f"partner_click_hours where dimension = '{asked.dimension}' and", "value"
    else:
        kept = "sub1" if asked.dimension == "sub1" else "all"
        rolled = f"click_rollups where dimension = '{kept}' and"
    counted = f"""
        select {day_of(asked, "starts_at")} as date, {key} as value, sum(gross)::bigint as gross,
            sum(net)::bigint as net, sum(uniques)::bigint as uniques
        from {rolled} workspace_id = $1 and partner_id = any($2) and starts_at >= $3 and starts_at < $4
            {"and (starts_at < $8 or date_trunc('hour', starts_at, 'UTC') <> all($7))" if has_marks else ""}
        group by 1, 2
    """
    return f"clicked as materialized ({counted} {_marked_clicks(asked, raw) if has_marks else ''})"


def _marked_clicks(asked: Asked, value: str) -> str:
    """The bounds of all hours are there for the planner: it leaves out the days that have no marks."""
    return f"""
        union all
        select {day_of(asked, "c.clicked_at")}, {value}, count(*), count(*) filter (where c.counted),
            count(*) filter (where c.counted and c."unique")
        from unnest($7::timestamptz[]) d (hour)
        join clicks c on c.workspace_id = $1 and c.clicked_at >= greatest(d.hour, $3)
            and c.clicked_at < least(d.hour + interval '1 hour', $4) and c.partner_id = any($2)
            and c.clicked_at >= $8 and c.clicked_at < $9
        group by 1, 2
    """
