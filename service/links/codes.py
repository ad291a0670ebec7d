"""The codes of links: chosen ones, random ones, and the one form in which both are compared. Pure.

Codes know no case: people copy them from a video's caption by hand. They are stored, and asked for, in
lower-case ASCII with Turkish letters folded, so /r/AYŞE10 is /r/ayse10.
"""

import re
import secrets

from service.kit.text import fold_tr

# No vowels (no words come out), none of 0 o, 1 i l: 28 letters; 12 of them are 57 bits.
ALPHABET = "23456789bcdfghjkmnpqrstvwxyz"
LENGTH = 12
SHORTEST, LONGEST = 3, 64

# Paths of the service itself, and what browsers and crawlers ask the root of a host for.
RESERVED = frozenset(
    {
        *("r", "in", "s", "v1", "v2", "api", "docs", "openapi", "openapi.json", "problems", "static"),
        *("assets", "public", "elci", "elci.js", "healthz", "readyz", "live", "ready", "metrics", "admin"),
        *("login", "logout", "favicon.ico", "robots.txt", "sitemap.xml", "index.html", "www", "well-known"),
        *("apple-touch-icon.png", "ads.txt", "security.txt", "qr", "qr.svg", "qr.png"),
    }
)
_CODE = re.compile(r"[a-z0-9](?:[a-z0-9_-]{1,62})[a-z0-9]")


def random() -> str:
    """A code that nobody can guess."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def normal(text: str) -> str | None:
    """The form in which a code is stored; None where it can't be one.

    >>> normal("AYŞE10"), normal("yaz-2026"), normal("a b"), normal("../x"), normal("xy")
    ('ayse10', 'yaz-2026', None, None, None)
    """
    if len(text) > LONGEST:
        return None
    folded = text if text.isascii() else fold_tr(text)
    folded = folded.lower()
    return folded if len(folded) >= SHORTEST and _CODE.fullmatch(folded) else None


def is_reserved(code: str) -> bool:
    return code in RESERVED
