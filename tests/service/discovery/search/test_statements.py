"""Statements of the search role: never made of what a searcher wrote, always runnable, always walled."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from service.discovery.search import facets, finding, queries, statement
from service.discovery.search.conditions import Known, Values, compiled
from service.discovery.search.facets import Tier
from service.discovery.search.filters import (
    Conditions,
    Filters,
    LeastShare,
    Range,
    WholeRange,
)
from service.discovery.search.queries import After, Wanted
from service.discovery.search.relevance import Near, text_of
from service.discovery.search.sorting import Fits, Sort, by_fit
from service.kit import ids
from service.kit.money import Price

SOURCES = Path(statement.__file__).parents[2]
KNOWN = Known(datetime.now(UTC), "TRY")
TIERS = [Tier("nano", 1_000), Tier("mega", 1_000_000)]

# What a searcher may write: anything that a database can store, and what attackers do write.
HOSTILE = st.sampled_from(
    ["'; drop table influencers; --", "%' or 1=1", "\\", "'", '"', "{row}", "$1", "a & b | !c", "<->", ":*",
     "'a':*A", "x\\:y", "😀", "ﷺ" * 20, "a" * 200, "{a,b}", "NULL", "--", "/*", "ı" * 60, "İ̇", "\u202eabc"]
)  # fmt: skip
TEXTS = st.one_of(
    HOSTILE,
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1, max_size=40),
)
LISTS = st.lists(TEXTS, min_size=1, max_size=3)
BOUNDS = st.one_of(st.none(), st.integers(0, 10**15))
RATES = st.one_of(st.none(), st.floats(-10, 10))


def _fields() -> dict[str, st.SearchStrategy[Any]]:
    return {
        "platform": st.lists(st.sampled_from(["instagram", "tiktok", "other"]), min_size=1, max_size=2),
        "followers": st.builds(WholeRange, BOUNDS, BOUNDS),
        "avg_views": st.builds(WholeRange, BOUNDS, BOUNDS),
        "engagement_rate": st.builds(Range, RATES, RATES),
        "growth": st.builds(Range, RATES, RATES),
        "country": st.lists(st.sampled_from(["TR", "US"]), min_size=1, max_size=2),
        "city": LISTS,
        "language": st.lists(st.sampled_from(["tr", "en"]), min_size=1, max_size=2),
        "category": LISTS,
        "tags": LISTS,
        "verified": st.booleans(),
        "has_email": st.booleans(),
        "max_price": st.builds(Price, st.integers(0, 2**63 - 1), st.sampled_from(["TRY", "USD"])),
        "last_post_within_days": st.integers(1, 3650),
        "hashtags": LISTS,
        "post_text": TEXTS,
        "audience": st.lists(
            st.builds(LeastShare, st.sampled_from(["country", "age"]), TEXTS, st.floats(0, 1)),
            min_size=1,
            max_size=2,
        ),
        "exclude_shortlists": st.just(["sho_x"]),
    }


def _some(kind: type[Conditions], **more: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries({}, optional={**_fields(), **more}).map(lambda given: kind(**given))


CONDITIONS = _some(Conditions)
FILTERS = _some(Filters, excluded=st.one_of(CONDITIONS, st.lists(CONDITIONS, min_size=1, max_size=2)))
SORTS: st.SearchStrategy[Sort] = st.sampled_from(
    ["followers", "followers_asc", "engagement_rate", "growth_asc", "avg_views", "cost_per_1000_views",
     "name", "relevance", "relevance_asc", "fit"]
)  # fmt: skip


def _wanted(workspace: Any, filters: Filters, query: str) -> Wanted:
    """With ids for the one filter that another domain answers."""
    provided = [{"exclude_shortlists": [ids.new()]} for _ in range(1 + len(filters.exclusions()))]
    text = text_of(query)
    if text is not None:
        text = text._replace(near=Near([ids.new(), ids.new()], [0.7, 0.5]))
    return Wanted(workspace, filters, provided, KNOWN, text)


def _statements(wanted: Wanted, sort: Sort) -> list[tuple[str, Values]]:
    order = (
        by_fit(Fits([ids.new()], [50.0]), rising=False)
        if sort == "fit"
        else finding.order_of(sort, wanted.text)
    )
    made = [queries.count(wanted, 10), queries.everyone(wanted)]
    made += [
        count(wanted, ["platform", "category", "tier"], TIERS) for count in (facets.exact, facets.estimated)
    ]
    for part in order:
        values = Values(wanted.workspace_id)
        segment = part(values)
        after = After("b" if "name_key" in (segment.value or "") else 1, ids.new())
        made.append(queries.page(wanted, values, segment, after, 5))
    if wanted.text is not None:
        made.append(queries.having_words(wanted.workspace_id, wanted.text, 10))
    return made


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(filters=FILTERS, query=TEXTS, sort=SORTS)
@example(filters=Filters(excluded=[Conditions(followers=WholeRange(1))]), query="'a' b", sort="relevance")
async def test_every_statement_runs(catalogue, filters: Filters, query: str, sort: Sort) -> None:
    wanted = _wanted(catalogue.workspace, filters, query)
    async with catalogue.database.searching() as db:
        for text, values in _statements(wanted, sort):
            await statement.read(db, text, values)


@settings(max_examples=200, deadline=None)
@given(filters=FILTERS, query=TEXTS, sort=SORTS)
def test_no_statement_holds_what_was_written(filters: Filters, query: str, sort: Sort) -> None:
    """The same search with other words is the same statement: words are bound, never written."""
    wanted = _wanted(ids.new(), filters, query)
    for text, values in _statements(wanted, sort):
        assert text.startswith(statement.WALL)
        assert values.bound[0] == wanted.workspace_id
        places = {int(place) for place in re.findall(r"\$(\d+)", text)}
        assert places == set(range(1, len(values.bound) + 1)), "each value is used, and each place is bound"
        assert set(re.findall(r"'([^']*)'", text)) <= ALLOWED_LITERALS


ALLOWED_LITERALS = {
    "platform", "country", "city", "category", "language", "tier", "rows", "matching", "seen", "reach"
}  # fmt: skip


@given(filters=FILTERS)
def test_conditions_name_only_their_row(filters: Filters) -> None:
    values = Values(ids.new())
    provided = [{"exclude_shortlists": []} for _ in range(1 + len(filters.exclusions()))]
    for condition in compiled(filters, provided, KNOWN, values):
        assert "{row}" not in condition.on("r")


def test_only_one_place_names_the_tables_for_the_search_role() -> None:
    """Whatever reads through the search role says `mine` and `names`: the workspace's part of the tables."""
    named = [
        path.relative_to(SOURCES).as_posix()
        for path in sorted((SOURCES / "discovery" / "search").glob("*.py"))
        if re.search(r"\b(from|join)\s+influencer_(search|names)\b", path.read_text())
    ]
    # store.py reads as the app, behind the wall.
    assert named == ["discovery/search/statement.py", "discovery/search/store.py"]
    users = [
        path.relative_to(SOURCES).as_posix()
        for path in sorted(SOURCES.rglob("*.py"))
        if ".searching()" in path.read_text()
    ]
    # Mentions have a wall of their own (mentions/searching).
    assert set(users) <= {"discovery/search/actions.py", "mentions/searching.py"}
    fetching = [
        path.name
        for path in sorted((SOURCES / "discovery" / "search").glob("*.py"))
        if re.search(r"\.(fetch|fetchrow|fetchval|execute)\(", path.read_text())
    ]
    assert fetching == ["statement.py"]


async def test_a_statement_without_the_predicate_is_refused(catalogue) -> None:
    async with catalogue.database.searching() as db:
        with pytest.raises(ValueError, match="workspace predicate"):
            await statement.read(db, "select * from influencer_search", Values(catalogue.workspace))


async def test_the_search_role_reads_nothing_else_and_writes_nothing(catalogue) -> None:
    async with catalogue.database.searching() as db:
        for refused in (
            "select * from influencers",
            "select * from influencer_contacts",
            "select * from saved_searches",
            "delete from influencer_search",
            "update influencer_names set reach = 0",
        ):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await db.execute(refused)
