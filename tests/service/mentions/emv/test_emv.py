"""/v1/emv: tables in versions, and what posts and mentions are worth by them."""

import csv
from io import StringIO
from typing import Any

import httpx

from service.kit import ids

TABLE: dict[str, Any] = {
    "name": "Türkiye",
    "currency": "TRY",
    "as_of": "2026-10-01",
    "source": "our media agency",
    "rates": [
        {"platform": "instagram", "metric": "view", "per_thousand": 4_500},
        {"platform": "instagram", "metric": "like", "per_thousand": 1_001},
        {"platform": None, "metric": "click", "per_thousand": 250_000},
        {"platform": "x", "metric": "like", "per_thousand": 500},
    ],
}


async def make(client: httpx.AsyncClient, path: str, body: dict[str, Any]) -> dict[str, Any]:
    answer = await client.post(path, json=body)
    assert answer.status_code == 201, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def worth(client: httpx.AsyncClient, **asked: Any) -> dict[str, Any]:
    answer = await client.get("/v1/emv", params=asked)
    assert answer.status_code == 200, answer.text
    told: dict[str, Any] = answer.json()
    return told


async def test_versions_stay_as_they_are(client: httpx.AsyncClient, other_client: httpx.AsyncClient) -> None:
    first = await make(client, "/v1/emv/rate-tables", TABLE)
    dearer = TABLE | {"name": "türkiye", "rates": [TABLE["rates"][0] | {"per_thousand": 9_000}]}
    second = await make(client, "/v1/emv/rate-tables", dearer)
    assert (first["version"], second["version"], first["built_in"]) == (1, 2, False)
    path = f"/v1/emv/rate-tables/{first['id']}"
    assert (await client.get(path)).json() == first
    assert (await other_client.get(path)).status_code == 404
    figures = {"figures": [{"platform": "instagram", "view": 1_000}]}
    by_newest = (await client.post("/v1/emv/try", json=figures)).json()
    by_first = (await client.post("/v1/emv/try", json=figures | {"table": first["id"]})).json()
    assert [one["value"]["amount"] for one in (by_newest, by_first)] == [9_000, 4_500]
    assert by_first["method"]["table"]["version"] == 1
    assert "no standard" in by_first["method"]["note"]["en"]
    assert (await client.delete(f"/v1/emv/rate-tables/{second['id']}")).status_code == 204
    assert [one["id"] for one in (await client.get("/v1/emv/rate-tables")).json()["data"]] == [first["id"]]
    kept = await client.get("/v1/emv/rate-tables", params={"archived": True, "limit": 1})
    assert [one["id"] for one in kept.json()["data"]] == [second["id"]]
    assert kept.json()["has_more"]
    other = (await other_client.post("/v1/emv/try", json=figures)).json()
    assert (other["method"]["table"]["id"], other["value"]) == ("builtin", {"amount": 800, "currency": "USD"})
    assert (await client.delete("/v1/emv/rate-tables/builtin")).status_code == 400


async def test_a_bad_table_is_told_with_every_fault(client: httpx.AsyncClient) -> None:
    bad = TABLE | {"currency": "QQQ", "source": "a\u0000", "rates": [TABLE["rates"][0]] * 2}
    answer = await client.post("/v1/emv/rate-tables", json=bad)
    assert answer.status_code == 400
    assert [one["path"] for one in answer.json()["errors"]] == ["source", "currency", "rates.1"]


