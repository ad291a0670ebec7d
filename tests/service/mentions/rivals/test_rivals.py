"""GET /v1/listening/compare: brands with what is said of them."""

import csv
from io import StringIO
from typing import Any

import httpx

PERIOD = {"from": "2026-11-01T00:00:00Z", "to": "2026-11-30T00:00:00Z"}


async def heard(client: httpx.AsyncClient, name: str, kind: str, *expressions: str) -> str:
    brand: str = (await client.post("/v1/brands", json={"name": name, "kind": kind})).json()["id"]
    for expression in expressions:
        body = {"name": expression, "expression": expression, "brand_id": brand}
        assert (await client.post("/v1/listening/queries", json=body)).status_code == 201
    return brand


async def test_brands_share_what_is_said(client: httpx.AsyncClient, other_client: httpx.AsyncClient) -> None:
    brands = [
        await heard(client, "Bizim", "own", "kahve", "kahveci"),
        await heard(client, "=Rakip", "competitor", "çay"),
        await heard(client, "Sessiz", "competitor", "salep"),
        await heard(client, "Sorgusuz", "competitor"),
    ]
    texts: list[tuple[str, int | None, str]] = [
        ("kahve kahveci", 100, "2026-11-05"),
        ("kahve ile çay", None, "2026-11-06"),
        ("çay", 300, "2026-11-07"),
        ("çay", 900, "2026-10-01"),
        ("başka", 900, "2026-11-07"),
    ]
    sent = [
        {
            "native_id": str(at),
            "platform": "x",
            "text": text,
            "reach": reach,
            "published_at": f"{day}T00:00:00Z",
        }
        for at, (text, reach, day) in enumerate(texts)
    ]
    results = (await client.post("/v1/mentions", json={"mentions": sent})).json()["results"]
    for at, label in ((0, "positive"), (1, "negative"), (2, "neutral")):
        await client.patch(f"/v1/mentions/{results[at]['id']}", json={"label": label})
    asked: dict[str, Any] = {"ids": ",".join(brands), **PERIOD}
    told = (await client.get("/v1/listening/compare", params=asked)).json()
    assert told["declared"] == brands[:3]
    voices = [one["voice"] for one in told["brands"]]
    assert [one["mentions"] for one in voices] == [2, 2, 0, None]
    assert [one["share_of_voice"]["share"] for one in voices] == [0.5, 0.5, 0.0, None]
    assert [one["share_of_reach"]["share"] for one in voices] == [0.25, 0.75, 0.0, None]
    assert [one["net_sentiment"] for one in voices] == [0.0, -1.0, None, None]
    assert [one["unlabelled"] for one in voices] == [0, 0, 0, 0]
    assert (told["own"]["share_of_voice"], told["own"]["share_of_engagement"]) == (0.5, None)
    assert [one["brand"]["followers_reason"] for one in told["brands"]] == ["no_accounts"] * 4
    sheet = await client.get("/v1/listening/compare.csv", params=asked)
    rows = list(csv.DictReader(StringIO(sheet.text.removeprefix("\ufeff"))))
    assert [(row["brand"], row["share_of_voice"]) for row in rows][:2] == [
        ("Bizim", "0.5"),
        ("'=Rakip", "0.5"),
    ]
    assert (await other_client.get("/v1/listening/compare", params=asked)).status_code == 404


async def test_both_scopes_are_needed(client: httpx.AsyncClient, anonymous: httpx.AsyncClient) -> None:
    brand = await heard(client, "Bizim", "own")
    body = {"name": "k", "scopes": ["mentions:read"]}
    key = (await client.post("/v1/api-keys", json=body)).json()["secret"]
    headers = {"Authorization": f"Bearer {key}"}
    answer = await anonymous.get("/v1/listening/compare", params={"ids": brand}, headers=headers)
    assert (answer.status_code, answer.json()["scope"]) == (403, "brands:read")
