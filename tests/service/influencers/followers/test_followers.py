"""Lists of followers over HTTP: put, looked at, replaced, deleted; and what others read of them."""

import asyncio
import gzip
from collections.abc import Iterable
from uuid import UUID

import httpx
import pytest
from pyroaring import BitMap

from graph.audiences import Everybody, HashSample, UniformSample, bottom
from service.influencers.followers import turns
from service.influencers.followers.reading import KnownSet, audience_sets
from service.kit import ids
from service.kit.db import Connection, Database

DAY = "2026-11-01T00:00:00Z"


async def made(client: httpx.AsyncClient, handle: str = "ece", *platforms: str) -> dict:
    accounts = [{"platform": one, "handle": handle} for one in platforms or ("instagram",)]
    answer = await client.post("/v1/influencers", json={"name": handle, "accounts": accounts})
    assert answer.status_code == 201, answer.text
    return answer.json()


def listed(people: Iterable[object]) -> bytes:
    return "".join(f"{one}\n" for one in people).encode()


async def put(client: httpx.AsyncClient, person: dict, people: Iterable[object], **params: object) -> dict:
    answer = await client.put(
        f"/v1/influencers/{person['id']}/followers", params=params, content=listed(people)
    )
    assert answer.status_code == 200, answer.text
    return answer.json()


async def shown(client: httpx.AsyncClient, person: dict) -> list[dict]:
    return (await client.get(f"/v1/influencers/{person['id']}/followers")).json()["data"]


async def known(
    client: httpx.AsyncClient, database: Database, *people: dict, of: str = "followers"
) -> list[KnownSet]:
    workspace = await workspace_of(client)
    accounts = [ids.read("acc", one["accounts"][0]["id"]) for one in people]
    async with database.transaction(workspace) as db:
        return list((await audience_sets(db, workspace, accounts, of)).values())  # type: ignore[arg-type]


async def workspace_of(client: httpx.AsyncClient) -> UUID:
    return ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])


def members(found: KnownSet) -> BitMap:
    assert isinstance(found.audience, Everybody | UniformSample)
    return found.audience.members


async def test_a_list_is_put_and_told_of(client: httpx.AsyncClient, database: Database) -> None:
    person = await made(client)
    assert await shown(client, person) == []
    answer = await put(
        client, person, ["follower_id", "a", "B", "b", "", "x y", "@c"], as_of=DAY, source="tool"
    )
    account = person["accounts"][0]["id"]
    assert answer == {
        "account_id": account,
        "of": "followers",
        "basis": "exact",
        "size": 3,
        "sampled": 3,
        "keep": None,
        "added": 3,
        "removed": 0,
        "unchanged": 0,
        "duplicates": 1,
        "suppressed": 0,
        "rejected": 1,
        "rejects": [
            {
                "row": 6,
                "column": None,
                "value": "x y",
                "reason": "white_space",
                "message": "Holds white space, where an id or a handle belongs.",
            }
        ],
        "header": "follower_id",
        "as_of": DAY,
        "source": "tool",
        "version": 1,
        "dry_run": False,
    }
    (found,) = await shown(client, person)
    told = {name: found[name] for name in ("account_id", "platform", "handle", "size", "linked", "version")}
    assert told == {
        "account_id": account,
        "platform": "instagram",
        "handle": "ece",
        "size": 3,
        "linked": 0,
        "version": 1,
    }
    (read,) = await known(client, database, person)
    assert members(read) == BitMap([0, 1, 2])
    assert (read.source, read.version, read.as_of.day) == ("tool", 1, 1)


async def test_a_list_replaces_the_one_before(client: httpx.AsyncClient) -> None:
    person = await made(client)
    await put(client, person, range(100), as_of=DAY)
    second = await put(client, person, range(90, 130), as_of="2026-11-02T00:00:00Z")
    assert (second["size"], second["added"], second["removed"], second["unchanged"]) == (40, 30, 90, 10)
    again = await put(client, person, range(90, 130), as_of="2026-11-02T00:00:00Z")
    assert (again["added"], again["unchanged"], again["version"]) == (0, 40, second["version"])


