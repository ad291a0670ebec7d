"""Merging: everything is kept, and can be given back."""

import httpx

from service.kit.db import Connection

COUNTED = ("influencer_accounts", "influencer_snapshots", "influencer_posts", "influencer_rates")


def named(name: str, platform: str, **more: object) -> dict:
    return {
        "name": name,
        "tags": [name],
        "notes": f"notu {name}",
        "contacts": [{"email": f"{name}@posta.example"}],
        "accounts": [{"platform": platform, "handle": name, "followers": 10}],
        "rates": [{"platform": platform, "format": "post", "price": {"amount": 1, "currency": "TRY"}}],
    } | more


async def made(client: httpx.AsyncClient, body: dict) -> dict:
    answer = await client.post("/v1/influencers", json=body)
    assert answer.status_code == 201, answer.text
    row = answer.json()
    if row["accounts"]:
        posts = {"posts": [{"platform_id": "1", "likes": 1}]}
        await client.post(f"/v1/influencers/{row['id']}/posts", json=posts)
    return (await client.get(f"/v1/influencers/{row['id']}")).json()


async def three(client: httpx.AsyncClient) -> list[dict]:
    return [
        await made(client, named("ece", "instagram")),
        await made(client, named("ecesu", "tiktok", city="Bursa", bio="b")),
        await made(client, named("e.su", "youtube", city="Van", country="TR")),
    ]


def about(person: dict) -> dict:
    """A profile without what every change moves."""
    return {name: value for name, value in person.items() if name not in ("version", "updated_at")}


async def read(client: httpx.AsyncClient, person: dict) -> dict:
    return (await client.get(f"/v1/influencers/{person['id']}")).json()


async def counts(owner: Connection) -> dict[str, int]:
    return {table: await owner.fetchval(f"select count(*) from {table}") for table in COUNTED}


async def test_a_merge_keeps_everything(client: httpx.AsyncClient, owner: Connection) -> None:
    people = await three(client)
    before = await counts(owner)
    request = {"keep": people[0]["id"], "merge": [people[1]["id"], people[2]["id"]]}
    answer = await client.post("/v1/influencers/merge", json=request)
    assert answer.status_code == 200, answer.text
    merged = answer.json()
    assert merged["moved"] == {
        "accounts": 2,
        "snapshots": 2,
        "audiences": 0,
        "follower_samples": 0,
        "follower_sets": 0,
        "posts": 2,
        "rates": 2,
        "contacts": 2,
    }
    assert await counts(owner) == before
    kept = await read(client, people[0])
    assert kept == merged["influencer"]
    assert {a["handle"] for a in kept["accounts"]} == {"ece", "ecesu", "e.su"}
    assert (kept["name"], kept["city"], kept["country"], kept["bio"]) == ("ece", "Bursa", "TR", "b")
    assert kept["tags"] == ["ece", "ecesu", "e.su"]
    assert kept["notes"] == "notu ece\n\nnotu ecesu\n\nnotu e.su"
    gone = await read(client, people[1])
    assert (gone["merged_into"], gone["accounts"]) == (people[0]["id"], [])
    assert [row["id"] for row in (await client.get("/v1/influencers")).json()["data"]] == [people[0]["id"]]


async def test_a_dry_run_shows_and_changes_nothing(client: httpx.AsyncClient) -> None:
    people = await three(client)
    request = {"keep": people[0]["id"], "merge": [people[1]["id"]]}
    shown = (await client.post("/v1/influencers/merge?dry_run=true", json=request)).json()
    assert (shown["dry_run"], shown["merge_id"], shown["moved"]["accounts"]) == (True, None, 1)
    assert shown["influencer"]["city"] == "Bursa"
    assert [await read(client, person) for person in people] == people


async def test_a_merge_can_be_taken_back(client: httpx.AsyncClient) -> None:
    people = await three(client)
    keep = people[0]["id"]
    merges = [
        (await client.post("/v1/influencers/merge", json={"keep": keep, "merge": [one["id"]]})).json()
        for one in people[1:]
    ]
    path = f"/v1/influencers/{keep}/merges"
    first, second = (f"{path}/{one['merge_id']}/undo" for one in merges)
    assert (await client.post(first)).json()["type"] == "/problems/cannot-undo"
    assert (await client.post(second)).status_code == 200
    assert (await client.post(first)).status_code == 200
    assert [about(await read(client, person)) for person in people] == [about(person) for person in people]
    listed = (await client.get(path)).json()["data"]
    assert [one["undone_at"] is not None for one in listed] == [True, True]
    assert (await client.post(first)).status_code == 409


async def test_a_price_of_both_is_not_doubled(client: httpx.AsyncClient) -> None:
    first = await made(client, named("a", "instagram"))
    second = await made(client, named("b", "instagram"))
    merged = await client.post("/v1/influencers/merge", json={"keep": first["id"], "merge": [second["id"]]})
    assert len(merged.json()["influencer"]["rates"]) == 1


async def test_what_can_not_be_merged(client: httpx.AsyncClient) -> None:
    one, two, three_ = await three(client)
    await client.post(f"/v1/influencers/{three_['id']}/opt-out", json={})
    unknown = "inf_00000000000000000000000000"
    cases = [
        ({"keep": one["id"], "merge": [one["id"]]}, 409),
        ({"keep": one["id"], "merge": [three_["id"]]}, 409),
        ({"keep": one["id"], "merge": [unknown]}, 404),
        ({"keep": unknown, "merge": [one["id"]]}, 404),
        ({"keep": one["id"], "merge": []}, 400),
        ({"keep": one["id"], "merge": [two["id"]], "force": True}, 400),
    ]
    for body, status in cases:
        assert (await client.post("/v1/influencers/merge", json=body)).status_code == status, body
    await client.post("/v1/influencers/merge", json={"keep": one["id"], "merge": [two["id"]]})
    again = await client.post("/v1/influencers/merge", json={"keep": one["id"], "merge": [two["id"]]})
    assert again.status_code == 409


async def test_a_part_of_a_profile_is_not_one(client: httpx.AsyncClient) -> None:
    one, two, _ = await three(client)
    await client.post("/v1/influencers/merge", json={"keep": one["id"], "merge": [two["id"]]})
    path = f"/v1/influencers/{two['id']}"
    for action, body in (("restore", None), ("opt-out", {}), ("opt-in", {"reason": "x"}), ("erase", None)):
        answer = await client.post(f"{path}/{action}", json=body)
        assert (answer.status_code, answer.json()["influencer_id"]) == (409, one["id"]), action
    assert (await client.post(f"/v1/influencers/{one['id']}/erase")).json()["counts"]["influencers"] == 2
    assert (await client.get(path)).status_code == 404
