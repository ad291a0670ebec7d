"""SQL of lookalikes; what candidates are like is read by scores and content."""

from uuid import UUID

from service.discovery.lookalikes.schemas import AudienceCode
from service.kit.db import Connection, sql


# The largest shares: the tail of a distribution says little of whom it is like.
@sql("""
    select c.dimension, c.code, s.share::float8 as share
    from influencer_audiences u
    cross join lateral unnest(u.codes, u.shares) as s(code, share)
    join audience_codes c on c.workspace_id = $1 and c.id = s.code
    where u.workspace_id = $1 and u.account_id = $2 and u.latest and c.dimension = any($3::text[])
    order by s.share desc, c.id limit $4
""")
async def audience_of(
    db: Connection, workspace_id: UUID, account_id: UUID, dimensions: list[str], most: int
) -> list[AudienceCode]: ...
