"""The check of links: what each answer says, and that only the public web is asked."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any, NamedTuple

import httpx
import msgspec
import pytest

from service.kit import ids, jobs, outgoing
from service.kit.db import Database
from service.kit.outgoing import Refused
from service.links.health import asking
from service.links.health.judging import Finding, judged, worst
from service.settings import Settings
from tests.service.links.conftest import Json, Make, allow, made


class Shop(NamedTuple):
    """A server on this machine, and what it was asked."""

    port: int
    asked: list[str]


ANSWERS = {
    "/ok": b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    "/gone": b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n",
    "/wall": b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n",
    "/moved": b"HTTP/1.1 301 Moved\r\nLocation: /ok\r\nContent-Length: 0\r\n\r\n",
    "/loop": b"HTTP/1.1 302 Found\r\nLocation: /loop\r\nContent-Length: 0\r\n\r\n",
    "/inside": b"HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/latest\r\nContent-Length: 0\r\n\r\n",
    "/home": b"HTTP/1.1 302 Found\r\nLocation: http://localhost:1/\r\nContent-Length: 0\r\n\r\n",
    "/file": b"HTTP/1.1 302 Found\r\nLocation: file:///etc/passwd\r\nContent-Length: 0\r\n\r\n",
    "/user": b"HTTP/1.1 302 Found\r\nLocation: http://a@shop.example/\r\nContent-Length: 0\r\n\r\n",
    "/nonsense": b"not http\r\n\r\n",
    "/broken": b"HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n",
}
MISSING = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


@pytest.fixture
async def shop() -> AsyncIterator[Shop]:
    asked: list[str] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        method, path, _ = head.split(" ", 2)
        asked.append(f"{method} {path}")
        if path == "/hangs":
            await reader.read()
        if path == "/get-only" and method == "GET":
            writer.write(ANSWERS["/ok"])
        else:
            writer.write(ANSWERS.get(path, MISSING))
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port: int = server.sockets[0].getsockname()[1]
    yield Shop(port, asked)
    server.close()


@pytest.mark.parametrize(
    ("path", "result", "status"),
    [
        ("ok", "ok", 200),
        ("moved", "ok", 200),
        ("get-only", "ok", 200),
        ("gone", "dead", 410),
        ("missing", "dead", 404),
        ("loop", "dead", 302),
        ("wall", "unsure", 403),
        ("broken", "unsure", 500),
        ("hangs", "unsure", None),
        ("nonsense", "dead", None),
        ("inside", "refused", None),
        ("home", "refused", None),
        ("file", "refused", None),
        ("user", "refused", None),
    ],
)
async def test_answers(shop: Shop, path: str, result: str, status: int | None) -> None:
    async with outgoing.client([("127.0.0.1", shop.port)], timeout_s=1) as client:
        found = await asking.look(client, f"http://127.0.0.1:{shop.port}/{path}")
    assert (found.result, found.status_code) == (result, status)
    assert (found.reason is None) == (result == "ok")


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:{port}/ok",
        "http://localhost:{port}/ok",
        "http://[::1]:{port}/ok",
        "http://[::ffff:127.0.0.1]:{port}/ok",
        "http://0x7f000001:{port}/ok",
        "http://2130706433:{port}/ok",
        "http://127.1:{port}/ok",
        "http://0.0.0.0:{port}/ok",
        "http://169.254.169.254/latest",
        "http://[::ffff:10.0.0.1]/",
        "http://[64:ff9b::7f00:1]/",
        "http://[2002:7f00:1::]/",
        "http://10.0.0.1/",
        "http://user@shop.example/",
        "http://user:pw@127.0.0.1:{port}/ok",
        "file:///etc/passwd",
        "gopher://127.0.0.1:{port}/",
        "http://127.0.0.1:{port}/ok\r\nX: y",
        "http:\\\\127.0.0.1:{port}/ok",
        "//127.0.0.1:{port}/ok",
        "http://",
    ],
)
async def test_only_the_public_web_is_asked(shop: Shop, url: str) -> None:
    async with outgoing.client(timeout_s=2) as client:
        found = await asking.look(client, url.replace("{port}", str(shop.port)))
    assert found.result in ("refused", "dead"), found
    assert shop.asked == []


@pytest.mark.parametrize("answers", [["127.0.0.1"], ["93.184.215.14", "127.0.0.1"], ["::1"], ["fd00::1"]])
async def test_a_name_that_resolves_inside_is_refused(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, answers: list[str]
) -> None:
    async def resolved(host: str, port: int) -> list[str]:
        return answers

    monkeypatch.setattr(outgoing, "resolve", resolved)
    async with outgoing.client(timeout_s=2) as client:
        with pytest.raises(Refused):
            await client.look(f"http://shop.example:{shop.port}/ok")
    assert shop.asked == []


async def test_the_address_that_was_checked_is_the_one_that_is_asked(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name is resolved once: what it resolves to a moment later plays no part."""
    calls = []

    async def resolved(host: str, port: int) -> list[str]:
        calls.append(host)
        return ["127.0.0.1"]

    monkeypatch.setattr(outgoing, "resolve", resolved)
    async with outgoing.client([("shop.example", shop.port)], timeout_s=2) as client:
        assert (await client.look(f"http://shop.example:{shop.port}/ok")).status == 200
    assert calls == ["shop.example"]


