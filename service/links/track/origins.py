"""Whether a page may have its clicks counted: pure."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from service.accounts.workspaces.checks import normal_origin


def is_own(origin: str | None, allowed: Sequence[str]) -> bool:
    """Whether an Origin's host is that of one of the workspace's `cors_origins`.

    >>> is_own("https://shop.example", ["https://shop.example"]), is_own("null", ["https://shop.example"])
    (True, False)
    >>> is_own("https://shop.example.evil.example", ["https://shop.example"]), is_own(None, [])
    (False, False)
    """
    normal = normal_origin(origin[:300]) if origin else None
    return normal is not None and _host(normal) in {_host(each) for each in allowed}


def _host(origin: str) -> str:
    return urlsplit(origin).hostname or ""


def place(url: str | None) -> tuple[str | None, str | None]:
    """Host and path of a page's address; query and fragment may hold what is personal, and are dropped.

    >>> place("https://Shop.example/a?mail=x#y"), place("nonsense"), place(None)
    (('shop.example', '/a'), (None, None), (None, None))
    """
    try:
        parts = urlsplit(url or "")
        host = parts.hostname
    except ValueError:
        return None, None
    if parts.scheme not in {"http", "https"} or not host:
        return None, None
    return host[:253], parts.path[:500] or "/"
