"""One call of a receiver: every failure is an outcome."""

import ssl
import time
from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

import httpcore
import msgspec

from service.kit.outgoing import Client, Refused, Unresolved
from service.partner.postbacks import macros, signing

TIMEOUT_S = 10.0
SHOWN = 500
AGENT = "elci-postback/1"


class Target(NamedTuple):
    """Where an event goes."""

    postback_id: UUID
    url: str
    method: str
    secret: bytes | None


class Outcome(NamedTuple):
    """What became of a call. `answer`: how it began; `error`: why it failed, None where it didn't."""

    url: str
    took_ms: int
    status_code: int | None
    answer: str | None
    error: str | None
    retry_after_s: float


async def call(client: Client, target: Target, event_id: str, values: Mapping[str, str]) -> Outcome:
    """Tells a receiver of an event. Raises nothing but what ends the process."""
    url, began = macros.expand(target.url, values), time.monotonic()
    content = msgspec.json.encode(values) if target.method == "POST" else b""
    status, answer, error, after = None, None, None, 0.0
    try:
        received = await client.send(target.method, url, _headers(target, event_id, url, content), content)
        status, after = received.status, received.retry_after_s
        answer, error = _shortened(received.head), _judged(status)
    except Refused:
        error = "it leads to a place that is not of the public web"
    except Unresolved:
        error = "there is no such host"
    except (TimeoutError, httpcore.TimeoutException):
        error = "no answer in time"
    except ssl.SSLError:
        error = "its certificate is not valid"
    except (httpcore.NetworkError, httpcore.ProtocolError, OSError) as failed:
        error = "its certificate is not valid" if "certificate" in str(failed).lower() else "no connection"
    return Outcome(url, round((time.monotonic() - began) * 1000), status, answer, error, after)


def _headers(target: Target, event_id: str, url: str, content: bytes) -> list[tuple[str, str]]:
    found = [("User-Agent", AGENT), ("Accept", "*/*"), ("Connection", "close")]
    if content:
        found.append(("Content-Type", "application/json"))
    if target.secret is not None:
        secret = signing.opened(target.postback_id, target.secret)
        found += signing.headers(secret, event_id, int(time.time()), content or url.encode())
    return found


def _judged(status: int) -> str | None:
    """Why an answer is a failure."""
    if 200 <= status < 300:
        return None
    if 300 <= status < 400:
        return "it redirects, which is not followed: give the last address"
    return f"it answered {status}"


def _shortened(head: bytes) -> str:
    """
    >>> _shortened(b"OK" + bytes([0, 10]) + "ç".encode())
    'OK  ç'
    """
    text = head[: SHOWN * 4].decode("utf-8", "replace")
    return "".join(char if char.isprintable() else " " for char in text)[:SHOWN].strip()
