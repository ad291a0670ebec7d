"""Files of followers through /v1/imports: they add, and say of every row what became of it."""

import httpx

from service.kit.db import Connection, Database
from tests.service.imports.conftest import send, take
from tests.service.influencers.followers.test_followers import known, made, members, put, shown

__all__ = ["send", "take"]


def file(rows, header="username,follower_id") -> bytes:  # type: ignore[no-untyped-def]
    return "\n".join([header, *(",".join(map(str, row)) for row in rows)]).encode()


async def test_a_file_adds_and_says_so(client: httpx.AsyncClient, take, database: Database) -> None:  # type: ignore[no-untyped-def]
    ece, can = await made(client), await made(client, "can")
    await put(client, ece, [1, 2], as_of="2026-11-01T00:00:00Z", source="tool")
    rows = [("ece", 2), ("ece", 3), ("ece", 3), ("nobody", 1), ("can", 3), ("can", "x y")]
    first = await take(file(rows), kind="followers", as_of="2026-11-02", source="file")
    counts = {name: first["counts"][name] for name in ("read", "created", "unchanged", "rejected")}
    assert counts == {"read": 6, "created": 2, "unchanged": 2, "rejected": 2}
    rejects = (await client.get(f"/v1/imports/{first['id']}/rejects")).json()["data"]
    assert [(one["row"], one["code"]) for one in rejects] == [(5, "unknown_account"), (7, "white_space")]
    one, other = map(members, await known(client, database, ece, can))
    assert (len(one), len(other), len(one & other)) == (3, 1, 1)
    (told,) = await shown(client, ece)
    assert (told["basis"], told["as_of"][:10], told["source"]) == ("exact", "2026-11-02", "file")

    again = await take(file(rows), kind="followers", as_of="2026-11-02", source="again")
    counts = {name: again["counts"][name] for name in ("created", "updated", "unchanged", "rejected")}
    assert counts == {"created": 0, "updated": 0, "unchanged": 4, "rejected": 2}
    assert (await shown(client, ece))[0] == told


async def test_a_file_that_knows_the_size_makes_a_sample(client: httpx.AsyncClient, take) -> None:  # type: ignore[no-untyped-def]
    ece = await made(client)
    rows = [("ece", number, 5_000) for number in range(3_000)]
    header = "username,follower_id,audience_size"
    await take(file(rows, header), kind="followers")
    (told,) = await shown(client, ece)
    assert (told["basis"], told["size"], told["sampled"]) == ("uniform_sample", 5_000, 3_000)
    await take(file([("ece", number, 5_000) for number in range(5_000)], header), kind="followers")
    (told,) = await shown(client, ece)
    assert (told["basis"], told["size"], told["sampled"]) == ("exact", 5_000, 5_000)


async def test_a_kept_part_is_made_anew(client: httpx.AsyncClient, take) -> None:  # type: ignore[no-untyped-def]
    ece = await made(client)
    await put(client, ece, range(2_000), keep=1_000)
    await take(file([("ece", number) for number in range(1_900, 2_100)]), kind="followers")
    (told,) = await shown(client, ece)
    assert (told["basis"], told["size"], told["sampled"]) == ("hash_sample", 2_100, 1_000)


async def test_who_was_erased_is_counted_and_not_listed(client: httpx.AsyncClient, take) -> None:  # type: ignore[no-untyped-def]
    await made(client)
    await client.post("/v1/followers/erase", json={"platform": "instagram", "id": "gone"})
    done = await take(file([("ece", "GONE"), ("ece", "b")]), kind="followers")
    assert (done["counts"]["suppressed"], done["counts"]["created"]) == (1, 1)
    assert (await client.get(f"/v1/imports/{done['id']}/rejects")).json()["data"] == []


async def test_a_dry_run_stores_no_ids(client: httpx.AsyncClient, take, owner: Connection) -> None:  # type: ignore[no-untyped-def]
    ece = await made(client)
    done = await take(file([("ece", "zumrudu77"), ("ece", "zumrudu 78")]), kind="followers", dry_run=True)
    assert (done["counts"]["created"], done["counts"]["rejected"]) == (1, 1)
    assert await shown(client, ece) == []
    for (table,) in await owner.fetch("select tablename from pg_tables where schemaname = 'public'"):
        rows = await owner.fetch(f"select t::text from {table} t")
        assert not any("zumrudu" in row[0] for row in rows), table
