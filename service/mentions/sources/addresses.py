"""Addresses of feeds: which may be asked at all, and how Reddit's are."""

import asyncio
from urllib.parse import urlsplit, urlunsplit

from service.kit import outgoing
from service.kit.outgoing import Refused, Unresolved
from service.kit.problems import InvalidInput
from service.settings import Settings

_RESOLVE_S = 2.0


def polled(kind: str, url: str) -> str:
    """What is asked for a source: a subreddit's page is its list.

    >>> polled("reddit", "https://www.reddit.com/r/Turkey/new/?limit=50")
    'https://www.reddit.com/r/Turkey/new.json?limit=50'
    >>> polled("reddit", "https://www.reddit.com/r/Turkey.rss"), polled("rss", "https://a.example/feed")
    ('https://www.reddit.com/r/Turkey.rss', 'https://a.example/feed')
    """
    parts = urlsplit(url)
    if kind != "reddit" or parts.path.rstrip("/").endswith((".json", ".rss", ".xml")):
        return url
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}.json"))


async def check(settings: Settings, url: str) -> None:
    """Refuses what is not of the public web, now and whenever it is asked. Raises InvalidInput.

    A name that does not resolve yet may do so later.
    """
    try:
        async with asyncio.timeout(_RESOLVE_S):
            await outgoing.check_target(url, settings.allow_targets)
    except Refused as error:
        raise InvalidInput(
            "the address can't be asked", errors=[{"path": "url", "message": str(error)}]
        ) from error
    except (Unresolved, TimeoutError):
        return
