"""GET /v1/links/{id}/clicks: pages, filters, and nothing of who it was."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from service.kit import ids
from service.kit.db import Database
from tests.service.links import stored_clicks


@pytest.fixture
async def link(client: httpx.AsyncClient, database: Database) -> str:
    """A link with seven clicks, the last one an hour ago; two of a bot."""
    await client.patch("/v1/workspace", json={"destination_hosts": ["shop.example"]})
    made = (await client.post("/v1/links", json={"url": "https://shop.example/x"})).json()
    workspace = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])
    at = datetime.now(UTC) - timedelta(hours=1)
    clicks = [
        stored_clicks.click(
            at - timedelta(minutes=number // 2),
            ids.read("lnk", made["id"]),
            visitor=bytes([number] * 16) if number % 2 else None,
            country="TR" if number < 4 else "DE",
            sub1=f"s{number}",
            **({"reasons": ["bot"]} if number >= 5 else {}),
        )
        for number in range(7)
    ]
    await stored_clicks.store(database, workspace, clicks)
    return str(made["id"])


async def _get(client: httpx.AsyncClient, link: str, **params: Any) -> dict[str, Any]:
    answer = await client.get(f"/v1/links/{link}/clicks", params=params)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def test_pages_come_the_newest_first_and_say_nothing_of_visitors(
    client: httpx.AsyncClient, link: str
) -> None:
    seen, cursor = [], None
    while True:
        page = await _get(client, link, limit=2, **({"cursor": cursor} if cursor else {}))
        seen += page["data"]
        cursor = page["next_cursor"]
        if not page["has_more"]:
            break
    assert len({each["id"] for each in seen}) == len(seen) == 7
    assert [each["clicked_at"] for each in seen] == sorted(
        (each["clicked_at"] for each in seen), reverse=True
    )
    assert seen[0]["link_id"] == link
    assert seen[0]["id"].startswith("clk_")
    assert not {"visitor", "user_agent", "address"} & set(seen[0])


@pytest.mark.parametrize(
    ("params", "subs"),
    [
        ({"counted": "false"}, {"s5", "s6"}),
        ({"counted": "true", "country": "DE"}, {"s4"}),
        ({"reason": "bot"}, {"s5", "s6"}),
        ({"reason": "velocity"}, set()),
        ({"unique": "true"}, {"s1", "s3", "s5"}),
        ({"country": "FR"}, set()),
    ],
)
async def test_filters(client: httpx.AsyncClient, link: str, params: Any, subs: set[str]) -> None:
    assert {each["sub1"] for each in (await _get(client, link, **params))["data"]} == subs


async def test_a_span_of_time(client: httpx.AsyncClient, link: str) -> None:
    newest = (await _get(client, link))["data"][0]["clicked_at"]
    assert {each["sub1"] for each in (await _get(client, link, **{"from": newest}))["data"]} == {"s0", "s1"}
    assert {each["sub1"] for each in (await _get(client, link, to=newest))["data"]} == {
        f"s{number}" for number in range(2, 7)
    }


@pytest.mark.parametrize("params", [{"reason": "none"}, {"country": "TUR"}, {"from": "x"}, {"cursor": "%"}])
async def test_what_is_no_filter_is_told(client: httpx.AsyncClient, link: str, params: Any) -> None:
    assert (await client.get(f"/v1/links/{link}/clicks", params=params)).status_code == 400


async def test_a_link_of_others_is_unknown(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient, link: str
) -> None:
    assert (await other_client.get(f"/v1/links/{link}/clicks")).status_code == 404
