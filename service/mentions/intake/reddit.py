"""Listings of Reddit: posts, comments, and what is below them. Pure."""

import html
from collections.abc import Mapping
from typing import Any

from service.conversions.shops.shapes import mapping
from service.mentions.intake.found import Found
from service.mentions.intake.making import put

_GONE = frozenset(("[deleted]", "[removed]", "[ Removed by Reddit ]"))
_THINGS = frozenset(("t1", "t3"))
_DEEPEST = 100


def is_reddit(document: Any) -> bool:
    """Whether it is a thing of Reddit, or a list of some."""
    one = document[0] if isinstance(document, list) and document else document
    return mapping(one).get("kind") in ("Listing", "more", *_THINGS) and "data" in mapping(one)


def read(document: Any, path: str, found: Found) -> bool:
    """Adds what a document tells; False where it is none of Reddit's."""
    if isinstance(document, dict) and "error" in document and "kind" not in document:
        message = document.get("message") or document.get("error")
        found.fault(f"{path}.error".lstrip("."), "source_error", message)
        return True
    if not is_reddit(document):
        return False
    waiting: list[tuple[Any, str, int]] = [(document, path, 0)]
    while waiting:
        thing, where, depth = waiting.pop(0)
        waiting += [(each, at, depth + 1) for each, at in _below(thing, where)] if depth < _DEEPEST else []
        told = mapping(thing)
        if told.get("kind") in _THINGS:
            _mention(str(told["kind"]), mapping(told.get("data")), where, found)
        elif told.get("kind") == "Listing":
            after = mapping(told.get("data")).get("after")
            found.cursor = after[:500] if isinstance(after, str) else found.cursor
        elif not isinstance(thing, list):
            found.ignored += 1
    return True


def _below(thing: Any, path: str) -> list[tuple[Any, str]]:
    if isinstance(thing, list):
        return [(each, f"{path}[{at}]") for at, each in enumerate(thing)]
    told, data = mapping(thing), mapping(mapping(thing).get("data"))
    if told.get("kind") == "Listing" and isinstance(data.get("children"), list):
        return [(each, f"{path}.data.children[{at}]".lstrip(".")) for at, each in enumerate(data["children"])]
    replies = data.get("replies")
    return [(replies, f"{path}.data.replies")] if isinstance(replies, dict) else []


def _mention(kind: str, told: Mapping[str, Any], path: str, found: Found) -> None:
    author = told.get("author")
    gone = author in _GONE or told.get("removed_by_category") is not None
    texts = [_text(told.get(name)) for name in ("selftext", "body")]
    if gone and not any(texts) and kind == "t1":
        found.ignored += 1
        return
    name = told.get("name") or (f"{kind}_{told['id']}" if isinstance(told.get("id"), str) else None)
    link = told.get("permalink")
    url = (
        f"https://www.reddit.com{link}" if isinstance(link, str) and link.startswith("/") else told.get("url")
    )
    subreddit = told.get("subreddit")
    put(
        found,
        path,
        source="reddit",
        platform="reddit",
        kind="comment" if kind == "t1" else "post",
        texts=texts,
        title=_text(told.get("title") or told.get("link_title")) if kind == "t3" else None,
        published=(told.get("created_utc"), told.get("created")),
        native_id=name,
        url=url,
        author_handle=None if author in _GONE else author,
        author_id=told.get("author_fullname"),
        thread_id=told.get("link_id") or name,
        views=told.get("view_count"),
        likes=_score(told),
        comments=told.get("num_comments"),
        shares=told.get("num_crossposts"),
        tags=[f"r/{subreddit}"] if isinstance(subreddit, str) and subreddit else (),
    )


def _score(told: Mapping[str, Any]) -> Any:
    """Up minus down may lie below zero, where nobody likes it."""
    score = told.get("ups") if told.get("score") is None else told.get("score")
    return max(0, score) if isinstance(score, int | float) and not isinstance(score, bool) else None


def _text(value: Any) -> str | None:
    """Reddit escapes &, < and > in what it sends."""
    return html.unescape(value) if isinstance(value, str) and value not in _GONE else None
