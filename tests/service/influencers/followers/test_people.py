"""Identities that become one person, and people who are forgotten."""

import httpx
import pytest
from pyroaring import BitMap

from graph.audiences import HashSample, bottom
from service.influencers.followers.reading import linked_platforms
from service.kit.db import Connection, Database
from tests.service.influencers.followers.test_followers import (
    known,
    made,
    members,
    put,
    shown,
    workspace_of,
)


def link(one: object, other: object, *, to: str = "tiktok") -> dict:
    return {"a": {"platform": "instagram", "id": str(one)}, "b": {"platform": to, "id": str(other)}}


async def linked(client: httpx.AsyncClient, *links: dict, **params: object) -> dict:
    answer = await client.post("/v1/followers/links", json={"links": list(links)}, params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def erased(client: httpx.AsyncClient, name: str, platform: str = "instagram", **params: object) -> dict:
    answer = await client.post("/v1/followers/erase", json={"platform": platform, "id": name}, params=params)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def platforms_of(client: httpx.AsyncClient, database: Database) -> set[frozenset[str]]:
    workspace = await workspace_of(client)
    async with database.transaction(workspace) as db:
        return await linked_platforms(db, workspace)


async def test_nobody_is_the_same_elsewhere_until_it_is_said(
    client: httpx.AsyncClient, database: Database
) -> None:
    here, there = await made(client, "here"), await made(client, "there", "tiktok")
    await put(client, here, ["a", "b", "c"])
    await put(client, there, ["a", "x", "y"])
    one, other = map(members, await known(client, database, here, there))
    assert not one & other
    assert await platforms_of(client, database) == set()
    answer = await linked(client, link("A", "@x"), link("b", "y"))
    assert (answer["linked"], answer["sets_changed"], answer["rejected"]) == (2, 1, 0)
    one, other = map(members, await known(client, database, here, there))
    assert (len(one & other), len(one | other)) == (2, 4)
    assert await platforms_of(client, database) == {frozenset(("instagram", "tiktok"))}
    assert [(await shown(client, each))[0]["linked"] for each in (here, there)] == [2, 2]
    again = await linked(client, link("a", "x"))
    assert (again["linked"], again["unchanged"], again["sets_changed"]) == (0, 1, 0)


async def test_links_hold_for_lists_to_come(client: httpx.AsyncClient, database: Database) -> None:
    await linked(client, link("a", "x"), link("b", "y"), link("a", "z", to="x"))
    here, there = await made(client, "here"), await made(client, "there", "tiktok")
    third = await made(client, "third", "x")
    await put(client, here, ["a", "b", "c"])
    await put(client, there, ["x", "w"])
    await put(client, third, ["z"])
    one, other, last = map(members, await known(client, database, here, there, third))
    assert (len(one & other), len(one & other & last)) == (1, 1)
    assert len(await platforms_of(client, database)) == 3


async def test_links_join_groups(client: httpx.AsyncClient, database: Database, owner: Connection) -> None:
    """Seen red where only the named identities were renumbered, and not those linked to them before."""
    await linked(client, link("a", "x"))
    await linked(client, link("b", "y"), link("b", "z", to="x"))
    await linked(client, link("a", "y"))
    rows = await owner.fetch("select ordinal, linked from followers")
    assert len(rows) == 5
    assert {tuple(row) for row in rows} == {(rows[0]["ordinal"], True)}
    third = await made(client, "third", "x")
    await put(client, third, ["z"])
    (only,) = map(members, await known(client, database, third))
    assert only == BitMap([rows[0]["ordinal"]])


async def test_links_keep_hash_samples_true(client: httpx.AsyncClient, database: Database) -> None:
    here, there = await made(client, "here"), await made(client, "there", "tiktok")
    await put(client, here, range(3_000))
    await put(client, there, range(10_000, 14_000), keep=1_000)
    await linked(client, *(link(number, 10_000 + number) for number in range(2_500)))
    (full, kept) = await known(client, database, here, there)
    assert isinstance(kept.audience, HashSample)
    assert (kept.audience.size, len(kept.audience.hashes)) == (4_000, 1_000)
    again = await put(client, there, range(10_000, 14_000))
    assert (again["basis"], again["added"], again["removed"]) == ("exact", 0, 0)
    (full, whole) = await known(client, database, here, there)
    assert len(members(full) & members(whole)) == 2_500
    assert kept.audience.hashes.tolist() == bottom(members(whole), 1_000).hashes.tolist()


async def test_two_accounts_of_one_person_on_a_platform_count_once(client: httpx.AsyncClient) -> None:
    here = await made(client)
    await put(client, here, ["a", "b", "c"])
    await put(client, here, ["a", "b"], of="likers", basis="uniform_sample", size=50)
    assert (await linked(client, link("a", "b", to="instagram")))["sets_changed"] == 2
    assert [(one["of"], one["size"], one["sampled"]) for one in await shown(client, here)] == [
        ("likers", 49, 1),
        ("followers", 2, 2),
    ]


async def test_wrong_links_are_listed_and_the_others_taken(client: httpx.AsyncClient) -> None:
    await erased(client, "gone")
    answer = await linked(
        client, link("a", "x y"), link("a", "A", to="instagram"), link("gone", "x"), link("b", "y")
    )
    counted = (answer["linked"], answer["rejected"], answer["suppressed"])
    assert counted == (1, 2, 1)
    assert [(one["index"], one["reason"]) for one in answer["rejects"]] == [
        (0, "white_space"),
        (1, "self_loop"),
    ]


@pytest.mark.parametrize("key", [{}, {"Idempotency-Key": "abcdefgh-1"}])
async def test_links_are_tried(client: httpx.AsyncClient, owner: Connection, key: dict) -> None:
    """Under a key too, whose transaction goes on. Seen red there without a savepoint."""
    body = {"links": [link("a", "x")]}
    answer = await client.post("/v1/followers/links?dry_run=true", json=body, headers=key)
    assert (answer.json()["linked"], answer.json()["dry_run"]) == (1, True)
    assert await owner.fetchval("select count(*) from followers") == 0


@pytest.mark.parametrize(
    "body",
    [
        {"links": []},
        {"links": [link("a", "b")] * 10_001},
        {"links": [link("a", "b", to="myspace")]},
        {"links": [link("", "b")]},
        {},
    ],
)
async def test_what_are_no_links(client: httpx.AsyncClient, body: dict) -> None:
    assert (await client.post("/v1/followers/links", json=body)).status_code == 400


async def test_somebody_is_forgotten_everywhere(client: httpx.AsyncClient, owner: Connection) -> None:
    here, there = await made(client, "here"), await made(client, "there", "tiktok")
    await put(client, here, ["a", "b", "c"])
    await put(client, there, ["x"])
    await put(client, here, ["a", "b"], of="likers", basis="uniform_sample", size=50)
    await linked(client, link("a", "x"))
    tried = await erased(client, "@A", dry_run=True)
    assert tried == {"identities": 2, "sets": 3, "dry_run": True}
    assert len(await shown(client, here)) == 2
    assert await erased(client, "@A") == {"identities": 2, "sets": 3, "dry_run": False}
    assert [(one["of"], one["size"], one["sampled"]) for one in await shown(client, here)] == [
        ("likers", 49, 1),
        ("followers", 2, 2),
    ]
    assert [(one["size"], one["basis"]) for one in await shown(client, there)] == [(0, "exact")]
    assert await owner.fetchval("select count(*) from followers") == 2
    assert await erased(client, "a") == {"identities": 0, "sets": 0, "dry_run": False}


async def test_who_is_forgotten_does_not_come_back(client: httpx.AsyncClient) -> None:
    here = await made(client)
    await erased(client, "a")
    answer = await put(client, here, ["a", "A", "b"])
    assert (answer["size"], answer["suppressed"]) == (1, 1)
    refused = await client.put(f"/v1/influencers/{here['id']}/followers?force=true", content=b"a\n")
    assert refused.json()["type"] == "/problems/no-followers"
    elsewhere = await made(client, "there", "tiktok")
    assert (await put(client, elsewhere, ["a"]))["suppressed"] == 0, "nobody said that it is the same person"


async def test_an_erasure_is_logged_without_a_name(client: httpx.AsyncClient) -> None:
    await erased(client, "zumrudu")
    log = await client.get("/v1/audit-log")
    assert log.status_code == 200, log.text
    assert "follower.erased" in log.text
    assert "zumrudu" not in log.text


async def test_an_id_that_names_nobody(client: httpx.AsyncClient) -> None:
    answer = await client.post("/v1/followers/erase", json={"platform": "x", "id": "a b"})
    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, "id")


