"""Posts of a request, item by item: what is wrong with one does not keep the others out."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from service.influencers.posts.schemas import ItemError, NewPost
from service.influencers.posts.values import PostValues, handles, post_key, tags
from service.influencers.urls import is_public
from service.kit.text import is_storable
from service.kit.validation import field_errors

Owner = Callable[[str | None], UUID | str]


def read(
    items: Sequence[dict[str, Any]], account: Owner, now: datetime
) -> list[PostValues | list[ItemError]]:
    """Each item as a row, or what is wrong with it.

    `account` finds the account that an item names (None: it names none), or says why it can't.
    """
    return [_one(item, account, now) for item in items]


def _one(item: dict[str, Any], account: Owner, now: datetime) -> PostValues | list[ItemError]:
    wrong = [ItemError(error.path, error.message) for error in field_errors(NewPost, item)]
    if wrong:
        return wrong
    post = msgspec.convert(item, NewPost)
    key = post_key(post.platform_id, post.url, post.published_at, post.caption)
    owner = account(post.account_id)
    wrong = _errors(post, key, owner, now)
    if wrong or key is None or isinstance(owner, str):
        return wrong
    return _values(post, key, owner, now)


def _errors(post: NewPost, key: str | None, owner: UUID | str, now: datetime) -> list[ItemError]:
    found = [ItemError("account_id", owner)] if isinstance(owner, str) else []
    if key is None:
        found.append(ItemError("", "needs platform_id, url or published_at, by which it is known again"))
    if post.url and not is_public(post.url):
        found.append(ItemError("url", "is not an address of the public web"))
    texts = [post.caption, post.platform_id, post.source, *(post.hashtags or ()), *(post.mentions or ())]
    if not all(is_storable(text) for text in texts if text):
        found.append(ItemError("", "holds a NUL character or half of a character"))
    if post.published_at and post.published_at > now:
        found.append(ItemError("published_at", "lies in the future"))
    return found


def _values(post: NewPost, key: str, account_id: UUID, now: datetime) -> PostValues:
    return PostValues(
        account_id=account_id,
        post_key=key,
        platform_id=post.platform_id,
        url=post.url,
        format=post.format,
        published_at=post.published_at,
        caption=post.caption,
        hashtags=tags(post.hashtags, post.caption),
        mentions=handles(post.mentions, post.caption),
        sponsored=post.sponsored,
        likes=post.likes,
        comments=post.comments,
        shares=post.shares,
        saves=post.saves,
        private_interactions=post.private_interactions,
        views=post.views,
        reach=post.reach,
        impressions=post.impressions,
        followers=post.followers,
        observed_at=post.observed_at or now,
        source=post.source or "api",
    )
