"""What web pages send with a publishable key."""

import asyncio
import datetime as dt
import hashlib
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from litestar import Litestar

from service.kit import ids, jobs
from service.kit.db import Connection, Database
from service.settings import Settings
from tests.service.links.agent_cases import BOTS, BROWSERS
from tests.service.links.conftest import Make

SHOP = "https://shop.example"
CHROME = BROWSERS[0][0]
HEADERS = {"Origin": SHOP, "User-Agent": CHROME, "Content-Type": "text/plain;charset=UTF-8"}


@pytest.fixture
async def page(client: httpx.AsyncClient, app: Litestar, link: Make) -> AsyncIterator[httpx.AsyncClient]:
    """A browser on a page of the shop, which has a link with `via`."""
    await link(via="ayse", sub1="bio")
    answer = await client.patch("/v1/workspace", json={"cors_origins": [SHOP]})
    assert answer.status_code == 200
    made = await client.post("/v1/api-keys", json={"name": "shop", "kind": "publishable"})
    assert made.status_code == 201, made.text
    transport = httpx.ASGITransport(app=app, client=("198.51.100.7", 5), raise_app_exceptions=False)
    async with httpx.AsyncClient(
        transport=transport,
        base_url="http://elci.test",
        headers=HEADERS,
        params={"key": made.json()["secret"]},
    ) as browser:
        yield browser


async def _click(page: httpx.AsyncClient, status: int = 201, **fields: Any) -> dict[str, Any]:
    headers = fields.pop("headers", {})
    answer = await page.post(
        "/v1/track/click", json={"via": "ayse", **fields}, headers={**HEADERS, **headers}
    )
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def _row(owner: Connection, shown: str) -> Any:
    return await owner.fetchrow("select * from clicks where id = $1", ids.read("clk", shown))


async def test_a_visit_with_via_is_a_click(page: httpx.AsyncClient, owner: Connection) -> None:
    sent = {"url": f"{SHOP}/?via=ayse", "referrer": "https://l.instagram.com/"}
    made = await _click(page, **sent)
    assert made["counted"]
    row = await _row(owner, made["click_id"])
    assert (row["kind"], row["counted"], row["unique"], row["reasons"]) == ("track", True, True, [])
    assert (row["device"], row["browser"], row["platform"]) == ("desktop", "Chrome", "instagram")
    assert (row["sub1"], row["user_agent"], len(row["visitor"])) == ("bio", CHROME, 16)
    # A click is found by its id alone: its time is the id's.
    assert int(row["clicked_at"].timestamp() * 1000) == row["id"].int >> 80


@pytest.mark.parametrize(
    ("origin", "reasons"),
    [
        ("https://shop.example", []),
        ("http://SHOP.example:8080", []),
        ("https://evil.example", ["foreign_origin"]),
        ("https://shop.example.evil.example", ["foreign_origin"]),
        ("null", ["foreign_origin"]),
        ("", ["foreign_origin"]),
        ("https://user@shop.example", ["foreign_origin"]),
    ],
)
async def test_only_own_pages_count(
    page: httpx.AsyncClient, owner: Connection, origin: str, reasons: list[str]
) -> None:
    made = await _click(page, headers={"Origin": origin})
    row = await _row(owner, made["click_id"])
    assert (row["reasons"], row["counted"], row["kind"]) == (reasons, not reasons, "track")
    assert made["counted"] == (not reasons)


async def test_bots_and_unique_visitors(page: httpx.AsyncClient, owner: Connection) -> None:
    bot = await _click(page, headers={"User-Agent": BOTS[0]})
    assert (await _row(owner, bot["click_id"]))["reasons"] == ["bot"]
    first, second = await _click(page), await _click(page)
    assert (await _row(owner, first["click_id"]))["unique"]
    assert not (await _row(owner, second["click_id"]))["unique"]


