"""What engagement is measured from, besides posts."""

from uuid import UUID

from service.discovery.engagement.schemas import AccountRow, MemberGroup
from service.kit.db import Connection, sql


@sql("""
    select a.id, a.platform, a.handle, a.followers, i.categories[1] as category, i.country,
        a.er_value, a.er_format, a.er_basis, a.er_components, a.er_statistic, a.er_n, a.er_window_days,
        a.er_origin, a.er_as_of,
        (select max(p.observed_at) from influencer_posts p
         where p.workspace_id = $1 and p.account_id = a.id) as seen_at
    from influencers i join influencer_accounts a on a.workspace_id = $1 and a.influencer_id = i.id
    where i.workspace_id = $1 and i.id = $2 and ($3::uuid is null or a.id = $3)
      and ($4::text is null or a.platform = $4)
    order by a.followers desc nulls last, a.id
""")
async def accounts(
    db: Connection, workspace_id: UUID, influencer_id: UUID, account_id: UUID | None, platform: str | None
) -> list[AccountRow]: ...


# Who opted out is no one's peer.
@sql("""
    select i.categories[1] as category, a.platform, a.er_format, a.er_basis, a.er_components, a.er_statistic,
        array_agg(a.followers) as followers, array_agg(a.er_value) as er_value, array_agg(a.er_n) as er_n,
        array_agg(a.id) as account_ids, array_agg(i.country) as countries
    from influencer_accounts a
    join influencers i on i.workspace_id = $1 and i.id = a.influencer_id and i.opted_out_at is null
    where a.workspace_id = $1 and a.platform = any($2::text[]) and a.er_value > 0 and a.followers > 0
    group by 1, 2, 3, 4, 5, 6
""")
async def members(db: Connection, workspace_id: UUID, platforms: list[str]) -> list[MemberGroup]: ...
