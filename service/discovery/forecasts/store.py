"""SQL of forecasts: what an account's posts are like, and what collaborations brought."""

from collections.abc import Sequence
from uuid import UUID

from service.discovery.forecasts.schemas import AverageRow, Past
from service.kit.db import Connection, sql


@sql("""
    select id as account_id, avg_views, avg_likes, avg_comments, avg_engagements from influencer_accounts
    where workspace_id = $1 and id = any($2)
""")
async def averages(db: Connection, workspace_id: UUID, account_ids: Sequence[UUID]) -> list[AverageRow]: ...


# What is older says little of what people do now.
@sql("""
    select conversions, engagements from outcomes
    where workspace_id = $1 and conversions is not null and engagements > 0
        and finished_at >= elci_now() - interval '2 years'
    order by finished_at desc limit 10000
""")
async def past(db: Connection, workspace_id: UUID) -> list[Past]: ...
