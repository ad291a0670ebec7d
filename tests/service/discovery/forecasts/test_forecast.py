"""Forecasts through the API."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from service.discovery.plans import loading
from tests.service.discovery.api import Json, made
from tests.service.discovery.plans.cast import paths, person, plan
from tests.service.discovery.shortlists.lists import shortlist

pytestmark = pytest.mark.anyio
Drain = Callable[[], Awaitable[None]]
NOW = datetime.now(UTC)


async def posts(client: httpx.AsyncClient, key: str, views: int, likes: int) -> None:
    """Eight posts of the feed that are all alike."""
    lines: list[dict[str, Any]] = [
        {
            "platform_id": f"p{at}",
            "published_at": (NOW - timedelta(days=5 + at)).isoformat(),
            "format": "post",
            "views": views,
            "likes": likes,
            "comments": 0,
            "followers": 1_000,
        }
        for at in range(8)
    ]
    await made(client, f"/v1/influencers/{key}/posts", {"posts": lines}, status=200)


async def forecast(client: httpx.AsyncClient, on_list: str, status: int = 200, **params: Any) -> Json:
    answer = await client.get(f"/v1/shortlists/{on_list}/forecast", params=params)
    assert answer.status_code == status, answer.text
    found: Json = answer.json()
    return found


async def two(client: httpx.AsyncClient) -> tuple[str, str]:
    one = await person(client, "One", range(100), 300)
    other = await person(client, "Other", range(50, 140), 200)
    await posts(client, one, 800, 40)
    await posts(client, other, 500, 10)
    return one, other


async def test_a_budget_brings_what_the_accounts_own_posts_bring(client: httpx.AsyncClient) -> None:
    one, other = await two(client)
    on_list = await shortlist(client, [one, other])
    found = await forecast(client, on_list, budget=500, budgets="0,250,500,9000")
    assert (found["spend"], found["objective"], found["optimality"]) == (
        {"amount": 500, "currency": "TRY"},
        "unique_reach",
        1.0,
    )
    views = found["views"]
    assert (views["value"], views["low"], views["high"], views["basis"]) == (1300, 1300, 1300, "own_history")
    assert found["engagements"]["value"] == pytest.approx(50.0)
    assert found["cpm"]["value"] == round(500 / 1_300 * 1_000)
    assert [found["cpe"][name] for name in ("value", "low", "high", "currency")] == [10, 10, 10, "TRY"]
    for name in ("clicks", "orders", "revenue"):
        assert (found[name]["value"], found[name]["reason"]) == (None, "no_history")
    assert found["unique_followers"]["value"] == 140.0
    # 80% and 50% of followers see a post.
    assert found["reach"]["value"] == pytest.approx(50 * 0.8 + 40 * 0.5 + 50 * (1 - 0.2 * 0.5))
    assert {each["influencer_id"]: each["views"]["value"] for each in found["influencers"]} == {
        one: 800,
        other: 500,
    }
    curve = [(point["budget"]["amount"], point["influencers"]) for point in found["curve"]]
    assert curve == [(0, 0), (250, 1), (500, 2), (9_000, 2)]
    values = [point["value"] for point in found["curve"]]
    assert values == sorted(values)
    assert values[2] == pytest.approx(found["reach"]["value"])


async def test_orders_follow_from_finished_collaborations(client: httpx.AsyncClient, drain: Drain) -> None:
    one, other = await two(client)
    on_list = await shortlist(client, [one, other])
    rows = [f"one,instagram,{(NOW - timedelta(days=at)).date()},{100 * at},{5 * at}" for at in range(1, 7)]
    body = "\n".join(["handle,platform,finished at,engagements,conversions", *rows])
    answer = await client.post("/v1/imports", params={"kind": "outcomes"}, content=body.encode())
    assert answer.status_code == 202, answer.text
    await drain()
    found = await forecast(client, on_list, budget=500)
    assert found["orders"]["value"] == pytest.approx(50 * 0.05)
    assert found["orders"]["n"] == 6.0


async def test_a_plan_is_forecast_as_it_stands(client: httpx.AsyncClient) -> None:
    one, other = await two(client)
    on_list = await shortlist(client, [one, other])
    stored = await plan(
        client, shortlist_id=on_list, budget=300, must_include=[other], posts=[{"format": "post"}]
    )
    found = await forecast(client, on_list, plan_id=stored["id"])
    assert (found["plan_id"], found["spend"]["amount"]) == (stored["id"], 200)
    assert [each["influencer_id"] for each in found["influencers"]] == [other]
    assert (found["views"]["value"], found["curve"]) == (500.0, [])
    assert found["reach"]["value"] == stored["answer"]["unique_reach"]["value"]
    another = await shortlist(client, [one])
    await forecast(client, another, 404, plan_id=stored["id"])
    refused = await forecast(client, on_list, 400, plan_id=stored["id"], budget=5, posts="reel")
    assert paths(refused) == ["budget", "posts"]


async def test_who_has_left_a_plan_is_in_no_figure_of_its_forecast(client: httpx.AsyncClient) -> None:
    one, other = await two(client)
    on_list = await shortlist(client, [one, other])
    stored = await plan(client, shortlist_id=on_list, budget=500)
    assert (await forecast(client, on_list, plan_id=stored["id"]))["cpm"]["value"] == round(500_000 / 1_300)
    await made(client, f"/v1/influencers/{one}/opt-out", {"reason": "asked"}, status=200)
    found = await forecast(client, on_list, plan_id=stored["id"])
    assert (found["spend"]["amount"], found["views"]["value"], found["cpm"]["value"]) == (200, 500.0, 400)
    for figure in (found["reach"], found["unique_followers"]):
        assert (figure["value"], figure["reason"]) == (None, "members_gone")
    assert "members_gone" in {note["code"] for note in found["notes"]}


async def test_where_all_can_be_paid_those_of_unknown_audience_are_too(client: httpx.AsyncClient) -> None:
    one, _ = await two(client)
    unseen = await person(client, "Unseen", None, 100)
    await posts(client, unseen, 300, 3)
    on_list = await shortlist(client, [one, unseen])
    found = await forecast(client, on_list, budget=400)
    assert found["views"]["value"] == 1_100.0
    assert (found["reach"]["value"], found["reach"]["reason"]) == (None, "no_audience_set")
    assert found["left_out"] == []
    assert "audiences_unknown" in {note["code"] for note in found["notes"]}
    short = await forecast(client, on_list, budget=399)
    assert [each["influencer_id"] for each in short["influencers"]] == [one]
    assert short["left_out"] == [{"influencer_id": unseen, "reason": "no_audience_set"}]


async def test_large_lists_are_planned_first(
    client: httpx.AsyncClient, drain: Drain, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, other = await two(client)
    on_list = await shortlist(client, [one, other])
    monkeypatch.setattr(loading, "MOST_AT_ONCE", -1)
    refused = await forecast(client, on_list, 400, budget=500)
    assert refused["type"].endswith("too-large-to-forecast")
    waiting = await plan(client, 202, shortlist_id=on_list, budget=500)
    early = await forecast(client, on_list, 409, plan_id=waiting["id"])
    assert early["type"].endswith("plan-not-ready")
    await drain()
    assert (await forecast(client, on_list, plan_id=waiting["id"]))["views"]["value"] == 1_300.0


async def test_what_is_asked_wrongly_is_told(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient
) -> None:
    one, other = await two(client)
    on_list = await shortlist(client, [one, other])
    assert paths(await forecast(client, on_list, 400)) == ["budget"]
    assert paths(await forecast(client, on_list, 400, budget=5, budgets="x,5")) == ["budgets[0]"]
    await forecast(client, on_list, 400, budget=-5)
    await forecast(other_client, on_list, 404, budget=5)
    euro = await forecast(client, on_list, budget=500, currency="EUR")
    assert {each["reason"] for each in euro["left_out"]} == {"other_currency"}
    assert euro["cpm"]["currency"] == "EUR"
