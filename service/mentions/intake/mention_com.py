"""Mention.com: pages of `mentions`, or one of them. Pure."""

from collections.abc import Mapping
from typing import Any

from service.conversions.shops.shapes import dig, mapping
from service.mentions.intake.found import Found
from service.mentions.intake.making import platform_of, put
from service.mentions.intake.markup import plain

_TYPES = {
    "twitter": ("x", "post"),
    "x": ("x", "post"),
    "facebook": ("facebook", "post"),
    "instagram": ("instagram", "post"),
    "tiktok": ("tiktok", "video"),
    "youtube": ("youtube", "video"),
    "videos": ("youtube", "video"),
    "video": ("youtube", "video"),
    "reddit": ("reddit", "post"),
    "linkedin": ("linkedin", "post"),
    "blogs": ("blog", "article"),
    "blog": ("blog", "article"),
    "news": ("news", "article"),
    "forums": ("forum", "forum"),
    "forum": ("forum", "forum"),
    "reviews": ("review", "review"),
    "review": ("review", "review"),
    "images": ("web", "post"),
    "podcast": ("podcast", "podcast"),
    "podcasts": ("podcast", "podcast"),
}
_SOCIAL = frozenset(("x", "facebook", "instagram", "tiktok", "youtube", "reddit", "linkedin"))


def is_mention_com(document: Any) -> bool:
    """Whether it looks like a page of Mention, or a mention of one."""
    told = mapping(document)
    rows = told.get("mentions")
    first = mapping(rows[0]) if isinstance(rows, list) and rows else mapping(told.get("mention")) or told
    return "original_url" in first or ("source_name" in first and "source_type" in first) or "tone" in first


def read(document: Any, path: str, found: Found) -> bool:
    """Adds what a document tells; False where it is none of Mention's."""
    told = mapping(document)
    rows = document if isinstance(document, list) else told.get("mentions")
    if not isinstance(rows, list):
        one = mapping(told.get("mention")) or told
        if not is_mention_com(one):
            return False
        _mention(one, f"{path}.mention".lstrip(".") if one is not told else path, found)
        return True
    for at, each in enumerate(rows):
        where = f"{path}.mentions[{at}]".lstrip(".")
        if isinstance(each, dict):
            _mention(each, where, found)
        else:
            found.fault(where, "shape", each, lost=True)
    cursor = dig(told, "_links", "more", "params", "cursor") or dig(told, "_links", "more", "href")
    found.cursor = cursor[:500] if isinstance(cursor, str) else found.cursor
    return True


def _mention(told: Mapping[str, Any], path: str, found: Found) -> None:
    url = told.get("original_url") or told.get("url") or told.get("unique_url")
    kind_of_source = str(told.get("source_type") or "").casefold()
    platform, kind = _TYPES.get(kind_of_source) or (platform_of(url), "article")
    title = plain(told["title"]) if isinstance(told.get("title"), str) else None
    texts = [
        plain(told[name])
        for name in ("description", "description_short", "description_medium")
        if isinstance(told.get(name), str)
    ]
    social = platform in _SOCIAL
    who = mapping(told.get("author") or told.get("author_influence"))
    put(
        found,
        path,
        source="mention",
        platform=platform,
        kind=kind,
        # Networks have no titles: there it is the text, or who wrote it.
        texts=texts or [title],
        title=None if social or not texts else title,
        published=(told.get("published_at"), told.get("created_at")),
        observed=told.get("updated_at"),
        native_id=told.get("id"),
        url=url,
        language=told.get("language") or told.get("language_code"),
        country=told.get("country") or told.get("country_code"),
        author_name=who.get("name")
        or (told.get("author") if isinstance(told.get("author"), str) else None)
        or told.get("author_name")
        or (told.get("source_name") if social else None),
        author_handle=who.get("username") or told.get("author_username"),
        author_id=who.get("id"),
        thread_id=told.get("parent_id") or told.get("conversation_id"),
        followers=who.get("followers") or told.get("followers"),
        reach=_first(told, "reach", "cumulative_reach", "direct_reach", "domain_reach"),
        impressions=told.get("impressions"),
        views=told.get("views"),
        likes=_first(told, "likes", "like_count"),
        comments=_first(told, "comments", "comment_count"),
        shares=_first(told, "shares", "share_count", "retweets"),
        engagement=_first(told, "engagement", "interactions"),
        stars=told.get("rating"),
        sentiment=_first(told, "tone_score", "tone", "sentiment"),
        scale=1,
        tags=told.get("tags"),
    )


def _first(told: Mapping[str, Any], *names: str) -> Any:
    return next((told[name] for name in names if told.get(name) is not None), None)