async def test_an_older_list_is_refused_unless_forced(client: httpx.AsyncClient) -> None:
    person = await made(client)
    await put(client, person, range(9), as_of="2026-11-02T00:00:00Z")
    path = f"/v1/influencers/{person['id']}/followers"
    refused = await client.put(path, params={"as_of": DAY}, content=b"1\n")
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/newer-followers")
    assert refused.json()["as_of"] == "2026-11-02T00:00:00Z"
    assert (await shown(client, person))[0]["size"] == 9
    assert (await put(client, person, [1], as_of=DAY, force=True))["size"] == 1


async def test_a_dry_run_writes_nothing(client: httpx.AsyncClient, owner: Connection) -> None:
    person = await made(client)
    await put(client, person, range(5), as_of=DAY)
    tried = await put(client, person, range(3, 50), dry_run=True)
    assert (tried["size"], tried["added"], tried["removed"]) == (47, 45, 3)
    assert (tried["dry_run"], tried["version"]) == (True, None)
    assert (await shown(client, person))[0]["size"] == 5
    assert await owner.fetchval("select count(*) from followers") == 5
    assert await owner.fetchval("select people from follower_counters") == 5


async def test_samples(client: httpx.AsyncClient, database: Database) -> None:
    person = await made(client)
    answer = await put(client, person, range(50), basis="uniform_sample", size=1000)
    assert (answer["basis"], answer["size"], answer["sampled"]) == ("uniform_sample", 1000, 50)
    (read,) = await known(client, database, person)
    assert read.audience == UniformSample(BitMap(range(50)), 1000)


async def test_a_part_is_kept_for_answers(client: httpx.AsyncClient, database: Database) -> None:
    person = await made(client)
    answer = await put(client, person, range(5_000), keep=1_000)
    assert (answer["basis"], answer["size"], answer["sampled"]) == ("hash_sample", 5_000, 1_000)
    (read,) = await known(client, database, person)
    assert isinstance(read.audience, HashSample)
    assert read.audience.hashes.tolist() == bottom(BitMap(range(5_000)), 1_000).hashes.tolist()
    small = await put(client, person, range(900), keep=1_000)
    assert (small["basis"], small["sampled"], small["removed"]) == ("exact", 900, 4_100)


@pytest.mark.parametrize(
    ("params", "content", "path"),
    [
        ({"basis": "uniform_sample"}, b"a\n", "size"),
        ({"basis": "uniform_sample", "size": 1}, b"a\nb\n", "size"),
        ({"size": 5}, b"a\n", "size"),
        ({"basis": "uniform_sample", "size": 0}, b"a\n", "size"),
        ({"basis": "uniform_sample", "size": 9_999, "keep": 1_000}, b"a\n", "keep"),
        ({"as_of": "2099-01-01T00:00:00Z"}, b"a\n", "as_of"),
        ({"basis": "hash_sample"}, b"a\n", "basis"),
        ({"keep": 5}, b"a\n", "keep"),
        ({"of": "haters"}, b"a\n", "of"),
    ],
)
async def test_what_contradicts_itself(
    client: httpx.AsyncClient, params: dict, content: bytes, path: str
) -> None:
    person = await made(client)
    answer = await client.put(f"/v1/influencers/{person['id']}/followers", params=params, content=content)
    assert answer.status_code == 400, answer.text
    assert path in [error["path"] for error in answer.json()["errors"]]


@pytest.mark.parametrize("content", [b"", b"\n# nobody\n", b"x y\n", b"id\n"])
async def test_a_list_of_nobody_is_a_mistake(client: httpx.AsyncClient, content: bytes) -> None:
    person = await made(client)
    await put(client, person, [1], as_of=DAY)
    answer = await client.put(f"/v1/influencers/{person['id']}/followers", content=content)
    assert (answer.status_code, answer.json()["type"]) == (400, "/problems/no-followers")
    assert len(answer.json()["rejects"]) == (content == b"x y\n")
    assert (await shown(client, person))[0]["size"] == 1


