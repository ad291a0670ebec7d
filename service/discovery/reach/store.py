"""All SQL of what reach is computed from, besides what other resources read themselves."""

from uuid import UUID

from service.discovery.reach.schemas import AccountRow
from service.kit.db import Connection, sql


# An influencer without an account has one row, with nulls.
@sql("""
    select i.id as influencer_id, i.name, i.categories,
        i.archived_at is not null or i.merged_into is not null as archived,
        i.opted_out_at is not null as opted_out,
        a.id as account_id, a.platform, a.handle, a.followers, a.avg_views, a.observed_at,
        s.n, s.flagged, s.tpr, s.fpr
    from unnest($2::uuid[]) with ordinality as asked (id, place)
    join influencers i on i.workspace_id = $1 and i.id = asked.id
    left join influencer_accounts a on a.workspace_id = $1 and a.influencer_id = i.id
    left join follower_samples s on s.workspace_id = $1 and s.account_id = a.id and s.latest
    order by asked.place, a.followers desc nulls last, a.id
""")
async def accounts(db: Connection, workspace_id: UUID, influencer_ids: list[UUID]) -> list[AccountRow]: ...


# In the order in which they were added, which is the order of every answer.
@sql("""
    select s.influencer_id from shortlist_items s
    where s.workspace_id = $1 and s.shortlist_id = $2 and s.status = any($3::text[])
    order by s.added_at, s.influencer_id limit $4
""")
async def on_list(
    db: Connection, workspace_id: UUID, shortlist_id: UUID, statuses: list[str], most: int
) -> list[UUID]: ...
