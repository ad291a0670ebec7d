"""Asking destinations whether they are there: every failure is a finding."""

import asyncio
import ssl
from collections.abc import Collection

import httpcore

from service.kit import outgoing
from service.kit.outgoing import Client, Refused, Unresolved
from service.links.health.judging import Finding, judged


async def look(client: Client, url: str) -> Finding:
    """What became of one address. Raises nothing but what ends the process."""
    try:
        found = await client.look(url)
    except Refused:
        return Finding("refused", None, "it leads to a place that is not of the public web")
    except Unresolved:
        return Finding("dead", None, "there is no such host")
    except (TimeoutError, httpcore.TimeoutException):
        return Finding("unsure", None, "no answer in time")
    except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError, OSError) as error:
        if isinstance(error, ssl.SSLError) or "certificate" in str(error).lower():
            return Finding("dead", None, "its certificate is not valid")
        return Finding("dead", None, "no connection")
    return judged(found.status, found.hops, outgoing.MOST_HOPS)


async def look_all(client: Client, urls: Collection[str], at_once: int) -> dict[str, Finding]:
    """Each address once, so many at the same time."""
    gate = asyncio.Semaphore(at_once)

    async def one(url: str) -> tuple[str, Finding]:
        async with gate:
            return url, await look(client, url)

    return dict(await asyncio.gather(*(one(url) for url in urls)))
