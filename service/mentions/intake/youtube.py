"""Lists of YouTube: threads of comments, comments, videos, results of a search. Pure."""

from collections.abc import Mapping
from typing import Any

from service.conversions.shops.shapes import dig, mapping
from service.mentions.intake.found import Found
from service.mentions.intake.making import put
from service.mentions.intake.markup import plain
from service.mentions.intake.values import identifier


def is_youtube(document: Any) -> bool:
    """Whether it says that it is YouTube's."""
    return str(mapping(document).get("kind", "")).startswith("youtube#")


def read(document: Any, path: str, found: Found) -> bool:
    """Adds what a document tells; False where it is none of YouTube's."""
    told = mapping(document)
    error = told.get("error")
    if isinstance(error, dict) and "errors" in error:
        found.fault(f"{path}.error".lstrip("."), "source_error", error.get("message"))
        return True
    if not is_youtube(told):
        return False
    rows = told.get("items")
    if not isinstance(rows, list):
        _item(told, path, found)
        return True
    for at, each in enumerate(rows):
        _item(mapping(each), f"{path}.items[{at}]".lstrip("."), found)
    token = told.get("nextPageToken")
    found.cursor = token[:500] if isinstance(token, str) else found.cursor
    return True


def _item(told: Mapping[str, Any], path: str, found: Found) -> None:
    kind = str(told.get("kind", "")).removeprefix("youtube#")
    if kind == "commentThread":
        top = mapping(dig(told, "snippet", "topLevelComment"))
        _comment(top, f"{path}.snippet.topLevelComment", found, dig(told, "snippet", "totalReplyCount"))
        replies = dig(told, "replies", "comments")
        for at, each in enumerate(replies if isinstance(replies, list) else []):
            _comment(mapping(each), f"{path}.replies.comments[{at}]", found)
    elif kind == "comment":
        _comment(told, path, found)
    elif kind == "video" or (kind == "searchResult" and dig(told, "id", "videoId")):
        _video(told, path, found)
    else:
        found.ignored += 1


def _comment(told: Mapping[str, Any], path: str, found: Found, replies: Any = None) -> None:
    said = mapping(told.get("snippet"))
    native, video = identifier(told.get("id")), identifier(said.get("videoId"))
    display = said.get("textDisplay")
    put(
        found,
        path,
        source="youtube",
        platform="youtube",
        kind="comment",
        texts=(said.get("textOriginal"), plain(display) if isinstance(display, str) else None),
        published=(said.get("publishedAt"), said.get("updatedAt")),
        native_id=native,
        url=f"https://www.youtube.com/watch?v={video}&lc={native}" if native and video else None,
        author_name=said.get("authorDisplayName"),
        author_id=dig(said, "authorChannelId", "value"),
        thread_id=video,
        likes=said.get("likeCount"),
        comments=replies,
    )


def _video(told: Mapping[str, Any], path: str, found: Found) -> None:
    said, figures = mapping(told.get("snippet")), mapping(told.get("statistics"))
    native = identifier(dig(told, "id", "videoId") or told.get("id"))
    put(
        found,
        path,
        source="youtube",
        platform="youtube",
        kind="video",
        texts=(said.get("description"),),
        title=said.get("title"),
        published=(said.get("publishedAt"),),
        native_id=native,
        url=f"https://www.youtube.com/watch?v={native}" if native else None,
        language=said.get("defaultAudioLanguage") or said.get("defaultLanguage"),
        author_name=said.get("channelTitle"),
        author_id=said.get("channelId"),
        views=figures.get("viewCount"),
        likes=figures.get("likeCount"),
        comments=figures.get("commentCount"),
        tags=said.get("tags"),
    )
