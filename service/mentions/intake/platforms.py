"""What sources call the places where mentions stand, as a platform's code. Pure."""

import re
from typing import Any

from service.kit.text import fold_tr

_NAMES = {
    **dict.fromkeys(("x", "twitter", "tweet", "x twitter", "x formerly twitter"), "x"),
    **dict.fromkeys(("instagram", "instagram public", "ig"), "instagram"),
    **dict.fromkeys(("facebook", "facebook public", "fb", "meta"), "facebook"),
    **dict.fromkeys(("youtube", "yt", "google video"), "youtube"),
    **dict.fromkeys(("tiktok", "tik tok"), "tiktok"),
    **dict.fromkeys(
        ("news", "haber", "haberler", "online news", "newspaper", "press", "basin", "gazete"), "news"
    ),
    **dict.fromkeys(("blog", "blogs", "bloglar"), "blog"),
    **dict.fromkeys(
        (
            "forum",
            "forums",
            "forumlar",
            "message board",
            "messageboard",
            "sozluk",
            "eksi sozluk",
            "eksisozluk",
        ),
        "forum",
    ),
    **dict.fromkeys(
        (
            *("review", "reviews", "yorum", "degerlendirme", "google play", "app store", "google maps"),
            *(
                "google reviews",
                "trustpilot",
                "tripadvisor",
                "sikayetvar",
                "trendyol",
                "hepsiburada",
                "amazon",
            ),
        ),
        "review",
    ),
    **dict.fromkeys(("web", "website", "general", "other", "site", "internet", "diger"), "web"),
}
_CODE = re.compile(r"[a-z0-9][a-z0-9_.-]{0,39}")


def platform_named(value: Any) -> str | None:
    """The code of a platform's name; an unknown one word is its own.

    >>> platform_named("Twitter"), platform_named("Haber"), platform_named("Mastodon"), platform_named("??")
    ('x', 'news', 'mastodon', None)
    """
    if not isinstance(value, str) or not value.strip() or len(value) > 100:
        return None
    folded = " ".join(re.sub(r"[^a-z0-9.]+", " ", fold_tr(value)).split())
    found = _NAMES.get(folded) or _NAMES.get(folded.split(" ")[0] if folded else "")
    code = folded.replace(" ", "_")
    return found or (code if _CODE.fullmatch(code) else None)
