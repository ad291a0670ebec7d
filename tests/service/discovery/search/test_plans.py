"""The planner uses the indexes for the search role, and can't for the app: why there are two roles."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
import msgspec
import pytest

from service.bench.profiles import profiles
from service.discovery.index import store
from service.discovery.index.rows import names_row, search_rows
from service.discovery.search import facets, finding, queries
from service.discovery.search.actions import candidates
from service.discovery.search.conditions import Known, Values
from service.discovery.search.filters import Filters
from service.discovery.search.queries import Wanted
from service.discovery.search.relevance import text_of
from service.discovery.search.sorting import Sort
from service.discovery.search.text import typo_query
from service.kit import db as kit_db
from service.kit import ids
from service.kit.db import Connection, Database
from service.settings import Settings, app_dsn, search_dsn

COUNT = 4_000


class Filled(NamedTuple):
    """A workspace with so many made-up profiles that reading all of them is not the shortest way."""

    database: Database
    workspace: UUID


@pytest.fixture(scope="module")
async def filled(shared: Settings) -> AsyncIterator[Filled]:
    async with kit_db.connect(app_dsn(shared), search_dsn(shared), shared) as database:
        workspace = ids.new()
        made = list(profiles(COUNT))
        async with database.transaction(workspace) as db:
            await db.execute("select entry.new_workspace($1, $2)", workspace, "Plans")
            await db.execute(
                """insert into influencers
                       (workspace_id, id, name, name_folded, source, legal_basis, collected_at)
                   select $1, id, 'x', 'x', 'test', 'test', elci_now() from unnest($2::uuid[]) as new(id)""",
                workspace,
                [person.id for person, _, _ in made],
            )
            rows = [
                row for person, accounts, more in made for row in search_rows(person, accounts, more, "TRY")
            ]
            await store.put_rows(db, workspace, rows)
            await store.put_names(
                db, workspace, [names_row(person, accounts) for person, accounts, _ in made]
            )
        await _as_owner(shared, "vacuum (analyze) influencer_search", "vacuum (analyze) influencer_names")
        yield Filled(database, workspace)
        async with database.transaction(workspace) as db:
            await db.execute("delete from influencers where workspace_id = $1", workspace)


async def _as_owner(settings: Settings, *statements: str) -> None:
    owner = await asyncpg.connect(settings.database_url)
    for statement in statements:
        await owner.execute(statement)
    await owner.close()


def _wanted(workspace: UUID, filters: dict[str, Any], query: str = "") -> Wanted:
    asked = msgspec.convert(filters, Filters)
    provided: list[dict[str, list[UUID]]] = [{} for _ in range(1 + len(asked.exclusions()))]
    return Wanted(workspace, asked, provided, Known(datetime.now(UTC), "TRY"), text_of(query))


async def _plan(db: Connection, text: str, values: Values) -> str:
    return "\n".join(row[0] for row in await db.fetch(f"explain {text}", *values.bound))


def _page(wanted: Wanted, sort: Sort) -> tuple[str, Values]:
    values = Values(wanted.workspace_id)
    return queries.page(wanted, values, finding.order_of(sort, wanted.text)[0](values), None, 51)


PLANS: list[tuple[dict[str, Any], Sort, str]] = [
    ({"category": ["sağlık 9"]}, "followers", "influencer_search_labels"),
    ({"city": ["NG-40"], "platform": ["instagram"]}, "growth", "influencer_search_labels"),
    ({"hashtags": ["ayle"]}, "followers", "influencer_search_labels"),
    (
        {"audience": [{"dimension": "country", "code": "NG", "min_share": 0.9}]},
        "name",
        "influencer_search_labels",
    ),
    ({}, "followers", "influencer_search_followers"),
    ({}, "followers_asc", "influencer_search_followers"),
    ({"platform": ["instagram"]}, "engagement_rate", "influencer_search_engagement_rate"),
    ({"platform": ["instagram"]}, "growth_asc", "influencer_search_growth"),
    ({}, "avg_views", "influencer_search_avg_views"),
    ({}, "cost_per_1000_views", "influencer_search_cost"),
    ({}, "name", "influencer_search_name"),
    ({"followers": {"min": 40_000_000}}, "name", "influencer_search_followers"),
    ({"max_price": {"amount": 10_200, "currency": "TRY"}}, "name", "influencer_search_price"),
]


@pytest.mark.parametrize(("filters", "sort", "index"), PLANS)
async def test_the_search_role_uses_the_index(
    filled: Filled, filters: dict[str, Any], sort: Sort, index: str
) -> None:
    async with filled.database.searching() as db:
        plan = await _plan(db, *_page(_wanted(filled.workspace, filters), sort))
    assert index in plan
    assert "Seq Scan" not in plan


async def test_text_and_typing_errors_use_their_indexes(filled: Filled) -> None:
    wanted = _wanted(filled.workspace, {}, "ayle çanaş")
    assert wanted.text is not None
    query = typo_query("cansuayle")
    assert query is not None
    async with filled.database.searching() as db, db.transaction():
        words = await _plan(db, *queries.count(wanted, 100))
        # So few names are read as fast without; the question is whether the role may use the index at all.
        await db.execute("set local enable_indexscan = off; set local enable_seqscan = off")
        near = await _plan(db, *queries.nearly_named(filled.workspace, query, 100))
    assert "influencer_search_tokens" in words
    assert "influencer_names_trigrams" in near


async def test_the_app_role_can_not_use_it(filled: Filled) -> None:
    """`&&` is not leakproof: behind a wall every row is read (ARCHITECTURE.md, Walls and roles)."""
    statement = _page(_wanted(filled.workspace, {"category": ["sağlık 9"]}), "followers")
    async with filled.database.transaction(filled.workspace) as db:
        await db.execute("set local enable_indexscan = off; set local enable_seqscan = off")
        plan = await _plan(db, *statement)
    assert "influencer_search_labels" not in plan


async def test_the_sample_is_read_in_order(filled: Filled, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facets, "SAMPLE", 100)
    async with filled.database.searching() as db:
        plan = await _plan(db, *facets.estimated(_wanted(filled.workspace, {}), ["country"], []))
    assert "influencer_search_shuffle" in plan


async def test_candidates_are_all_who_match_once(filled: Filled) -> None:
    async with filled.database.transaction(filled.workspace) as db:
        everyone = await candidates(filled.database, db, filled.workspace, Filters())
        instagram = await candidates(
            filled.database, db, filled.workspace, Filters(platform=["instagram"], country=["TR"])
        )
        rows = await db.fetch(
            """select account_id, influencer_id, platform, country from influencer_search
               where workspace_id = $1""",
            filled.workspace,
        )
    by_account = {row["account_id"]: row for row in rows}
    assert len(everyone.influencer_ids) == len(set(everyone.influencer_ids)) == COUNT
    expected = {
        row["influencer_id"] for row in rows if row["platform"] == "instagram" and row["country"] == "TR"
    }
    assert set(instagram.influencer_ids) == expected
    for influencer, account in zip(*instagram, strict=True):
        assert by_account[account]["influencer_id"] == influencer
        assert by_account[account]["platform"] == "instagram"
