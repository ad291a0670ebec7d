"""All SQL of a partner's day as it goes."""

from datetime import datetime
from uuid import UUID

from service.kit.db import Connection, sql
from service.partner.live.schemas import LastRow


# A partner who was archived sees nothing any more, also where a stream is open.
@sql("select status <> 'archived' from partners where workspace_id = $1 and id = $2")
async def stands(db: Connection, workspace_id: UUID, partner_id: UUID) -> bool | None: ...


@sql("""
    with mine as (
        select array(
            select p.id from partners p where p.workspace_id = $1 and (p.id = $2 or p.merged_into = $2)
        ) as ids
    )
    select
        (select max(c.clicked_at) from clicks c, mine
         where c.workspace_id = $1 and c.partner_id = any(mine.ids)
            and c.clicked_at >= $3 and c.clicked_at < $4) as click_at,
        (select max(t.occurred_at) from conversion_touches t, mine
         where t.workspace_id = $1 and t.partner_id = any(mine.ids) and t.share > 0
            and t.occurred_at >= $3 and t.occurred_at < $4) as conversion_at
""")
async def last(
    db: Connection, workspace_id: UUID, partner_id: UUID, since: datetime, before: datetime
) -> LastRow: ...