async def test_nobody_is_said_in_so_many_words(client: httpx.AsyncClient, database: Database) -> None:
    person = await made(client)
    assert (await put(client, person, [], size=0))["size"] == 0
    (read,) = await known(client, database, person)
    assert read.audience == Everybody(BitMap())
    path = f"/v1/influencers/{person['id']}/followers?size=0"
    assert (await client.put(path, content=b"x y\n")).json()["type"] == "/problems/no-followers"
    assert (await client.put(path, content=b"ece\n")).status_code == 400


async def test_gzip_and_forms(client: httpx.AsyncClient) -> None:
    person = await made(client)
    path = f"/v1/influencers/{person['id']}/followers"
    packed = gzip.compress(listed(range(500)))
    assert (await client.put(path, content=packed)).json()["size"] == 500
    assert (await client.put(path, files={"file": ("list.gz", packed)})).json()["unchanged"] == 500
    broken = await client.put(path, content=packed[:-20])
    assert (broken.status_code, broken.json()["type"]) == (400, "/problems/bad-upload")


async def test_which_account(client: httpx.AsyncClient) -> None:
    person = await made(client, "ece", "instagram", "tiktok")
    path = f"/v1/influencers/{person['id']}/followers"
    assert (await client.put(path, content=b"a\n")).json()["type"] == "/problems/which-account"
    account = person["accounts"][1]["id"]
    assert (await put(client, person, ["a"], account_id=account))["account_id"] == account
    other = await made(client, "can")
    wrong = await client.put(path, params={"account_id": other["accounts"][0]["id"]}, content=b"a\n")
    assert wrong.status_code == 404
    assert (await client.get(path, params={"account_id": other["accounts"][0]["id"]})).status_code == 404
    of_one = await client.get(path, params={"account_id": person["accounts"][0]["id"]})
    assert of_one.json()["data"] == []


async def test_likers_are_a_set_of_their_own(client: httpx.AsyncClient, database: Database) -> None:
    person = await made(client)
    await put(client, person, ["a", "b"])
    await put(client, person, ["b", "c", "d"], of="likers")
    assert [(one["of"], one["size"]) for one in await shown(client, person)] == [
        ("likers", 3),
        ("followers", 2),
    ]
    (followers,) = await known(client, database, person)
    (likers,) = await known(client, database, person, of="likers")
    assert len(members(followers) & members(likers)) == 1


async def test_a_set_is_deleted_once_and_its_version_does_not_come_back(client: httpx.AsyncClient) -> None:
    person = await made(client)
    path = f"/v1/influencers/{person['id']}/followers"
    first = await put(client, person, ["a"])
    assert (await client.delete(path, params={"of": "likers"})).status_code == 404
    assert (await client.delete(path)).status_code == 204
    assert (await client.delete(path)).json()["type"] == "/problems/followers-not-found"
    assert await shown(client, person) == []
    assert (await put(client, person, ["a"]))["version"] > first["version"]


async def test_who_opted_out_offers_no_set(client: httpx.AsyncClient, database: Database) -> None:
    ece, can = await made(client), await made(client, "can")
    await put(client, ece, ["a"])
    await put(client, can, ["a"])
    assert len(await known(client, database, can, ece)) == 2
    await client.post(f"/v1/influencers/{ece['id']}/opt-out", json={})
    assert [one.account_id for one in await known(client, database, can, ece)] == [
        ids.read("acc", can["accounts"][0]["id"])
    ]


async def test_many_sets_come_in_the_order_asked(client: httpx.AsyncClient, database: Database) -> None:
    people = [await made(client, f"user{number}") for number in range(60)]
    for number, person in enumerate(people):
        await put(client, person, range(number, number + 5))
    found = await known(client, database, *reversed(people))
    assert [ids.show("acc", one.account_id) for one in found] == [
        one["accounts"][0]["id"] for one in reversed(people)
    ]
    assert all(len(members(one)) == 5 for one in found)


