"""All SQL of raw clicks that are stored already."""

from datetime import datetime
from uuid import UUID

from service.kit.db import Connection, sql
from service.links.clicks.schemas import ClickRow


@sql("""
    select id, link_id, partner_id, campaign_id, clicked_at, kind, target, "unique", counted, reasons,
        country, language, device, os, browser, in_app, referrer_host, platform, sub1, sub2, sub3, sub4, sub5
    from clicks
    where workspace_id = $1 and link_id = $2
        and ($3::timestamptz is null or clicked_at >= $3)
        and ($4::timestamptz is null or clicked_at < $4)
        and ($5::boolean is null or counted = $5)
        and ($6::boolean is null or "unique" = $6)
        and ($7::text is null or reasons @> array[$7])
        and ($8::text is null or country = $8)
        and ($9::timestamptz is null or (clicked_at, id) < ($9, $10::uuid))
    order by clicked_at desc, id desc
    limit $11
""")
async def list_clicks(
    db: Connection,
    workspace_id: UUID,
    link_id: UUID,
    since: datetime | None,
    before: datetime | None,
    counted: bool | None,
    unique: bool | None,
    reason: str | None,
    country: str | None,
    at: datetime | None,
    after: UUID | None,
    most: int,
) -> list[ClickRow]: ...


@sql("""
    select count(*) from (
        select from clicks where workspace_id = $1 and link_id = $2 and counted limit $3
    ) as counted_ones
""")
async def count_counted(db: Connection, workspace_id: UUID, link_id: UUID, most: int) -> int: ...
