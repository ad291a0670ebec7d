"""A batch of a file of posts."""

from collections.abc import Sequence

from service.influencers.bulk.accounts import Found, find
from service.influencers.bulk.schemas import DONE, Intake, Outcome
from service.influencers.changes import touched
from service.influencers.intake.rows import PostRow
from service.influencers.posts import actions
from service.influencers.posts.values import PostValues, handles, post_key, tags
from service.influencers.tables import INFLUENCERS
from service.influencers.urls import is_public
from service.kit.db import Connection

NAMELESS = Outcome("rejected", "missing_value", "needs an id, a link or a time, by which it is known again")


async def put_posts(db: Connection, intake: Intake, rows: Sequence[PostRow]) -> list[Outcome]:
    """Adds or completes the posts of accounts that are known; an outcome for each row.

    A row that was taken in before changes nothing.
    """
    if not rows:
        return []
    found = await find(db, intake, rows)
    outcomes: list[Outcome] = []
    good: list[tuple[int, Found, PostValues]] = []
    for at, (row, one) in enumerate(zip(rows, found, strict=True)):
        values = _values(row, one, intake) if isinstance(one, Found) else one
        if isinstance(one, Found) and isinstance(values, PostValues):
            good.append((at, one, values))
        outcomes.append(values if isinstance(values, Outcome) else DONE["unchanged"])
    stored = await actions.put(db, INFLUENCERS, intake.workspace_id, [values for _, _, values in good])
    changed = set()
    for (at, one, _), outcome in zip(good, stored, strict=True):
        outcomes[at] = DONE[outcome.status]
        if outcome.status != "unchanged":
            changed.add(one.influencer_id)
    await touched(db, intake.workspace_id, sorted(changed))
    return outcomes


def _values(row: PostRow, account: Found, intake: Intake) -> PostValues | Outcome:
    url = row.post_url if row.post_url and is_public(row.post_url) else None
    key = post_key(row.post_id, url, row.published_at, row.caption)
    if key is None:
        return NAMELESS
    on_x = row.platform == "x"
    return PostValues(
        account_id=account.account_id,
        post_key=key,
        platform_id=row.post_id,
        url=url,
        format=row.format or "post",
        published_at=row.published_at,
        caption=row.caption,
        hashtags=tags(row.hashtags or None, row.caption),
        mentions=handles(row.mentions or None, row.caption),
        sponsored=row.sponsored,
        likes=row.likes,
        comments=row.replies if on_x and row.replies is not None else row.comments,
        shares=row.reposts if on_x and row.reposts is not None else row.shares,
        saves=row.saves,
        private_interactions=row.private_interactions,
        views=row.views,
        reach=row.reach,
        impressions=row.impressions,
        followers=row.followers,
        observed_at=intake.moment(row.as_of),
        source=intake.source,
    )
