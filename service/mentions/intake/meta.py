"""Webhooks of Instagram and Facebook pages. A mention is only named; a comment is told. Pure."""

from collections.abc import Mapping
from typing import Any

from service.conversions.shops.shapes import dig, mapping
from service.mentions.intake.found import Found, Wanted
from service.mentions.intake.making import put
from service.mentions.intake.values import identifier

_COMMENTS = frozenset(("comments", "live_comments", "comment"))


def is_meta(document: Any) -> bool:
    """Whether it is a webhook of Meta's, or an answer about a mention."""
    told = mapping(document)
    hooked = isinstance(told.get("entry"), list) and "object" in told
    return hooked or bool({"mentioned_comment", "mentioned_media"} & set(told))


def read(document: Any, path: str, found: Found) -> bool:
    """Adds what a document tells; False where it is none of Meta's."""
    told = mapping(document)
    if "error" in told and isinstance(told["error"], dict):
        found.fault(f"{path}.error".lstrip("."), "source_error", told["error"].get("message"))
        return True
    if "mentioned_comment" in told or "mentioned_media" in told:
        asked = Wanted(identifier(told.get("id")) or "", identifier(dig(told, "mentioned_media", "id")) or "")
        answer(told, asked, path, found)
        return True
    if not (isinstance(told.get("entry"), list) and "object" in told):
        return False
    platform = "facebook" if told.get("object") == "page" else "instagram"
    for at, entry in enumerate(told["entry"]):
        where = f"{path}.entry[{at}]".lstrip(".")
        changes = mapping(entry).get("changes")
        if not isinstance(changes, list):
            # Messages between people: private, and no mentions.
            found.ignored += 1
            continue
        for n, each in enumerate(changes):
            _change(mapping(each), mapping(entry), f"{where}.changes[{n}]", platform, found)
    return True


def _change(
    change: Mapping[str, Any], entry: Mapping[str, Any], path: str, platform: str, found: Found
) -> None:
    field, value = change.get("field"), mapping(change.get("value"))
    if platform == "instagram" and field == "mentions":
        _named(value, entry, path, found)
    elif field in _COMMENTS or (platform == "facebook" and field in ("feed", "mention", "ratings")):
        _told(value, entry, path, platform, str(field), found)
    else:
        found.ignored += 1


def _named(value: Mapping[str, Any], entry: Mapping[str, Any], path: str, found: Found) -> None:
    user, media = identifier(entry.get("id")), identifier(value.get("media_id"))
    if user and media:
        found.want(Wanted(user, media, identifier(value.get("comment_id"))))
    else:
        found.fault(f"{path}.value", "shape", value.get("media_id"), lost=True)


def _told(
    value: Mapping[str, Any],
    entry: Mapping[str, Any],
    path: str,
    platform: str,
    field: str,
    found: Found,
) -> None:
    if value.get("verb") == "remove" or value.get("item") in ("like", "reaction", "share", "photo", "video"):
        found.ignored += 1
        return
    who = mapping(value.get("from"))
    media = mapping(value.get("media"))
    is_comment = field in _COMMENTS or value.get("item") == "comment"
    kind = "review" if field == "ratings" else "comment" if is_comment else "post"
    put(
        found,
        f"{path}.value",
        source="meta",
        platform=platform,
        kind=kind,
        texts=(value.get("text"), value.get("message"), value.get("review_text")),
        published=(value.get("timestamp"), value.get("created_time"), entry.get("time")),
        native_id=value.get("id") or value.get("comment_id") or value.get("post_id"),
        url=value.get("permalink") or value.get("permalink_url"),
        author_name=who.get("name"),
        author_handle=who.get("username"),
        author_id=who.get("id"),
        thread_id=media.get("id") or (value.get("post_id") if is_comment else None),
        stars=value.get("rating"),
    )


def answer(document: Any, asked: Wanted, path: str, found: Found) -> None:
    """Adds what the Graph API answers to a question for a mention: `mentioned_comment` or
    `mentioned_media`."""
    told = mapping(document)
    error = mapping(told.get("error"))
    if error:
        found.fault(f"{path}.error".lstrip("."), "source_error", error.get("message"))
        return
    comment = mapping(told.get("mentioned_comment"))
    media = mapping(comment.get("media")) or mapping(told.get("mentioned_media"))
    one = comment or media
    if not one:
        found.fault(path or "mentioned_media", "shape", lost=True)
        return
    put(
        found,
        f"{path}.mentioned_{'comment' if comment else 'media'}".lstrip("."),
        source="meta",
        platform="instagram",
        kind="comment" if comment else "post",
        texts=(one.get("text"), one.get("caption")),
        published=(one.get("timestamp"),),
        native_id=one.get("id") or asked.comment_id or asked.media_id,
        url=one.get("permalink") or (media.get("permalink") if comment else None),
        author_handle=one.get("username"),
        thread_id=(media.get("id") or asked.media_id) if comment else None,
        likes=one.get("like_count"),
        comments=one.get("comments_count"),
    )
