"""Audiences compared through the API, recomputed in plain arithmetic."""

from math import prod
from typing import Any

import httpx
import pytest

from scoring.audience import WEIGHTS
from tests.service.discovery.api import Json, influencer, made

TR = {"country": {"TR": 0.8, "DE": 0.2}, "gender": {"female": 0.7, "male": 0.3}}
DE = {"country": {"TR": 0.3, "DE": 0.7}, "gender": {"female": 0.5, "male": 0.5}}
TOP = {"country": {"TR": 0.7}}


async def compare(client: httpx.AsyncClient, *ids: str, **more: Any) -> Json:
    return await made(client, "/v1/audiences/compare", {"influencer_ids": list(ids)} | more, status=200)


async def test_pairs_are_those_of_the_formula(client: httpx.AsyncClient) -> None:
    ids = [
        await influencer(client, "One", audience=TR, sample=1_800),
        await influencer(client, "Two", audience=DE, sample=600),
        await influencer(client, "Top", audience=TOP, sample=1_800),
        await influencer(client, "None"),
    ]
    answer = await compare(client, *ids)
    pairs = {(pair["a"], pair["b"]): pair for pair in answer["pairs"]}
    assert len(pairs) == 6
    both = pairs[ids[0], ids[1]]
    total = WEIGHTS["country"] + WEIGHTS["gender"]
    score = 100 * prod(
        share ** (WEIGHTS[name] / total) for name, share in (("country", 0.5), ("gender", 0.8))
    )
    assert both["similarity"]["score"] == pytest.approx(score, abs=1e-3)
    assert both["similarity"]["confidence"] == pytest.approx(600 / 800, abs=1e-4)
    assert sum(term["points"] for term in both["similarity"]["terms"]) == pytest.approx(score, abs=0.01)
    country = next(each for each in both["dimensions"] if each["dimension"] == "country")
    assert country["overlap"] == pytest.approx(0.5, abs=1e-5)
    assert country["shared"] == [{"code": "TR", "a": 0.8, "b": 0.3}, {"code": "DE", "a": 0.2, "b": 0.7}]

    top = pairs[ids[0], ids[2]]
    assert top["similarity"]["score"] == pytest.approx(70.0, abs=1e-3)
    known = WEIGHTS["country"] * 0.7 * 0.9 / total
    assert top["similarity"]["confidence"] == pytest.approx(known, abs=1e-4)
    assert [each["dimension"] for each in top["dimensions"]] == ["country"]

    nothing = pairs[ids[0], ids[3]]
    assert (nothing["similarity"]["score"], nothing["similarity"]["reason"]) == (None, "no_distribution")
    assert nothing["dimensions"] == []

    matrix = answer["matrix"]
    assert matrix == [list(column) for column in zip(*matrix, strict=True)]
    assert [matrix[at][at] for at in range(4)] == [100.0, 100.0, 100.0, None]
    assert matrix[0][1] == both["similarity"]["score"]
    sides = answer["influencers"]
    assert [side["influencer"]["id"] for side in sides] == ids
    assert sides[0]["dimensions"] == ["country", "gender"]
    assert (sides[1]["sample_size"], sides[3]["account_id"]) == (600, None)


async def test_the_order_of_the_request_turns_the_answer_only(client: httpx.AsyncClient) -> None:
    one, two = await influencer(client, "One", audience=TR), await influencer(client, "Two", audience=DE)
    here, there = await compare(client, one, two), await compare(client, two, one)
    assert here["matrix"] == there["matrix"]
    assert here["pairs"][0]["similarity"]["terms"] == there["pairs"][0]["similarity"]["terms"]
    [first], [second] = (
        [each["shared"][0] for each in answer["pairs"][0]["dimensions"] if each["dimension"] == "gender"]
        for answer in (here, there)
    )
    assert (first["a"], first["b"]) == (second["b"], second["a"])


async def test_identical_audiences_are_100(client: httpx.AsyncClient) -> None:
    many = {"interests": {"Güzellik": 0.9, "Spor": 0.8}, "country": {"TR": 0.6}}
    ids = [await influencer(client, name, audience=many) for name in ("One", "Two")]
    [pair] = (await compare(client, *ids, shared_codes=1))["pairs"]
    assert pair["similarity"]["score"] == 100.0
    interests = next(each for each in pair["dimensions"] if each["dimension"] == "interests")
    assert interests["shared"] == [{"code": "Güzellik", "a": 0.9, "b": 0.9}]


async def test_the_newest_audience_of_the_largest_account(client: httpx.AsyncClient) -> None:
    one, two = await influencer(client, "One", audience=TR), await influencer(client, "Two", audience=DE)
    newer = [{"dimension": "country", "code": "DE", "share": 1.0}]
    answer = await client.put(
        f"/v1/influencers/{one}/audience", json={"distributions": newer, "as_of": "2026-11-30T00:00:00Z"}
    )
    assert answer.status_code == 200, answer.text
    compared = await compare(client, one, two)
    assert compared["influencers"][0]["dimensions"] == ["country"]


async def test_fifty_at_once(client: httpx.AsyncClient) -> None:
    ids = [await influencer(client, f"Who {number}", audience=TR) for number in range(50)]
    answer = await compare(client, *ids)
    assert len(answer["pairs"]) == 1_225
    assert {pair["similarity"]["score"] for pair in answer["pairs"]} == {100.0}


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"influencer_ids": []},
        {"influencer_ids": ["inf_00000000000000000000000000"]},
        {"influencer_ids": ["inf_00000000000000000000000000"] * 2},
        {"influencer_ids": [f"inf_{number:026}" for number in range(51)]},
        {"influencer_ids": "inf_00000000000000000000000000"},
        {"influencer_ids": [1, 2]},
        {"influencer_ids": [f"inf_{number:026}" for number in range(2)], "shared_codes": 21},
        {"influencer_ids": [f"inf_{number:026}" for number in range(2)], "shared_codes": -1},
        {"influencer_ids": [f"inf_{number:026}" for number in range(2)], "mode": "exact"},
    ],
)
async def test_bad_bodies_are_400(client: httpx.AsyncClient, body: Json) -> None:
    assert (await client.post("/v1/audiences/compare", json=body)).status_code == 400


async def test_others_and_unknown_are_404(client: httpx.AsyncClient, other_client: httpx.AsyncClient) -> None:
    one, two = await influencer(client, "One", audience=TR), await influencer(client, "Two", audience=DE)
    own = await influencer(other_client, "Own", audience=TR)
    for ids in ([one, two], [own, one]):
        answer = await other_client.post("/v1/audiences/compare", json={"influencer_ids": ids})
        assert (answer.status_code, answer.json()["title"]) == (404, "Influencer not found")
    answer = await client.post("/v1/audiences/compare", json={"influencer_ids": [one, "nonsense"]})
    assert answer.status_code == 404
