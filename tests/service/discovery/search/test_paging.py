"""Pages without gaps and repeats, while rows come in, and cursors that belong to one search."""

from random import Random
from typing import Any
from uuid import UUID

import msgspec
import pytest

from service.discovery.search.actions import search
from service.discovery.search.schemas import SearchRequest
from service.kit import ids, paging
from service.kit.db import Database
from service.kit.paging import BadCursor
from tests.service.discovery.people import put

SORTS = [
    "followers",
    "followers_asc",
    "engagement_rate",
    "growth",
    "cost_per_1000_views",
    "name",
    "relevance",
]


def _people(rng: Random, count: int, prefix: str) -> dict[str, dict[str, Any]]:
    """People of whom many are equal and some unknown in whatever they are ordered by."""
    return {
        f"{prefix}{number}": {
            "name": f"Deniz {rng.choice('abc')}",
            "accounts": [
                {
                    "platform": platform,
                    "handle": f"{prefix}{number}{platform}",
                    "followers": rng.choice([None, 100, 100, 200, 5_000]),
                    "er": rng.choice([None, 0.01, 0.02]),
                    "views": rng.choice([None, 100.0, 300.0]),
                }
                for platform in rng.sample(["instagram", "tiktok", "youtube"], rng.choice([1, 1, 2]))
            ],
            "rates": {"instagram": (rng.choice([100, 200]), "TRY")},
        }
        for number in range(count)
    }


@pytest.fixture
async def workspace(database: Database) -> UUID:
    made = ids.new()
    async with database.transaction(made) as db:
        await db.execute("select entry.new_workspace($1, $2)", made, "Paging")
    return made


async def _page(database: Database, workspace: UUID, **request: Any):  # type: ignore[no-untyped-def]
    async with database.transaction(workspace) as db:
        return await search(database, db, workspace, msgspec.convert(request, SearchRequest))


@pytest.mark.parametrize("query", ["", "deniz"])
@pytest.mark.parametrize("sort", SORTS)
async def test_no_gaps_and_no_repeats_while_rows_are_inserted(
    database: Database, workspace: UUID, sort: str, query: str
) -> None:
    rng = Random(7)
    async with database.transaction(workspace) as db:
        first = await put(db, workspace, _people(rng, 40, "first"))
    seen: list[str] = []
    cursor, pages = None, 0
    while True:
        page = await _page(database, workspace, query=query, sort=sort, limit=7, cursor=cursor)
        seen += [found.id for found in page.data]
        pages, cursor = pages + 1, page.next_cursor
        if cursor is None:
            break
        async with database.transaction(workspace) as db:
            await put(db, workspace, _people(rng, 3, f"late{pages}"))
    assert len(seen) == len(set(seen)), "nobody twice"
    assert {ids.show("inf", made) for made in first.values()} <= set(seen), "nobody left out"


async def test_a_cursor_belongs_to_its_search(database: Database, workspace: UUID) -> None:
    async with database.transaction(workspace) as db:
        await put(db, workspace, _people(Random(1), 5, "a"))
    first = await _page(database, workspace, limit=2)
    others: list[dict[str, Any]] = [
        {"query": "deniz"},
        {"filters": {"platform": ["instagram"]}},
        {"sort": "name"},
        {"sort": "followers_asc"},
    ]
    for other in others:
        with pytest.raises(BadCursor):
            await _page(database, workspace, **other, limit=2, cursor=first.next_cursor)
    # What only says how much is shown may change.
    again = await _page(
        database, workspace, limit=3, facets=["platform"], include=["rates"], cursor=first.next_cursor
    )
    assert len(again.data) == 3


FORGED: list[dict[str, Any]] = [
    {"segment": 7},
    {"value": "a text where a number stands"},
    {"value": 1.5e300},
    {"value": 2**63},
    {"account_id": "no id"},
    {"count": -1},
    {"near": "yes"},
]


async def test_a_forged_cursor_is_a_bad_request(client) -> None:
    for name in "abc":
        account = {"platform": "x", "handle": name, "followers": 5}
        await client.post("/v1/influencers", json={"name": name, "accounts": [account]})
    first = (await client.post("/v1/search/influencers", json={"limit": 1})).json()
    names = ("search", "segment", "value", "account_id", "count", "near")
    position = dict(zip(names, paging.decode(first["next_cursor"], list[Any]) or [], strict=True))
    for forged in FORGED:
        cursor = paging.encode(list({**position, **forged}.values()))
        answer = await client.post("/v1/search/influencers", json={"limit": 1, "cursor": cursor})
        assert answer.status_code == 400, forged
        assert answer.headers["content-type"] == "application/problem+json"
