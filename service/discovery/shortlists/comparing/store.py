"""What a comparison reads besides a list's items."""

from uuid import UUID

from service.discovery.shortlists.comparing.schemas import AudienceRow
from service.kit.db import Connection, sql


# The newest audience of the largest account that has one.
@sql("""
    select distinct on (a.influencer_id) a.influencer_id, u.account_id, u.source, u.as_of, u.sample_size,
        array(select k.dimension from unnest(u.codes) with ordinality as c (id, place)
              join audience_codes k on k.workspace_id = $1 and k.id = c.id order by c.place) as dimensions,
        array(select k.code from unnest(u.codes) with ordinality as c (id, place)
              join audience_codes k on k.workspace_id = $1 and k.id = c.id order by c.place) as codes,
        u.shares
    from influencer_accounts a
    join influencer_audiences u on u.workspace_id = $1 and u.account_id = a.id and u.latest
    where a.workspace_id = $1 and a.influencer_id = any($2)
    order by a.influencer_id, a.followers desc nulls last, u.as_of desc, a.id
""")
async def audiences(db: Connection, workspace_id: UUID, influencer_ids: list[UUID]) -> list[AudienceRow]: ...
