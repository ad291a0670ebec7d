"""The demo's calls of the API, as any client would make them."""

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import httpx
import msgspec

from service.demo.asking import Body, Wanted
from service.discovery.scores.schemas import ScorePage
from service.imports import client
from service.imports.schemas import Import
from service.kit.paging import Page

T = TypeVar("T")
TOP = 10
# Two minutes: a ranking without content is better than none.
LOOK_S = 0.25
MOST_LOOKS = 480


class Asked(msgspec.Struct, frozen=True):
    """A brief and its list, stored."""

    brief_id: str
    shortlist_id: str
    filters: Body


async def ask(http: httpx.AsyncClient, wanted: Wanted) -> Asked:
    """Brand, persona, brief and an empty list; those of an earlier demo are taken again. Raises Refused."""
    brand_id = await named(http, "/v1/brands", wanted.brand)
    persona_id = await named(http, "/v1/personas", wanted.persona)
    brief = {**wanted.brief, "brand_id": brand_id, "persona_ids": [persona_id]}
    brief_id = await named(http, "/v1/briefs", brief)
    shortlist_id = await named(http, "/v1/shortlists", {**wanted.shortlist, "brief_id": brief_id})
    return Asked(brief_id, shortlist_id, wanted.filters)


async def rank(http: httpx.AsyncClient, asked: Asked) -> ScorePage:
    """Puts the best for the brief on its list, and tells who they are. Raises Refused."""
    best = {"top": TOP, "filters": asked.filters, "language": "en"}
    put = await call(http, "POST", f"/v1/shortlists/{asked.shortlist_id}/items", json=best)
    # The page of the run that the list was filled from: nobody is ranked twice.
    run = {"run_id": msgspec.json.decode(put)["run_id"], "limit": TOP, "language": "en"}
    page = await call(http, "POST", f"/v1/briefs/{asked.brief_id}/scores", json=run)
    return msgspec.json.decode(page, type=ScorePage)


async def has_all(http: httpx.AsyncClient, files: Sequence[Path]) -> bool:
    """Whether the workspace has taken these files in, byte for byte. Raises Refused."""
    answer = await call(http, "GET", "/v1/imports", params={"status": "succeeded", "limit": 100})
    known = {each.sha256 for each in msgspec.json.decode(answer, type=Page[Import]).data}
    return {await asyncio.to_thread(_digest, file) for file in files} <= known


def _digest(file: Path) -> str:
    with file.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()


async def named(http: httpx.AsyncClient, path: str, body: Body) -> str:
    """The id of the resource of that name, made where there is none. Raises Refused."""
    found = await find(http, path, "name", body["name"]) or msgspec.json.decode(
        await call(http, "POST", path, json=body)
    )
    return str(found["id"])


async def make(http: httpx.AsyncClient, path: str, body: Body) -> Body:
    """What a POST has made. Raises Refused."""
    made: Body = msgspec.json.decode(await call(http, "POST", path, json=body))
    return made


async def read(http: httpx.AsyncClient, path: str, kind: type[T], /, **asked: str) -> T:
    """A resource. Raises Refused."""
    return msgspec.json.decode(await call(http, "GET", path, params=asked), type=kind)


async def every(http: httpx.AsyncClient, path: str, kind: type[T], /, **asked: str) -> list[T]:
    """All pages of a list. Raises Refused."""
    found: list[T] = []
    cursor: dict[str, str] = {}
    while True:
        answer = await call(http, "GET", path, params={"limit": 100, **asked, **cursor})
        page = msgspec.json.decode(answer, type=Page[kind])  # type: ignore[valid-type]
        found += page.data
        if page.next_cursor is None:
            return found
        cursor = {"cursor": page.next_cursor}


async def find(http: httpx.AsyncClient, path: str, field: str, value: str) -> Body | None:
    """The first resource with that value among the newest hundred. Raises Refused."""
    known = msgspec.json.decode(await call(http, "GET", path, params={"limit": 100}))["data"]
    return next((each for each in known if each[field] == value), None)


async def until(http: httpx.AsyncClient, path: str, done: Callable[[Body], bool]) -> Body:
    """The resource when it is done, or as it is after two minutes. Raises Refused.

    What follows one thing is waited for by it alone: there may be other work in the background.
    """
    found: Body = msgspec.json.decode(await call(http, "GET", path))
    for _ in range(MOST_LOOKS):
        if done(found):
            break
        await asyncio.sleep(LOOK_S)
        found = msgspec.json.decode(await call(http, "GET", path))
    return found


async def call(http: httpx.AsyncClient, method: str, path: str, **more: Any) -> bytes:
    """The body of a good answer. Raises Refused."""
    try:
        return client.good(await http.request(method, path, **more))
    except httpx.TransportError as error:
        raise client.Refused(f"{http.base_url} does not answer: {type(error).__name__}") from error
