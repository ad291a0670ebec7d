"""The filter `worked_with` and the veto of competitors; merges, their undoing, and erasures."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.service.discovery.api import Json, brief, ids_of, influencer, made, scores

Take = Callable[..., Awaitable[dict[str, Any]]]
HEAD = "handle,platform,brand,finished at,exclusive until,engagements\n"


def _day(ago: int) -> str:
    return (datetime.now(UTC) - timedelta(days=ago)).date().isoformat()


def _row(handle: str, brand: str, ago: int, until: int | None = None) -> str:
    return f"{handle},instagram,{brand},{_day(ago)},{'' if until is None else _day(-until)},5\n"


async def _found(client: httpx.AsyncClient, **worked_with: Any) -> list[str]:
    page = await made(client, "/v1/search/influencers", {"filters": {"worked_with": worked_with}}, status=200)
    return [row["id"] for row in page["data"]]


async def _three(client: httpx.AsyncClient) -> list[str]:
    return [await influencer(client, name, er=0.05) for name in ("Ayse Oz", "Can Su", "Ece Ay")]


async def _brand(client: httpx.AsyncClient, name: str) -> str:
    return str((await made(client, "/v1/brands", {"name": name, "kind": "competitor"}))["id"])


async def test_worked_with(client: httpx.AsyncClient, take: Take) -> None:
    ayse, can, _ = await _three(client)
    vestel = await _brand(client, "Vestel")
    await take(
        HEAD + _row("ayse.oz", "VESTEL", 10) + _row("can.su", "Vestel", 200) + _row("ece.ay", "Bosch", 1)
    )
    assert sorted(await _found(client, brand_ids=[vestel])) == sorted([ayse, can])
    assert await _found(client, brand_ids=[vestel], within_days=30) == [ayse]
    bosch = await _brand(client, "Bosch")
    assert len(await _found(client, brand_ids=[vestel, bosch])) == 3
    assert await _found(client, brand_ids=["brd_00000000000000000000000000"]) == []


async def test_who_did_not_work_with(client: httpx.AsyncClient, take: Take) -> None:
    _, *others = await _three(client)
    vestel = await _brand(client, "Vestel")
    await take(HEAD + _row("ayse.oz", "Vestel", 10))
    filters = {"not": {"worked_with": {"brand_ids": [vestel]}}}
    page = await made(client, "/v1/search/influencers", {"filters": filters}, status=200)
    assert sorted(row["id"] for row in page["data"]) == sorted(others)


@pytest.mark.parametrize(
    ("ago", "until", "days", "struck"),
    [
        (10, None, None, True),
        (89, None, None, True),
        (91, None, None, False),
        (91, None, 120, True),
        (10, None, 5, False),
        (200, 1, None, True),
        (200, -1, None, False),
        (200, 30, 0, True),
        (1, None, 0, False),
    ],
)
async def test_competitors_veto(
    client: httpx.AsyncClient, take: Take, ago: int, until: int | None, days: int | None, struck: bool
) -> None:
    ayse, *_ = await _three(client)
    vestel = await _brand(client, "Vestel")
    await take(HEAD + _row("ayse.oz", "Vestel", ago, until) + _row("can.su", "Bosch", 1))
    vetoes = {} if days is None else {"vetoes": {"exclusivity_days": days}}
    page = await scores(client, await brief(client, competitors=[vestel], **vetoes))
    rows = {row["influencer"]["id"]: row for row in page["data"]}
    assert [key for key, row in rows.items() if row["fit"].get("vetoes")] == [ayse] * struck
    if struck:
        fit = rows[ayse]["fit"]
        assert (fit["vetoes"], fit["score"]) == (["competitor_exclusivity"], 0)
        assert "exclusive to a competitor" in " ".join(rows[ayse]["sentences"])


async def test_without_competitors_nobody_is_out(client: httpx.AsyncClient, take: Take) -> None:
    await _three(client)
    await _brand(client, "Vestel")
    await take(HEAD + _row("ayse.oz", "Vestel", 1, 30))
    page = await scores(client, await brief(client))
    assert not [row for row in page["data"] if row["fit"].get("vetoes")]
    assert len(ids_of(page)) == 3


async def test_a_brief_keeps_its_days(client: httpx.AsyncClient) -> None:
    made_brief = await made(client, "/v1/briefs", {"name": "x", "vetoes": {"exclusivity_days": 30}})
    assert made_brief["vetoes"]["exclusivity_days"] == 30
    assert (await made(client, "/v1/briefs", {"name": "y"}))["vetoes"]["exclusivity_days"] == 90
    answer = await client.post("/v1/briefs", json={"name": "z", "vetoes": {"exclusivity_days": -1}})
    assert answer.status_code == 400


async def test_merges_are_followed_and_taken_back(client: httpx.AsyncClient, take: Take) -> None:
    ayse, can, ece = await _three(client)
    vestel = await _brand(client, "Vestel")
    await take(HEAD + _row("ayse.oz", "Vestel", 10))
    first: Json = await made(client, "/v1/influencers/merge", {"keep": can, "merge": [ayse]}, status=200)
    assert await _found(client, brand_ids=[vestel]) == [can]
    second: Json = await made(client, "/v1/influencers/merge", {"keep": ece, "merge": [can]}, status=200)
    assert await _found(client, brand_ids=[vestel]) == [ece]
    [row] = (await client.get(f"/v1/outcomes?influencer_id={ece}")).json()["data"]
    assert (row["influencer_id"], row["influencer_name"]) == (ece, "Ece Ay")
    for merge, kept, owner in ((second, ece, can), (first, can, ayse)):
        answer = await client.post(f"/v1/influencers/{kept}/merges/{merge['merge_id']}/undo")
        assert answer.status_code == 200, answer.text
        assert await _found(client, brand_ids=[vestel]) == [owner]


async def test_an_erasure_takes_outcomes_along(client: httpx.AsyncClient, take: Take) -> None:
    ayse, *_ = await _three(client)
    await take(HEAD + _row("ayse.oz", "Vestel", 10) + _row("can.su", "Vestel", 10))
    await made(client, f"/v1/influencers/{ayse}/erase", {"reason": "asked"}, status=200)
    rows = (await client.get("/v1/outcomes")).json()["data"]
    assert [row["influencer_name"] for row in rows] == ["Can Su"]
