"""An influencer's engagement, from what is stored to the answer."""

import asyncio
from uuid import UUID

from service.accounts.workspaces.store import get_workspace
from service.discovery.engagement import store
from service.discovery.engagement.measuring import measure
from service.discovery.engagement.schemas import FormatEngagement, InfluencerEngagement, Options
from service.discovery.engagement.standing import stand
from service.influencers.posts.store import figures_within
from service.influencers.problems import UnknownAccount
from service.influencers.tables import INFLUENCERS
from service.kit import clock, ids
from service.kit.db import Connection


async def engagement_of(
    db: Connection,
    workspace_id: UUID,
    influencer_id: UUID,
    account_id: UUID | None,
    platform: str | None,
    options: Options,
) -> InfluencerEngagement:
    """Every account of an influencer by format, or the one that is asked for. Raises UnknownAccount."""
    accounts = await store.accounts(db, workspace_id, influencer_id, account_id, platform)
    if account_id is not None and not accounts:
        raise UnknownAccount(f"the influencer has no {ids.show('acc', account_id)!r} of that platform")
    keys = [account.id for account in accounts]
    posts = await figures_within(db, INFLUENCERS, workspace_id, keys, options.window_days)
    platforms: list[str] = sorted({account.platform for account in accounts})
    catalogue = await store.members(db, workspace_id, platforms) if platforms else []
    tiers = (await get_workspace(db, workspace_id)).tiers
    now = await clock.now(db)

    def decide() -> list[FormatEngagement]:
        return stand(measure(accounts, posts, options), catalogue, tiers, options, now)

    found = await asyncio.to_thread(decide) if accounts else []
    return InfluencerEngagement(ids.show("inf", influencer_id), now, found)