async def test_posts_of_an_influencer(client: httpx.AsyncClient) -> None:
    await make(client, "/v1/emv/rate-tables", TABLE)
    account = {"platform": "instagram", "handle": "kahve"}
    who = await make(client, "/v1/influencers", {"name": "Kahve", "accounts": [account]})
    brand = await make(
        client, "/v1/brands", {"name": "M", "accounts": [{"platform": "instagram", "handle": "Marka"}]}
    )
    posts = [
        {"platform_id": "1", "published_at": "2026-01-05T00:00:00Z", "views": 1_500, "likes": 500},
        {"platform_id": "2", "published_at": "2026-01-06T00:00:00Z", "caption": "@marka ile", "likes": 0},
        {"platform_id": "3", "published_at": "2026-01-07T00:00:00Z", "sponsored": True},
        {"platform_id": "4", "published_at": "2026-02-07T00:00:00Z", "views": 1_000_000},
    ]
    await client.post(f"/v1/influencers/{who['id']}/posts", json={"posts": posts})
    january = {"from": "2026-01-01T00:00:00Z", "to": "2026-02-01T00:00:00Z"}
    told = await worth(client, influencer_id=who["id"], **january)
    # 1500 x 45.00 / 1000 = 67.50; 500 x 10.01 / 1000 = 5.005, half to even.
    assert (told["of"], told["value"]) == ("posts", {"amount": 6_750 + 500, "currency": "TRY"})
    assert told["coverage"] == {
        "items": 3,
        "valued": 2,
        "without_figures": 1,
        "without_rate": 0,
        "share": 2 / 3,
    }
    lines = {line["metric"]: line for line in told["lines"]}
    assert (lines["like"]["known"], lines["like"]["quantity"], lines["like"]["value"]["amount"]) == (
        2,
        500,
        500,
    )
    assert (lines["click"]["value"], lines["click"]["reason"]) == (None, "no_figures")
    assert (lines["save"]["value"], lines["save"]["reason"]) == (None, "no_rate")
    paid = await worth(client, influencer_id=who["id"], sponsored=True, **january)
    assert (paid["value"], paid["reason"]) == (None, "no_figures")
    named = await worth(client, influencer_id=who["id"], brand_id=brand["id"], of="posts")
    assert (named["coverage"]["items"], named["value"]["amount"]) == (1, 0)
    none = await worth(client, influencer_id=who["id"], **{"from": "2027-01-01T00:00:00Z"})
    assert (none["value"], none["reason"], none["coverage"]["share"]) == (None, "no_items", None)
    sheet = await client.get("/v1/emv.csv", params={"influencer_id": who["id"], **january})
    rows = list(csv.DictReader(StringIO(sheet.text.removeprefix("\ufeff"))))
    total = rows.pop()
    assert int(total["value"]) == sum(int(row["value"]) for row in rows if row["value"]) == 7_250
    await client.post(f"/v1/influencers/{who['id']}/opt-out", json={"reason": "asked"})
    assert (await client.get("/v1/emv", params={"influencer_id": who["id"]})).status_code == 404


async def test_mentions_of_queries_count_once(client: httpx.AsyncClient) -> None:
    await make(client, "/v1/emv/rate-tables", TABLE)
    brand = await make(client, "/v1/brands", {"name": "Marka"})
    campaign = ids.show("cmp", ids.new())
    queries = [
        await make(
            client,
            "/v1/listening/queries",
            {"name": word, "expression": word, "brand_id": brand["id"], "campaign_id": campaign},
        )
        for word in ("kahve", "çay")
    ]
    told: list[dict[str, Any]] = [
        {"native_id": "1", "platform": "x", "text": "kahve çay", "likes": 2_000},
        {"native_id": "2", "platform": "x", "text": "kahve"},
        {"native_id": "3", "platform": "web", "text": "çay", "likes": 7},
    ]
    sent = [one | {"published_at": f"2026-11-0{at + 1}T00:00:00Z"} for at, one in enumerate(told)]
    await client.post("/v1/mentions", json={"mentions": sent})
    whole = await worth(client, brand_id=brand["id"])
    assert (whole["of"], whole["value"]["amount"]) == ("mentions", 1_000)
    counts = whole["coverage"]
    assert [counts[name] for name in ("items", "valued", "without_figures", "without_rate")] == [3, 1, 1, 1]
    assert [(one["platform"], one["reason"]) for one in whole["platforms"]] == [
        ("web", "no_rate"),
        ("x", None),
    ]
    assert (await worth(client, campaign_id=campaign))["coverage"] == counts
    one = await worth(client, query_id=queries[1]["id"], **{"from": "2026-11-02T00:00:00Z"})
    assert (one["coverage"]["items"], one["value"]) == (1, None)
    stranger = await make(client, "/v1/brands", {"name": "Başka"})
    crossed = await worth(client, query_id=queries[0]["id"], brand_id=stranger["id"])
    assert crossed["reason"] == "no_items"


async def test_what_can_not_be_asked_for(client: httpx.AsyncClient) -> None:
    for asked, paths in [
        ({}, ["influencer_id"]),
        ({"of": "posts", "query_id": "lsq_x"}, ["query_id", "influencer_id"]),
        ({"brand_id": "brd_x", "sponsored": "true"}, ["sponsored"]),
    ]:
        answer = await client.get("/v1/emv", params=asked)
        assert answer.status_code == 400, answer.text
        assert [one["path"] for one in answer.json()["errors"]] == paths
    unknown = ids.show("inf", ids.new())
    assert (await client.get("/v1/emv", params={"influencer_id": unknown})).status_code == 404