def test_a_link_is_as_well_as_its_worst_destination() -> None:
    ok, unsure, dead, refused = Finding("ok", 200), judged(503, 0, 5), judged(404, 0, 5), Finding("refused")
    assert worst([ok, unsure]) == unsure
    assert worst([unsure, dead, ok]) == dead
    assert worst([dead, refused]) == refused


@pytest.fixture
def checking(settings: Settings, database: Database, shop: Shop) -> Callable[[], Awaitable[None]]:
    near = msgspec.structs.replace(settings, allow_targets=(("127.0.0.1", shop.port),))

    async def run() -> None:
        await jobs.run_queued(near, database)

    return run


async def test_the_job_writes_its_findings_on_the_links(
    client: httpx.AsyncClient, shop: Shop, partner: Make, checking: Callable[[], Awaitable[None]]
) -> None:
    await allow(client, "127.0.0.1", "10.0.0.1")
    base = f"http://127.0.0.1:{shop.port}"
    who = await partner()

    async def link(url: str, **fields: Any) -> Json:
        return await made(client, "/v1/links", {"url": url, **fields})

    ok = await link(f"{base}/ok")
    mixed = await link(f"{base}/ok", targets=[{"url": f"{base}/gone"}], partner_id=who["id"])
    resting = await link(f"{base}/ok", targets=[{"url": f"{base}/gone", "weight": 0}])
    inside = await link("http://10.0.0.1/")
    retired = await link(f"{base}/gone")
    await client.delete(f"/v1/links/{retired['id']}")

    job = await made(client, "/v1/links/check", {}, status=202)
    await checking()
    done = (await client.get(f"/v1/jobs/{job['id']}")).json()
    assert done["status"] == "succeeded", done
    assert done["result"] == {"checked": 4, "ok": 2, "dead": 1, "unsure": 0, "refused": 1}
    assert done["progress"] == {"done": 4, "total": 4}
    assert shop.asked.count("HEAD /ok") == 1

    for row, result in ((ok, "ok"), (resting, "ok"), (mixed, "dead"), (inside, "refused")):
        shown = (await client.get(f"/v1/links/{row['id']}")).json()
        assert shown["health"]["result"] == result
    [shown] = (await client.get("/v1/links?health=dead")).json()["data"]
    assert shown["id"] == mixed["id"]
    told = shown["health"]
    assert (told["status_code"], told["reason"]) == (410, "nothing is there")
    assert (await client.get(f"/v1/links/{retired['id']}")).json()["health"] is None

    changed = await client.patch(f"/v1/links/{mixed['id']}", json={"targets": []})
    assert changed.json()["health"] is None
    await made(client, "/v1/links/check", {"partner_id": who["id"]}, status=202)
    await checking()
    assert (await client.get(f"/v1/links/{mixed['id']}")).json()["health"]["result"] == "ok"


async def test_others_links_are_not_checked(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient
) -> None:
    await allow(other_client, "shop.example")
    theirs = await made(other_client, "/v1/links", {"url": "https://shop.example/"})
    for link_id in (theirs["id"], ids.show("lnk", ids.new())):
        answer = await client.post("/v1/links/check", json={"link_ids": [link_id]})
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/link-not-found")