async def test_sets_follow_a_merge_and_its_undoing(client: httpx.AsyncClient) -> None:
    ece, keep = await made(client), await made(client, "keep")
    await put(client, ece, range(7))
    merged = (
        await client.post("/v1/influencers/merge", json={"keep": keep["id"], "merge": [ece["id"]]})
    ).json()
    assert merged["moved"]["follower_sets"] == 1
    assert [one["size"] for one in await shown(client, keep)] == [7]
    undone = await client.post(f"/v1/influencers/{keep['id']}/merges/{merged['merge_id']}/undo")
    assert undone.status_code == 200
    assert (await shown(client, keep), len(await shown(client, ece))) == ([], 1)


async def test_numbers_are_dense_and_one_person_s_own(
    client: httpx.AsyncClient, database: Database, owner: Connection
) -> None:
    """Two lists at once, of people who are partly the same. Seen red without turns."""
    people = [await made(client, f"user{number}") for number in range(4)]
    lists = [range(number * 300, number * 300 + 900) for number in range(4)]
    await asyncio.gather(*(put(client, one, each) for one, each in zip(people, lists, strict=True)))
    numbers = [row[0] for row in await owner.fetch("select ordinal from followers order by ordinal")]
    assert numbers == list(range(1_800))
    found = [members(one) for one in await known(client, database, *people)]
    assert len(BitMap.union(*found)) == 1_800
    for one in range(4):
        for other in range(4):
            assert len(found[one] & found[other]) == max(0, 900 - 300 * abs(one - other))


async def test_who_waits_too_long_is_told(
    client: httpx.AsyncClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = await made(client)
    monkeypatch.setattr(turns, "PATIENCE_S", 0.2)
    workspace = await workspace_of(client)
    async with database.transaction(workspace) as db:
        await turns.wait(db, workspace)
        answer = await client.put(f"/v1/influencers/{person['id']}/followers", content=b"a\n")
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
        erased = await client.post(f"/v1/influencers/{person['id']}/erase")
        assert erased.status_code == 503
    assert (await put(client, person, ["a"]))["size"] == 1


async def test_what_is_cut_short_leaves_nothing(client: httpx.AsyncClient, owner: Connection) -> None:
    person = await made(client)

    async def broken():  # type: ignore[no-untyped-def]
        yield listed(range(1000))
        raise ConnectionError

    answer = await client.put(f"/v1/influencers/{person['id']}/followers", content=broken())
    assert answer.status_code == 503
    assert await owner.fetchval("select count(*) from followers") == 0
    assert await shown(client, person) == []


async def test_an_error_in_the_middle_leaves_nothing(
    client: httpx.AsyncClient, owner: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    from service.influencers.followers import receiving, store

    monkeypatch.setattr(receiving, "BATCH", 100)
    real, calls = store.resolve, []

    async def failing(*args):  # type: ignore[no-untyped-def]
        calls.append(args)
        if len(calls) == 4:
            raise RuntimeError
        return await real(*args)

    monkeypatch.setattr(store, "resolve", failing)
    person = await made(client)
    answer = await client.put(f"/v1/influencers/{person['id']}/followers", content=listed(range(1000)))
    assert (answer.status_code, len(calls)) == (500, 4)
    assert await owner.fetchval("select count(*) from followers") == 0
    monkeypatch.setattr(store, "resolve", real)
    assert (await put(client, person, range(1000)))["size"] == 1000


async def test_another_workspace_s_hashes_are_unrelated(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient, owner: Connection
) -> None:
    await put(client, await made(client), range(50))
    await put(other_client, await made(other_client), range(50))
    rows = await owner.fetch("select workspace_id, id_hash from followers")
    assert len(rows) == len({row["id_hash"] for row in rows}) == 100


async def test_ids_are_kept_nowhere(client: httpx.AsyncClient, owner: Connection) -> None:
    person = await made(client)
    await put(client, person, ["zumruduanka77", "zumrudu anka"])
    await client.post("/v1/followers/erase", json={"platform": "instagram", "id": "zumruduanka77"})
    for (table,) in await owner.fetch("select tablename from pg_tables where schemaname = 'public'"):
        rows = await owner.fetch(f"select t::text from {table} t")
        assert not any("zumrudu" in row[0] for row in rows), table
