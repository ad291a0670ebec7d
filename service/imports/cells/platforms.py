"""Platforms by the names, nicknames and hosts that sheets use."""

import re
from typing import Any

from service.imports.rejects import Unfit
from service.kit.text import fold_tr

PLATFORMS = ("instagram", "tiktok", "youtube", "x", "facebook", "linkedin", "pinterest", "twitch", "other")

WORDS = {
    "instagram": ("instagram", "instagrammer", "insta", "ig", "reels"),
    "tiktok": ("tiktok", "tik tok", "tiktoker", "tiktokcu", "tt", "douyin"),
    "youtube": ("youtube", "youtuber", "yt", "you tube", "youtube shorts", "youtube channel"),
    "x": ("x", "twitter", "tweet", "x twitter", "twitter x", "x.com"),
    "facebook": ("facebook", "fb", "facebook page"),
    "linkedin": ("linkedin", "linked in"),
    "pinterest": ("pinterest", "pin"),
    "twitch": ("twitch", "twitch.tv"),
    "other": ("other", "diger", "snapchat", "threads", "kick", "telegram", "podcast", "blog", "spotify"),
}
_CODES = {word: code for code, words in WORDS.items() for word in words}

_IN_TEXT = {
    word: code for word, code in _CODES.items() if len(word) > 2 and word not in ("pin", "reels", "tweet")
}
_IN_TEXT |= {"ig": "instagram", "yt": "youtube", "fb": "facebook"}
_X = re.compile(r"x[ _-]{1,3}(?:user|handle|account|profil|follow|kullanici|hesap|takip)")


def read_platform(value: Any) -> str:
    """The platform's code.

    >>> [read_platform(cell) for cell in ("IG", "YouTuber", "X (Twitter)", "Tik Tok", "Snapchat")]
    ['instagram', 'youtube', 'x', 'tiktok', 'other']
    """
    if not isinstance(value, str) or len(value) > 60:
        raise Unfit("not_a_platform")
    plain = " ".join(re.sub(r"[^\w.]+", " ", fold_tr(value)).split())
    code = _CODES.get(plain) or _CODES.get(plain.removesuffix(".com"))
    if code:
        return code
    found = platforms_in(value)
    if len(found) != 1:
        raise Unfit("not_a_platform")
    return found.pop()


def platforms_in(text: str) -> set[str]:
    """All platforms that a header, a sheet's or a file's name speaks of. A lone `x` speaks of none.

    >>> sorted(platforms_in("Instagram name")), sorted(platforms_in("youtuber_list-TikTok 2022.csv"))
    (['instagram'], ['tiktok', 'youtube'])
    >>> platforms_in("X Kullanıcı Adı"), platforms_in("x")
    ({'x'}, set())
    """
    folded = fold_tr(text[:500])
    found = {_IN_TEXT[word] for word in re.split(r"[^a-z]+", folded) if word in _IN_TEXT}
    if "tik tok" in folded:
        found.add("tiktok")
    if _X.match(folded):
        found.add("x")
    return found - {"other"}
