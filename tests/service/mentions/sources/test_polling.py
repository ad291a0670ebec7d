"""Feeds that are asked: when, with which marks, and what becomes of every answer."""

import gzip
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest

from service.kit import outgoing
from service.kit.db import Connection
from service.mentions.sources import asking, jobs
from service.mentions.sources.pacing import next_wait
from tests.service.mentions.sources.conftest import Json, Make, Site

Look = Callable[[], Awaitable[None]]

ITEM = "<item><title>{0}</title><link>/y/{0}</link><description>metin {0}</description></item>"


def feed(*names: str) -> str:
    items = "".join(ITEM.format(name) for name in names)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>B</title>{items}</channel></rss>'


async def poll(client: httpx.AsyncClient, made: Json, look: Look) -> Json:
    answer = await client.post(f"/v1/listening/sources/{made['id']}/poll")
    assert answer.status_code == 202, answer.text
    await look()
    found: Json = (await client.get(f"/v1/listening/sources/{made['id']}")).json()
    return found


async def test_a_feed_is_asked_with_its_marks(
    client: httpx.AsyncClient, source: Make, look: Look, site: Site, open_site: None, owner: Connection
) -> None:
    site.put("/feed", gzip.compress(feed("a", "b").encode()), ETag='"v1"', Content_Encoding="gzip")
    made = await source("rss", url=site.url("/feed"), interval_s=600)
    assert (made["status"], made["inbound_url"]) == ("waiting", None)
    found = await poll(client, made, look)
    assert (found["status"], found["last_result"]["created"], found["failures"]) == ("ok", 2, 0)
    mentions = (await client.get("/v1/mentions")).json()["data"]
    assert {one["url"] for one in mentions} == {site.url("/y/a"), site.url("/y/b")}
    assert {one["kind"] for one in mentions} == {"article"}
    wait = await owner.fetchval("select due_at - elci_now() from mention_sources")
    assert timedelta(seconds=530) < wait < timedelta(seconds=670)
    site.put("/feed", status=304)
    found = await poll(client, made, look)
    assert site.asked[-1][1]["if-none-match"] == '"v1"'
    assert (found["status"], found["last_result"]["created"]) == ("ok", 2)
    # Undated entries keep the time of the first look at them.
    site.put("/feed", feed("a", "b", "c"))
    found = await poll(client, made, look)
    assert [found["last_result"][name] for name in ("created", "updated", "unchanged")] == [1, 0, 2]
    times = {one["native_id"] or one["url"]: one["published_at"] for one in mentions}
    again = (await client.get("/v1/mentions")).json()["data"]
    assert {(one["native_id"] or one["url"]): one["published_at"] for one in again}.items() >= times.items()


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (404, b"", "missing"),
        (503, b"", "server"),
        (200, b"<html>404</html>", "no_feed"),
        (403, b"", "denied"),
    ],
)
async def test_failures_wait_longer(
    client: httpx.AsyncClient,
    source: Make,
    look: Look,
    site: Site,
    open_site: None,
    owner: Connection,
    status: int,
    body: bytes,
    error: str,
) -> None:
    site.put("/feed", body, status, Retry_After="7000")
    made = await source("rss", url=site.url("/feed"), interval_s=60)
    found = await poll(client, made, look)
    assert (found["status"], found["last_error"], found["failures"]) == ("failing", error, 1)
    assert await owner.fetchval("select due_at - elci_now() from mention_sources") > timedelta(seconds=6_900)
    site.put("/feed", feed("a")[:-20])
    found = await poll(client, made, look)
    assert (found["status"], found["last_result"]["faults"][0]["why"]) == ("ok", "malformed")
    assert found["counts"]["created"] == 1


async def test_one_that_is_gone_rests(
    client: httpx.AsyncClient, source: Make, look: Look, site: Site, open_site: None
) -> None:
    site.put("/feed", status=410)
    made = await source("rss", url=site.url("/feed"))
    assert (await poll(client, made, look))["status"] == "paused"
    assert (await client.post(f"/v1/listening/sources/{made['id']}/poll")).status_code == 409
    twin = await client.post(
        "/v1/listening/sources", json={"kind": "rss", "name": "b", "url": site.url("/feed")}
    )
    assert twin.status_code == 409
    site.put("/new", feed("a"))
    changed = await client.patch(
        f"/v1/listening/sources/{made['id']}", json={"url": site.url("/new"), "paused": False}
    )
    assert changed.json()["status"] == "waiting"
    assert (await poll(client, made, look))["counts"]["created"] == 1


async def test_one_that_breaks_keeps_no_other_waiting(
    client: httpx.AsyncClient,
    source: Make,
    look: Look,
    site: Site,
    open_site: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real = jobs.arrive

    async def breaks(*given: Any) -> Any:
        if given[4].reports[0].title == "odd":
            raise RuntimeError("odd")
        return await real(*given)

    monkeypatch.setattr(jobs, "arrive", breaks)
    site.put("/odd", feed("odd"))
    site.put("/good", feed("a"))
    odd = await source("rss", url=site.url("/odd"))
    good = await source("rss", url=site.url("/good"))
    found = await poll(client, odd, look)
    assert (found["status"], found["last_error"]) == ("failing", "unexpected")
    assert (await poll(client, good, look))["counts"]["created"] == 1


async def test_a_subreddit_is_asked_for_its_list(
    client: httpx.AsyncClient, source: Make, look: Look, site: Site, open_site: None
) -> None:
    site.put(
        "/r/Turkey/new.json",
        b'{"kind": "Listing", "data": {"after": "t3_z", "children": [{"kind": "t3", "data": {"name": "t3_a",'
        b' "title": "Kahve", "selftext": "iyi", "created_utc": 1700000000.0, "permalink": "/r/T/a/"}}]}}',
    )
    made = await source("reddit", url=site.url("/r/Turkey/new/"))
    found = await poll(client, made, look)
    assert (found["cursor"], found["counts"]["created"]) == ("t3_z", 1)


async def test_what_is_asked_is_bounded(site: Site) -> None:
    site.put("/large", b"x" * 2_000)
    site.put("/bomb", gzip.compress(b"x" * 1_000_000), Content_Encoding="gzip")
    site.put("/lie", b"plain", Content_Encoding="gzip")
    site.put("/loop", status=302, Location="/loop")
    site.put("/inside", status=302, Location="http://169.254.169.254/")
    site.put("/moved", status=301, Location="/ok")
    site.put("/ok", b"ok")
    async with outgoing.client([("127.0.0.1", site.port)], timeout_s=2) as client:
        assert (await client.fetch(site.url("/moved"), most=1_000)).body == b"ok"
        for path in ("/large", "/bomb"):
            with pytest.raises(outgoing.Oversized):
                await client.fetch(site.url(path), most=1_000)
        whys = [(await asking.get(client, site.url(path), {})).why for path in ("/lie", "/loop", "/inside")]
    assert whys == ["connection", "redirects", "refused"]


@pytest.mark.parametrize(
    ("interval", "failures", "asked", "low", "high"),
    [
        (900, 0, None, 810, 990),
        (900, 2, None, 3_240, 3_960),
        (900, 99, None, 77_760, 95_040),
        (604_800, 5, None, 544_320, 665_280),
        (60, 0, 3_600, 3_600, 3_600),
        (60, 0, 10**9, 604_800, 604_800),
    ],
)
def test_the_wait_doubles_and_heeds_the_server(
    interval: int, failures: int, asked: int | None, low: int, high: int
) -> None:
    waits = [next_wait(interval, failures, asked, chance).total_seconds() for chance in (0, 0.5, 1)]
    assert (waits[0], waits[2]) == (low, high)
