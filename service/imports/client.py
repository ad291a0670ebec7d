"""Uploading a file and following its import, as a client of the API: for the command line and the demo."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from pathlib import Path

import httpx
import msgspec

from service.imports.schemas import Import, RejectedRow
from service.kit.paging import Page

PIECE = 256 * 1024
LOOK_S = 0.3
PATIENCE_S = 120.0
"""How long a server that is being started again is waited for."""

FINAL = ("succeeded", "failed", "cancelled")


class Refused(Exception):
    """The server did not take the request; the message is its reason."""


def connect(url: str, key: str) -> httpx.AsyncClient:
    """A client of the API with a key."""
    headers = {"Authorization": f"Bearer {key}"}
    return httpx.AsyncClient(base_url=url, headers=headers, timeout=httpx.Timeout(60.0))


def size(file: Path) -> int:
    """The file's bytes."""
    return file.stat().st_size


async def upload(
    http: httpx.AsyncClient, file: Path, asked: Mapping[str, str], sent: Callable[[int], None]
) -> Import:
    """Sends a file; `sent` is told how many bytes have gone. Raises Refused."""
    headers = {"Content-Length": str(size(file)), "Content-Type": "application/octet-stream"}
    params = {"filename": file.name[-255:], **asked}
    try:
        answer = await http.post("/v1/imports", params=params, content=_pieces(file, sent), headers=headers)
    except httpx.TransportError as error:
        raise Refused(f"the upload broke off: {type(error).__name__}") from error
    return msgspec.json.decode(good(answer), type=Import)


async def _pieces(file: Path, sent: Callable[[int], None]) -> AsyncIterator[bytes]:
    done = 0
    with await asyncio.to_thread(file.open, "rb") as source:
        while piece := await asyncio.to_thread(source.read, PIECE):
            yield piece
            done += len(piece)
            sent(done)


async def follow(http: httpx.AsyncClient, import_id: str, changed: Callable[[Import], None]) -> Import:
    """The import when it has ended; `changed` is told on the way. Raises Refused.

    It looks rather than listens: so it gets over a server that is started again meanwhile.
    """
    loop = asyncio.get_running_loop()
    deadline = loop.time() + PATIENCE_S
    while True:
        try:
            answer = await http.get(f"/v1/imports/{import_id}")
        except httpx.TransportError as error:
            if loop.time() > deadline:
                raise Refused(f"the server is gone: {type(error).__name__}") from error
            await asyncio.sleep(LOOK_S)
            continue
        if answer.status_code not in (429, 503):
            deadline = loop.time() + PATIENCE_S
            made = msgspec.json.decode(good(answer), type=Import)
            changed(made)
            if made.status in FINAL:
                return made
        elif loop.time() > deadline:
            good(answer)
        await asyncio.sleep(LOOK_S)


async def settled(http: httpx.AsyncClient) -> None:
    """Waits until nothing is worked on in the background: what follows an import counts for scores.

    Gives up in silence after a while, as where no worker runs. Raises Refused.
    """
    deadline = asyncio.get_running_loop().time() + PATIENCE_S
    while asyncio.get_running_loop().time() < deadline:
        # A job that ends may have queued the next one: only none of both is the end.
        if not [status for status in ("queued", "running") if await _has_jobs(http, status)]:
            return
        await asyncio.sleep(LOOK_S)


async def _has_jobs(http: httpx.AsyncClient, status: str) -> bool:
    answer = await http.get("/v1/jobs", params={"status": status, "limit": 1})
    return bool(msgspec.json.decode(good(answer))["data"])


async def rejects(http: httpx.AsyncClient, import_id: str, most: int) -> list[RejectedRow]:
    """The first rows that were not taken in. Raises Refused."""
    answer = await http.get(f"/v1/imports/{import_id}/rejects", params={"limit": most})
    return msgspec.json.decode(good(answer), type=Page[RejectedRow]).data


async def cancel(http: httpx.AsyncClient, import_id: str) -> None:
    """Asks an import to stop."""
    await http.delete(f"/v1/imports/{import_id}")


def good(answer: httpx.Response) -> bytes:
    """The body of an answer. Raises Refused, with the problem's text, where it is no success."""
    if answer.is_success:
        return answer.content
    try:
        problem = answer.json()
        errors = "; ".join(f"{one['path']}: {one['message']}" for one in problem.get("errors", []))
        raise Refused(f"{problem['detail']} {errors}".strip())
    except (ValueError, KeyError, TypeError) as error:
        raise Refused(f"the server answered {answer.status_code}") from error