async def test_signals_of_privacy(page: httpx.AsyncClient, owner: Connection) -> None:
    made = await _click(page, headers={"Sec-GPC": "1"})
    row = await _row(owner, made["click_id"])
    assert (row["counted"], row["visitor"], row["unique"]) == (True, None, False)


async def test_what_is_sent_twice_is_one_click(page: httpx.AsyncClient, owner: Connection) -> None:
    made = await asyncio.gather(*(_click(page, event_id="e" * 12) for _ in range(5)))
    assert len({each["click_id"] for each in made}) == 1
    assert await _click(page, event_id="e" * 12) == made[0]
    assert await owner.fetchval("select count(*) from clicks") == 1


@pytest.mark.parametrize("state", ["retired", "expired", "over_cap"])
async def test_clicks_of_closed_links_are_kept_and_do_not_count(
    page: httpx.AsyncClient, client: httpx.AsyncClient, owner: Connection, state: str
) -> None:
    if state == "over_cap":
        await owner.execute("update links set cap = 1")
        await _click(page)
    elif state == "expired":
        await owner.execute("update links set expires_at = now() - interval '1 day'")
    else:
        await owner.execute("update links set retired_at = now()")
    made = await _click(page)
    assert (await _row(owner, made["click_id"]))["reasons"] == [state]


async def test_unknown_names_and_bodies(page: httpx.AsyncClient) -> None:
    assert (await _click(page, 404, via="kimse"))["type"].endswith("link-not-found")
    assert (await _click(page, 404, via="../../x"))["status"] == 404
    assert (await _click(page, 400, colour="red"))["errors"][0]["path"] == "colour"
    answer = await page.post("/v1/track/click", content=b"{")
    assert answer.status_code == 400
    answer = await page.post("/v1/track/click", content=b"x" * 20_000)
    assert answer.status_code == 413


async def test_keys(page: httpx.AsyncClient, client: httpx.AsyncClient, app: Litestar) -> None:
    secret = client.headers["Authorization"].removeprefix("Bearer ")
    for key in (None, "pk_nothing", secret):
        answer = await page.post(
            "/v1/track/click", params={"key": key} if key else {"key": ""}, json={"via": "ayse"}
        )
        assert answer.status_code == 401, key
    # A secret key has not the right of a page, even in the header; and a page's key opens nothing else.
    assert (await client.post("/v1/track/click", json={"via": "ayse"})).status_code == 403
    assert (await page.get("/v1/links", headers={"Content-Type": "application/json"})).status_code == 401
    public = page.params["key"]
    answer = await page.post(
        "/v1/track/click",
        params={"key": ""},
        json={"via": "ayse"},
        headers={"Authorization": f"Bearer {public}", "Content-Type": "application/json"},
    )
    assert answer.status_code == 201


async def test_any_page_may_send_and_read(page: httpx.AsyncClient) -> None:
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    answer = await page.options("/v1/track/events", headers={"Origin": "https://other.example", **asked})
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "content-type" in answer.headers["access-control-allow-headers"]
    for path, body in (("click", {"via": "ayse"}), ("click", {}), ("events", {"name": "page_view"})):
        answer = await page.post(f"/v1/track/{path}", json=body)
        assert answer.headers.get_list("access-control-allow-origin") == ["*"]
        assert "access-control-allow-credentials" not in answer.headers
    answer = await page.options("/v1/links", headers={"Origin": "https://other.example", **asked})
    assert "access-control-allow-origin" not in answer.headers


async def _event(page: httpx.AsyncClient, status: int = 201, **fields: Any) -> dict[str, Any]:
    answer = await page.post("/v1/track/events", json={"name": "page_view", **fields})
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_events_are_kept(page: httpx.AsyncClient, owner: Connection) -> None:
    click = (await _click(page))["click_id"]
    made = await _event(
        page,
        name="add_to_cart",
        click_id=click,
        url=f"{SHOP}/urun/1?mail=ayse@mail.example#x",
        product_id="sku-1",
        value={"amount": 12990, "currency": "TRY"},
    )
    assert (made["counted"], made["duplicate"]) == (True, False)
    row = await owner.fetchrow("select * from site_events")
    assert row["click_id"] == ids.read("clk", click)
    assert (row["name"], row["url_host"], row["url_path"]) == ("add_to_cart", "shop.example", "/urun/1")
    assert (row["product_id"], row["value"], row["currency"]) == ("sku-1", 12990, "TRY")
    assert "mail.example" not in str(dict(row))


