"""The likers of 119 micro-influencers, put through the API: overlaps are those of plain sets."""

import gzip
import json
from pathlib import Path

import httpx
import pytest

from graph.audiences import Everybody
from graph.overlap import overlap
from service.influencers.followers.reading import audience_sets
from service.kit import ids
from service.kit.db import Database


@pytest.fixture
def likers(real_data: Path) -> dict[str, dict]:
    with gzip.open(real_data / "graphs" / "instagram_likers.json.gz") as file:
        return json.load(file)


async def test_real_audiences_come_through_the_api(
    client: httpx.AsyncClient, database: Database, likers: dict[str, dict]
) -> None:
    accounts = []
    for handle, each in likers.items():
        account = {"platform": "instagram", "platform_id": handle, "followers": each["followers"]}
        made = (await client.post("/v1/influencers", json={"name": handle, "accounts": [account]})).json()
        accounts.append(ids.read("acc", made["accounts"][0]["id"]))
        answer = await client.put(
            f"/v1/influencers/{made['id']}/followers",
            params={"of": "likers", "as_of": "2017-11-01T00:00:00Z"}
            | ({} if each["liker_ids"] else {"size": 0}),
            content="\n".join(each["liker_ids"]).encode(),
        )
        assert answer.status_code == 200, answer.text
        found = answer.json()
        assert (found["size"], found["rejected"]) == (len(set(each["liker_ids"])), 0)
        assert found["duplicates"] == len(each["liker_ids"]) - found["size"]
    workspace = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])
    async with database.transaction(workspace) as db:
        assert await audience_sets(db, workspace, accounts) == {}
        sets = await audience_sets(db, workspace, accounts, "likers")
    kept = [sets[account].audience for account in accounts]
    bitmaps = [one.members for one in kept if isinstance(one, Everybody)]
    plain = [set(each["liker_ids"]) for each in likers.values()]
    assert len(bitmaps) == len(plain) == 119
    counted = overlap(bitmaps)
    pairs = 0
    for one in range(119):
        for other in range(one + 1, 119):
            assert counted.shared[one, other] == len(plain[one] & plain[other])
            pairs += 1
    assert pairs == 7_021
    assert counted.unique_followers == len(set().union(*plain)) == 85_597
