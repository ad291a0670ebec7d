"""Handles and profile links: which account a cell names."""

import re
from typing import Any
from urllib.parse import unquote

from msgspec import Struct

from service.imports.rejects import Unfit

_HOSTS = {
    "instagram.com": "instagram",
    "instagr.am": "instagram",
    "tiktok.com": "tiktok",
    "youtube.com": "youtube",
    "youtu.be": "youtube",
    "x.com": "x",
    "twitter.com": "x",
    "facebook.com": "facebook",
    "fb.com": "facebook",
    "linkedin.com": "linkedin",
    "pinterest.com": "pinterest",
    "twitch.tv": "twitch",
}
_UNDER = {
    "youtube": ("c", "user", "channel"),
    "linkedin": ("in", "company", "school"),
    "facebook": ("people", "pages"),
}
_NO_PROFILES = frozenset(
    (
        *(
            "p",
            "reel",
            "reels",
            "tv",
            "stories",
            "explore",
            "accounts",
            "watch",
            "shorts",
            "playlist",
            "feed",
        ),
        *(
            "hashtag",
            "i",
            "intent",
            "share",
            "sharer",
            "search",
            "home",
            "posts",
            "pin",
            "videos",
            "tag",
            "status",
        ),
        *("results", "live", "events", "groups", "discover", "directory", "embed", "login", "about", "feed"),
    )
)
_LINK = re.compile(
    r"(?:https?://)?(?:[a-z]{1,6}\.|web\.)?([a-z]{1,12}\.(?:com|am|be|tv)(?:\.tr)?)/(.*)", re.I | re.S
)
_HANDLE = re.compile(r"\w(?:[\w.\-·]{0,98}[\w.\-])?")
_PLAIN = re.compile(r"\w(?:[\w.\-]{0,98}[\w.\-])?", re.ASCII)
_CHANNEL_ID = re.compile(r"UC[A-Za-z0-9_-]{22}")
_LONGEST_LINK = 500
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


class Handle(Struct, frozen=True):
    """An account as a cell names it: the platform only where a link says it, an id only for channel links."""

    handle: str | None
    platform: str | None = None
    platform_id: str | None = None
    url: str | None = None


def read_handle(value: Any) -> Handle:
    """The account in `@handle`, `handle` or a profile link.

    >>> read_handle("@khaby.lame").handle, read_handle("https://www.tiktok.com/@khaby.lame?lang=tr").platform
    ('khaby.lame', 'tiktok')
    """
    if isinstance(value, str) and _PLAIN.fullmatch(value) and not _CHANNEL_ID.fullmatch(value):
        return Handle(value)  # most cells; a link has a slash
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)  # 433 is an account, and spreadsheets keep it as a number
    elif isinstance(value, float) and value.is_integer():
        value = str(int(value))
    if not isinstance(value, str) or len(value) > _LONGEST_LINK:
        raise Unfit("not_a_handle")
    text = _INVISIBLE.sub("", value).strip()
    if found := find_profile(text):
        return found
    bare = text.lstrip("@＠").strip().rstrip("/")
    # Only YouTube knows handles beyond ASCII, and without its @ such a word is a name.
    if not (_PLAIN if bare == text else _HANDLE).fullmatch(bare):
        raise Unfit("not_a_handle")
    if _CHANNEL_ID.fullmatch(bare):
        return Handle(None, "youtube", bare)
    return Handle(bare)


def find_profile(text: str) -> Handle | None:
    """The account that a link leads to; None for other texts and for links to posts.

    >>> find_profile("instagram.com/nasa/").handle, find_profile("https://instagram.com/p/abc/") is None
    ('nasa', True)
    """
    found = _LINK.match(text[:_LONGEST_LINK].strip())
    if not found:
        return None
    platform = _HOSTS.get(found.group(1).lower().removesuffix(".tr"))
    if not platform:
        return None
    path, _, query = found.group(2).partition("?")
    parts = [unquote(part) for part in path.split("#")[0].split("/") if part]
    return _account(platform, parts, query, text.strip())


def is_link(value: Any) -> bool:
    """Whether the cell is a link at all."""
    return isinstance(value, str) and value[:8].lower().startswith(("http://", "https://", "www."))


def _account(platform: str, parts: list[str], query: str, url: str) -> Handle | None:
    if not parts:
        return None
    first, *rest = parts
    if platform == "facebook" and first == "profile.php":
        number = re.search(r"(?:^|&)id=(\d{1,30})", query)
        return Handle(None, platform, number.group(1), url) if number else None
    if first.lower() in _UNDER.get(platform, ()) and rest:
        if _CHANNEL_ID.fullmatch(rest[0]):
            return Handle(None, platform, rest[0], url)
        first = rest[-1] if first.lower() == "people" else rest[0]
    handle = first.removeprefix("@").removeprefix("$")
    if first.lower() in _NO_PROFILES or not _HANDLE.fullmatch(handle):
        return None
    if platform == "tiktok" and not first.startswith("@"):
        return None
    return Handle(handle, platform, None, url)
