"""Posts of X: lines of the filtered stream, pages of a search, one post alone. Pure."""

import html
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from service.conversions.shops.shapes import dig, items, mapping
from service.mentions.intake.found import Found
from service.mentions.intake.making import put
from service.mentions.intake.values import identifier

_EPOCH_MS = 1_288_834_974_657
_FIRST_SNOWFLAKE = 10**15
_SIGNS = frozenset(("author_id", "public_metrics", "lang", "includes", "edit_history_tweet_ids"))


def is_x(document: Any) -> bool:
    """Whether it is a post of X, or a page or line with one."""
    told = mapping(document)
    if "matching_rules" in told or "edit_history_tweet_ids" in told or "sent" in mapping(told.get("meta")):
        return True
    first = told.get("data")
    first = first[0] if isinstance(first, list) and first else first
    inner = mapping(first) or told
    return "text" in inner and "id" in inner and bool(_SIGNS & {*inner, *told})


def read(document: Any, path: str, found: Found) -> bool:
    """Adds what a document tells; False where it is none of X's. Errors may stand beside posts."""
    told = mapping(document)
    errors = told.get("errors")
    for at, each in enumerate(errors if isinstance(errors, list) else []):
        error = mapping(each)
        message = error.get("detail") or error.get("message") or error.get("title") or each
        found.fault(f"{path}.errors[{at}]".lstrip("."), "source_error", message)
    data = told.get("data")
    posts = data if isinstance(data, list) else [data] if isinstance(data, dict) else []
    if not posts and "text" in told and ("id" in told or "id_str" in told):
        posts, told = [told], {}
    users = {identifier(user.get("id")): user for user in items(dig(told, "includes", "users"))}
    tags = [rule.get("tag") for rule in items(told.get("matching_rules"))]
    for at, each in enumerate(posts):
        where = f"{path}.data[{at}]" if isinstance(data, list) else f"{path}.data"
        _post(mapping(each), users, tags, where.lstrip("."), found)
    return _told(told, bool(posts), isinstance(errors, list), path, found)


def _told(told: Mapping[str, Any], posts: bool, errors: bool, path: str, found: Found) -> bool:
    if posts or errors:
        return True
    if "title" in told and ("detail" in told or "connection_issue" in told):
        found.fault(path, "source_error", told.get("detail") or told.get("title"))
        return True
    if "meta" in told or "data" in told:
        # An empty page; the rules of a stream.
        found.ignored += 1
        return True
    return False


def _post(
    post: Mapping[str, Any], users: Mapping[Any, Mapping[str, Any]], tags: list[Any], path: str, found: Found
) -> None:
    if "text" not in post and "full_text" not in post:
        if "value" in post:
            found.ignored += 1
        else:
            found.fault(path, "shape", post.get("id"), lost=True)
        return
    native = identifier(post.get("id_str")) or identifier(post.get("id"))
    author = users.get(identifier(post.get("author_id")), mapping(post.get("user")))
    handle = author.get("username") or author.get("screen_name")
    figures = mapping(post.get("public_metrics"))
    whole = dig(post, "note_tweet", "text") or post.get("full_text") or post.get("text")
    put(
        found,
        path,
        source="x",
        platform="x",
        kind="comment" if _is_reply(post) else "post",
        # X escapes &, < and >.
        texts=(html.unescape(whole) if isinstance(whole, str) else None,),
        published=(post.get("created_at"), told_by_id(native)),
        native_id=native,
        url=f"https://x.com/{handle or 'i/web'}/status/{native}" if native else None,
        language=None if post.get("lang") in _NO_LANGUAGE else post.get("lang"),
        country=dig(post, "geo", "country_code"),
        author_name=author.get("name"),
        author_handle=handle,
        author_id=post.get("author_id") or author.get("id_str"),
        thread_id=post.get("conversation_id"),
        followers=dig(author, "public_metrics", "followers_count") or author.get("followers_count"),
        impressions=figures.get("impression_count"),
        likes=_first(figures.get("like_count"), post.get("favorite_count")),
        comments=figures.get("reply_count"),
        shares=_shares(figures) if figures else post.get("retweet_count"),
        tags=tags,
    )


# Codes of X for what has no language: links, tags, media alone.
_NO_LANGUAGE = frozenset(("qht", "qme", "qam", "qct", "qst", "zxx", "und", "art", "in"))


def told_by_id(native: str | None) -> datetime | None:
    """When a post was made: its id tells (https://docs.x.com/fundamentals/x-ids).

    >>> told_by_id("1212092628029698048").isoformat(timespec="seconds")
    '2019-12-31T19:26:16+00:00'
    """
    if (
        not native
        or not (native.isascii() and native.isdigit())
        or not _FIRST_SNOWFLAKE < int(native) < 2**63
    ):
        return None
    return datetime.fromtimestamp(((int(native) >> 22) + _EPOCH_MS) / 1000, UTC)


def _is_reply(post: Mapping[str, Any]) -> bool:
    return any(each.get("type") == "replied_to" for each in items(post.get("referenced_tweets")))


def _shares(figures: Mapping[str, Any]) -> int | None:
    found = [figures.get(name) for name in ("retweet_count", "quote_count")]
    known = [one for one in found if isinstance(one, int) and not isinstance(one, bool) and one >= 0]
    return sum(known) if known else None


def _first(*values: Any) -> Any:
    return next((value for value in values if value is not None), None)
