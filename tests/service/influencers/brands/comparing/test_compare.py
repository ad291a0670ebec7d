"""GET /v1/brands/compare: snapshots nearest to the bounds, and what isn't known with its reason."""

import csv
from io import StringIO
from typing import Any

import httpx

PERIOD = {"from": "2026-03-01T00:00:00Z", "to": "2026-03-29T00:00:00Z"}


async def brand(client: httpx.AsyncClient, name: str, snapshots: dict[str, int]) -> tuple[str, str]:
    accounts = [{"platform": "instagram", "handle": name}]
    body: dict[str, Any] = {"name": name, "kind": "competitor", "accounts": accounts}
    made = (await client.post("/v1/brands", json=body)).json()
    path = f"/v1/brands/{made['id']}"
    for day, followers in snapshots.items():
        body = {"as_of": f"{day}T00:00:00Z", "followers": followers}
        assert (await client.post(f"{path}/snapshots", json=body)).status_code == 201
    return made["id"], path


async def compared(client: httpx.AsyncClient, *brands: str, **asked: Any) -> list[dict[str, Any]]:
    answer = await client.get("/v1/brands/compare", params={"ids": ",".join(brands), **PERIOD, **asked})
    assert answer.status_code == 200, answer.text
    told: list[dict[str, Any]] = answer.json()["brands"]
    return told


async def test_the_nearest_snapshots_count_on_either_side(client: httpx.AsyncClient) -> None:
    told = [
        await brand(
            client, "iki", {"2026-02-27": 100, "2026-03-04": 105, "2026-03-31": 150, "2026-04-20": 999}
        ),
        await brand(client, "tek", {"2026-03-10": 7}),
        await brand(client, "uzak", {"2025-12-01": 1, "2026-08-01": 2}),
        await brand(client, "hic", {}),
    ]
    answer = await compared(client, *(one for one, _ in told))
    first = answer[0]["accounts"][0]
    assert (first["first_at"], first["last_at"]) == ("2026-02-27T00:00:00Z", "2026-03-31T00:00:00Z")
    assert (first["net_followers"], first["growth"], answer[0]["net_followers"]) == (50, 0.5, 50)
    reasons = [(one["net_followers"], one["followers_reason"], one["net_accounts"]) for one in answer]
    assert reasons == [
        (50, None, 1),
        (None, "one_snapshot", 0),
        (None, "no_snapshot", 0),
        (None, "no_snapshot", 0),
    ]


async def test_posts_of_the_period_are_measured(client: httpx.AsyncClient) -> None:
    told, path = await brand(client, "marka", {"2026-03-01": 1_000})
    silent, _ = await brand(client, "sessiz", {})
    posts = [
        {"platform_id": "1", "published_at": "2026-02-20T00:00:00Z", "likes": 999, "comments": 0},
        {
            "platform_id": "2",
            "published_at": "2026-03-02T00:00:00Z",
            "likes": 20,
            "comments": 0,
            "caption": "#Çay",
        },
        {
            "platform_id": "3",
            "published_at": "2026-03-03T00:00:00Z",
            "likes": 40,
            "comments": 0,
            "caption": "#çay",
        },
        {
            "platform_id": "4",
            "published_at": "2026-03-04T00:00:00Z",
            "likes": 5,
            "views": 50,
            "format": "reel",
        }
        | {"comments": 0},
    ]
    seen = [one | {"observed_at": "2026-03-22T00:00:00Z"} for one in posts]
    assert (await client.post(f"{path}/posts", json={"posts": seen})).json()["created"] == 4
    first, second = await compared(client, told, silent, top=1)
    account = first["accounts"][0]
    assert (account["posts"], account["posts_per_week"], account["posts_reason"]) == (3, 1.0, None)
    assert [(one["format"], one["value"], one["n"]) for one in first["engagement"]] == [
        ("feed", 0.03, 2),
        ("reel", 0.1, 1),
    ]
    assert [(one["engagements"], one["published_at"]) for one in account["top_posts"]] == [
        (40, "2026-03-03T00:00:00Z")
    ]
    assert [(one["posts"], one["engagements"]) for one in first["top_hashtags"]] == [(2, 60)]
    assert (second["posts_per_week"], second["posts_reason"], second["engagement"]) == (
        None,
        "no_posts_known",
        [],
    )
    sheet = await client.get("/v1/brands/compare.csv", params={"ids": f"{told},{silent}", **PERIOD})
    rows = list(csv.DictReader(StringIO(sheet.text.removeprefix("\ufeff"))))
    assert [(row["brand"], row["posts_per_week"], row["engagement_rate_feed"]) for row in rows] == [
        ("marka", "1.0", ""),
        ("marka", "1.0", "0.03"),
        ("sessiz", "", ""),
        ("sessiz", "", ""),
    ]
    wrong = {"ids": told, "from": PERIOD["to"], "to": PERIOD["from"]}
    assert (await client.get("/v1/brands/compare", params=wrong)).status_code == 400
