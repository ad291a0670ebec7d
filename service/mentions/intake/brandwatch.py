"""Mentions of Brandwatch: pages of `results`, or one of them. Pure."""

import re
from collections.abc import Mapping
from typing import Any

from service.conversions.shops.shapes import mapping
from service.mentions.intake.found import Found
from service.mentions.intake.making import platform_of, put
from service.mentions.intake.markup import plain

_PLATFORMS = {
    "twitter": ("x", "post"),
    "x": ("x", "post"),
    "instagram": ("instagram", "post"),
    "instagram_public": ("instagram", "post"),
    "facebook": ("facebook", "post"),
    "facebook_public": ("facebook", "post"),
    "youtube": ("youtube", "video"),
    "video": ("youtube", "video"),
    "tiktok": ("tiktok", "video"),
    "reddit": ("reddit", "post"),
    "linkedin": ("linkedin", "post"),
    "tumblr": ("tumblr", "post"),
    "blog": ("blog", "article"),
    "news": ("news", "article"),
    "forum": ("forum", "forum"),
    "review": ("review", "review"),
    "reviews": ("review", "review"),
    "podcast": ("podcast", "podcast"),
}
_FULL_NAME = re.compile(r"(\S{1,100}) \((.{1,200})\)")


def is_brandwatch(document: Any) -> bool:
    """Whether it looks like a page of Brandwatch, or a mention of one."""
    told = mapping(document)
    rows = told.get("results")
    first = mapping(rows[0]) if isinstance(rows, list) and rows else told
    return "resourceId" in first or ("queryId" in first and "pageType" in first) or "resultsTotal" in told


def read(document: Any, path: str, found: Found) -> bool:
    """Adds what a document tells; False where it is none of Brandwatch's."""
    told = mapping(document)
    rows = document if isinstance(document, list) else told.get("results")
    if rows is None and is_brandwatch(document):
        rows = [document]
    if not isinstance(rows, list):
        return _errors(told, path, found)
    for at, each in enumerate(rows):
        where = f"{path}.results[{at}]".lstrip(".")
        if isinstance(each, dict):
            _mention(each, where, found)
        else:
            found.fault(where, "shape", each, lost=True)
    cursor = told.get("nextCursor")
    found.cursor = cursor[:500] if isinstance(cursor, str) else found.cursor
    return True


def _errors(told: Mapping[str, Any], path: str, found: Found) -> bool:
    errors = told.get("errors")
    if not isinstance(errors, list):
        return False
    for at, each in enumerate(errors):
        message = mapping(each).get("message") or mapping(each).get("code") or each
        found.fault(f"{path}.errors[{at}]".lstrip("."), "source_error", message)
    return True


def _mention(told: Mapping[str, Any], path: str, found: Found) -> None:
    kind_of_page = str(told.get("pageType") or told.get("contentSource") or "").casefold()
    url = told.get("url") or told.get("originalUrl")
    platform, kind = _PLATFORMS.get(kind_of_page) or (platform_of(url), "article")
    entry = str(told.get("threadEntryType") or told.get("subtype") or "").casefold()
    if entry in ("comment", "reply") and kind != "forum":
        kind = "comment"
    handle, name = _author(told)
    title = told.get("title")
    title = plain(title) if isinstance(title, str) else None
    texts = [
        plain(told[part]) for part in ("fullText", "snippet", "content") if isinstance(told.get(part), str)
    ]
    put(
        found,
        path,
        source="brandwatch",
        platform=platform,
        kind=kind,
        texts=texts,
        # A tweet's title is its address: its words are not passed on.
        title=None if title in (url, told.get("originalUrl")) or title in texts else title,
        published=(told.get("date"), told.get("added"), told.get("insertTime"), told.get("updated")),
        observed=told.get("updated"),
        native_id=told.get("resourceId") or told.get("guid"),
        url=url,
        language=told.get("language"),
        country=told.get("countryCode") or told.get("country"),
        author_name=name,
        author_handle=handle,
        author_id=told.get("twitterAuthorId") or told.get("facebookAuthorId") or told.get("authorId"),
        thread_id=told.get("threadId"),
        followers=_of(told, platform, "Followers", "FollowerCount") or told.get("followers"),
        reach=_first(told, "reachEstimate", "reach"),
        impressions=told.get("impressions"),
        views=_first(told, f"{platform}Views", "views", "youtubeViewCount"),
        likes=_of(told, platform, "Likes", "LikeCount", "UpVotes"),
        comments=_of(told, platform, "Comments", "CommentCount", "ReplyCount", "NumComments"),
        shares=_of(told, platform, "Shares", "ShareCount", "Retweets"),
        engagement=_first(told, "engagement", "engagements"),
        stars=told.get("rating"),
        sentiment=told.get("sentiment"),
        tags=told.get("tags"),
    )


def _author(told: Mapping[str, Any]) -> tuple[Any, Any]:
    """Handle and name: `fullname` holds both where the source is a network."""
    author, full = told.get("author"), told.get("fullname")
    found = _FULL_NAME.fullmatch(full.strip()) if isinstance(full, str) else None
    if found:
        return author or found[1], found[2]
    networked = str(told.get("pageType") or "").casefold() in _PLATFORMS and told.get("pageType") not in (
        "news",
        "blog",
        "review",
    )
    return (author, full) if networked else (None, full or author)


def _of(told: Mapping[str, Any], platform: str, *names: str) -> Any:
    """A figure of the mention's own network: those of others are zero and mean nothing."""
    starts = ("twitter", "x") if platform == "x" else (platform,)
    own = [f"{start}{name}" for start in starts for name in names]
    return _first(told, *own, *(name[:1].lower() + name[1:] for name in names))


def _first(told: Mapping[str, Any], *names: str) -> Any:
    return next((told[name] for name in names if told.get(name) is not None), None)