async def test_an_erased_influencer_is_no_follower_either(
    client: httpx.AsyncClient, owner: Connection
) -> None:
    accounts = [
        {"platform": "instagram", "handle": "Ece.Yazar", "platform_id": "4242"},
        {"platform": "tiktok", "handle": "ece"},
    ]
    ece = (await client.post("/v1/influencers", json={"name": "Ece", "accounts": accounts})).json()
    await put(client, ece, ["a"], account_id=ece["accounts"][0]["id"])
    can, cem = await made(client, "can"), await made(client, "cem", "tiktok")
    await put(client, can, ["ece.yazar", "4242", "ece", "b"])
    await put(client, cem, ["ECE", "d"])
    tried = (await client.post(f"/v1/influencers/{ece['id']}/erase?dry_run=true")).json()
    assert tried["counts"]["follower_sets"] == 1
    assert (await shown(client, can))[0]["size"] == 4
    await client.post(f"/v1/influencers/{ece['id']}/erase")
    assert [(await shown(client, one))[0]["size"] for one in (can, cem)] == [2, 1]
    assert await owner.fetchval("select count(*) from follower_sets") == 2
    again = await put(client, can, ["ece.yazar", "4242", "ece", "b"])
    assert (again["size"], again["suppressed"]) == (2, 2)


async def test_who_may_not_write_may_not_erase(client: httpx.AsyncClient, app) -> None:  # type: ignore[no-untyped-def]
    key = (await client.post("/v1/api-keys", json={"name": "r", "scopes": ["influencers:read"]})).json()
    headers = {"Authorization": f"Bearer {key['secret']}"}
    for path, body in (
        ("erase", {"platform": "x", "id": "a"}),
        ("links", {"links": [link("a", "b")]}),
    ):
        answer = await client.post(f"/v1/followers/{path}", json=body, headers=headers)
        assert answer.status_code == 403
