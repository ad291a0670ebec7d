"""That a form was shown by us, a short while ago, and isn't another site's. Pure."""

import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta

LIFETIME = timedelta(days=1)
_OWN = ("same-origin", "none")


def proof(key: bytes, page: str, now: datetime) -> str:
    """What a form of a page carries.

    >>> from datetime import UTC
    >>> at = datetime(2026, 11, 26, tzinfo=UTC)
    >>> [is_proven(b"k", "a", proof(b"k", "a", at), at + timedelta(hours=n)) for n in (0, 23, 25)]
    [True, True, False]
    >>> is_proven(b"k", "b", proof(b"k", "a", at), at), is_proven(b"k", "a", "x", at)
    (False, False)
    """
    shown = str(int(now.timestamp()))
    return f"{shown}.{_mark(key, page, shown)}"


def is_proven(key: bytes, page: str, given: str, now: datetime) -> bool:
    """Whether a form is one of this page's, and not too old."""
    shown, _, mark = given.partition(".")
    if not (shown.isascii() and shown.isdecimal()) or len(shown) > 12:
        return False
    if not hmac.compare_digest(mark.encode(), _mark(key, page, shown).encode()):
        return False
    return 0 <= now.timestamp() - int(shown) <= LIFETIME.total_seconds()


def is_foreign(headers: Mapping[str, str], own: str) -> bool:
    """Whether a browser says that another site sent the form. `own`: our origin. A page without a referrer
    sends `Origin: null`, of our own forms too.

    >>> is_foreign({"sec-fetch-site": "cross-site"}, "https://e.example"), is_foreign({}, "https://e.example")
    (True, False)
    >>> is_foreign({"origin": "https://evil.example"}, "https://e.example")
    True
    """
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in _OWN
    return headers.get("origin", "null") not in ("null", own)


def _mark(key: bytes, page: str, shown: str) -> str:
    return hmac.digest(key, f"join form\0{page}\0{shown}".encode(), "sha256").hex()
