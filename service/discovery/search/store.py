"""The rows of a page, fetched by id behind the wall."""

from uuid import UUID

from msgspec import Struct

from service.discovery.search.schemas import MatchRow
from service.kit.db import Connection, sql


@sql("""
    select s.influencer_id, s.account_id, s.growth, s.price, s.currency, s.cost_per_1000_views
    from unnest($2::uuid[], $3::uuid[]) as p(influencer_id, account_id)
    join influencer_search s on s.workspace_id = $1 and s.influencer_id = p.influencer_id
      and s.account_id = p.account_id
""")
async def matches(
    db: Connection, workspace_id: UUID, influencer_ids: list[UUID], account_ids: list[UUID]
) -> list[MatchRow]: ...


class AudienceRow(Struct):
    """An account's newest distribution."""

    account_id: UUID
    dimensions: list[str]
    codes: list[str]
    shares: list[float]


@sql("""
    select d.account_id, array_agg(k.dimension order by u.place) as dimensions,
           array_agg(k.code order by u.place) as codes, array_agg(u.share order by u.place) as shares
    from influencer_audiences d
    cross join lateral unnest(d.codes, d.shares) with ordinality as u(id, share, place)
    join audience_codes k on k.workspace_id = $1 and k.id = u.id
    where d.workspace_id = $1 and d.account_id = any($2) and d.latest
    group by d.account_id
""")
async def audiences(db: Connection, workspace_id: UUID, account_ids: list[UUID]) -> list[AudienceRow]: ...