async def test_a_cart_is_kept_as_a_digest(page: httpx.AsyncClient, owner: Connection) -> None:
    token = "c1-0123456789abcdef"
    await _event(page, name="begin_checkout", token=token)
    await _event(page, name="page_view")
    rows = await owner.fetch("select * from site_events order by id")
    assert [row["token_key"] for row in rows] == [hashlib.sha256(token.encode()).digest(), None]
    assert token not in str(dict(rows[0]))
    assert (await _event(page, 400, token="short"))["errors"][0]["path"] == "token"


async def test_an_event_that_comes_twice_is_kept_once(page: httpx.AsyncClient, owner: Connection) -> None:
    made = await asyncio.gather(*(_event(page, event_id="event-0001") for _ in range(5)))
    assert len({each["id"] for each in made}) == 1
    assert sorted(each["duplicate"] for each in made) == [False, True, True, True, True]
    assert await owner.fetchval("select count(*) from site_events") == 1


async def test_events_that_can_not_be(page: httpx.AsyncClient) -> None:
    now = dt.datetime.now(dt.UTC)
    wrong = await _event(page, 400, click_id="clk_x", occurred_at=(now - dt.timedelta(days=8)).isoformat())
    assert [error["path"] for error in wrong["errors"]] == ["click_id", "occurred_at"]
    assert (await _event(page, 400, name="purchase"))["status"] == 400
    assert (await _event(page, 400, occurred_at="2026-11-25T10:00:00"))["status"] == 400
    assert (await _event(page, 400, value={"amount": -1, "currency": "TRY"}))["status"] == 400


async def test_old_events_go(
    page: httpx.AsyncClient, owner: Connection, database: Database, settings: Settings
) -> None:
    await _event(page)
    await _click(page, event_id="event-0002")
    await jobs.run_scheduled(settings, database, "links.purge_events")
    assert await owner.fetchval("select count(*) from site_events") == 1
    await owner.execute("update site_events set occurred_at = now() - interval '400 days'")
    await owner.execute("update track_keys set created_at = now() - interval '3 days'")
    await jobs.run_scheduled(settings, database, "links.purge_events")
    assert await owner.fetchval("select count(*) from site_events") == 0
    assert await owner.fetchval("select count(*) from track_keys") == 0


async def test_one_visitor_does_not_use_up_the_limit_of_all(
    page: httpx.AsyncClient, app: Litestar, monkeypatch: pytest.MonkeyPatch
) -> None:
    from service.kit.limits import middleware
    from service.kit.limits.policy import Policy

    monkeypatch.setattr(middleware, "PAGES", Policy("pages", quota=3, window_s=60))
    answers = [
        (await page.post("/v1/track/events", json={"name": "page_view"})).status_code for _ in range(5)
    ]
    assert answers == [201, 201, 201, 429, 429]
    other = httpx.ASGITransport(app=app, client=("198.51.100.8", 5))
    async with httpx.AsyncClient(
        transport=other, base_url="http://elci.test", headers=HEADERS, params=page.params
    ) as neighbour:
        assert (await neighbour.post("/v1/track/events", json={"name": "page_view"})).status_code == 201


async def test_walls(page: httpx.AsyncClient, other_client: httpx.AsyncClient) -> None:
    made = await other_client.post("/v1/api-keys", json={"name": "shop", "kind": "publishable"})
    answer = await page.post("/v1/track/click", params={"key": made.json()["secret"]}, json={"via": "ayse"})
    assert answer.status_code == 404
