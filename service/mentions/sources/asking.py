"""Asking a feed: every failure is a finding, and nothing is raised."""

import ssl
from collections.abc import Mapping

import httpcore
from msgspec import Struct

from service.kit.outgoing import Astray, Client, Fetched, Oversized, Refused, Unresolved

MOST_BYTES = 3 * 1024 * 1024
AGENT = "elci-listening/1"
ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/json, text/xml, */*;q=0.5"
)


class Asked(Struct, frozen=True):
    """What a feed answered, or a code of why it did not: `answer` may be there with a `why`."""

    answer: Fetched | None
    why: str | None = None

    @property
    def status(self) -> int | None:
        return self.answer.status if self.answer else None


async def ask(client: Client, url: str, etag: str | None, last_modified: str | None) -> Asked:
    """Gets a feed if it has changed."""
    headers = {"User-Agent": AGENT, "Accept": ACCEPT}
    headers |= {"If-None-Match": etag} if etag else {}
    headers |= {"If-Modified-Since": last_modified} if last_modified else {}
    return await get(client, url, headers)


async def get(client: Client, url: str, headers: Mapping[str, str], *, hops: int = 5) -> Asked:
    """Gets an address; what does not answer with success says why."""
    try:
        answer = await client.fetch(url, headers, most=MOST_BYTES, hops=hops)
    except Refused:
        return Asked(None, "refused")
    except Unresolved:
        return Asked(None, "unresolved")
    except Oversized:
        return Asked(None, "too_large")
    except Astray:
        return Asked(None, "redirects")
    except (TimeoutError, httpcore.TimeoutException):
        return Asked(None, "timeout")
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol, OSError) as error:
        is_certificate = isinstance(error, ssl.SSLError) or "certificate" in str(error).lower()
        return Asked(None, "certificate" if is_certificate else "connection")
    return Asked(answer, why_not(answer.status))


def why_not(status: int) -> str | None:
    """What an answer's status says against it; 304 is as good as 200.

    >>> why_not(200), why_not(304), why_not(429), why_not(410), why_not(503), why_not(302)
    (None, None, 'limited', 'gone', 'server', 'status')
    """
    if 200 <= status < 300 or status == 304:
        return None
    named = {401: "denied", 403: "denied", 404: "missing", 410: "gone", 429: "limited"}
    return named.get(status) or ("server" if status >= 500 else "status")
