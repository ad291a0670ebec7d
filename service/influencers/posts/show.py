"""Posts as the API shows them, and results of items."""

from collections import Counter
from collections.abc import Sequence
from typing import cast

from service.influencers.posts.actions import Outcome
from service.influencers.posts.schemas import ItemError, Post, PostResult, PostResults, PostRow
from service.influencers.schemas import Platform
from service.kit import ids


def post(row: PostRow) -> Post:
    """A post as it is answered."""
    return Post(
        id=ids.show("pst", row.id),
        account_id=ids.show("acc", row.account_id),
        platform=cast(Platform, row.platform),
        platform_id=row.platform_id,
        url=row.url,
        format=row.format,
        published_at=row.published_at,
        caption=row.caption,
        hashtags=row.hashtags,
        mentions=row.mentions,
        sponsored=row.sponsored,
        likes=row.likes,
        comments=row.comments,
        shares=row.shares,
        saves=row.saves,
        private_interactions=row.private_interactions,
        views=row.views,
        reach=row.reach,
        impressions=row.impressions,
        followers=row.followers,
        observed_at=row.observed_at,
        source=row.source,
    )


def results(items: Sequence[Outcome | list[ItemError]]) -> PostResults:
    """A result for every item, and their numbers."""
    made = [_result(index, item) for index, item in enumerate(items)]
    counts = Counter(one.status for one in made)
    return PostResults(made, counts["created"], counts["updated"], counts["unchanged"], counts["rejected"])


def _result(index: int, item: Outcome | list[ItemError]) -> PostResult:
    if isinstance(item, list):
        return PostResult(index, "rejected", None, item)
    return PostResult(index, item.status, ids.show("pst", item.post_id), [])  # type: ignore[arg-type]
