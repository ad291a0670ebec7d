"""Counts beside a page: exact where few match, estimated over a sample where many do."""

from typing import Any

import pytest

from service.discovery.search import facets, finding
from service.discovery.search.actions import search
from service.discovery.search.facets import Counted, Sample, scaled, together
from service.discovery.search.schemas import SearchRequest
from service.kit import ids
from tests.service.discovery.people import put

ALL = ["platform", "country", "city", "category", "language", "tier"]


def _values(results: Any, facet: str) -> dict[str, int]:
    return {each.value: each.count for each in results.facets[facet].values}


async def test_facets_count_influencers(catalogue) -> None:
    results = await catalogue.search(facets=ALL, limit=1)
    assert _values(results, "country") == {"TR": 7, "DE": 1, "PT": 1, "US": 1}
    assert _values(results, "platform") == {
        "instagram": 6, "tiktok": 2, "youtube": 2, "other": 1, "twitch": 1, "x": 1
    }  # fmt: skip
    assert _values(results, "city") == {"TR-34": 2, "TR-06": 1, "TR-35": 1, "US-CA": 1}
    assert _values(results, "language") == {"tr": 4, "en": 2, "de": 1}
    assert _values(results, "tier") == {"mega": 3, "mid": 3, "nano": 3, "micro": 2}
    assert {each.relation for each in results.facets.values()} == {"eq"}


async def test_spellings_of_a_category_are_one(catalogue) -> None:
    results = await catalogue.search(facets=["category"])
    counts = _values(results, "category")
    assert counts["Moda"] == 3
    assert counts["Güzellik"] == 2
    assert "güzellik" not in counts


async def test_facets_are_of_the_matching_influencers(catalogue) -> None:
    results = await catalogue.search(filters={"category": ["moda"]}, facets=["tier", "platform"])
    assert _values(results, "platform") == {"instagram": 2, "tiktok": 2}
    # One account of each is enough to be counted with its size.
    assert _values(results, "tier") == {"mid": 2, "mega": 1, "nano": 1}


async def test_facets_of_nothing(catalogue) -> None:
    results = await catalogue.search(filters={"country": ["JP"]}, facets=["country"])
    assert results.facets["country"].values == []
    assert results.facets["country"].relation == "eq"


async def test_many_matches_are_estimated(catalogue, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(facets, "MOST_ROWS", 3)
    whole = await catalogue.search(facets=ALL)
    # The sample held the whole workspace: the counts are exact even so.
    assert whole.facets["country"].relation == "eq"
    assert _values(whole, "country") == {"TR": 7, "DE": 1, "PT": 1, "US": 1}
    monkeypatch.setattr(facets, "SAMPLE", 4)
    part = await catalogue.search(facets=ALL)
    assert part.facets["country"].relation == "approx"
    assert sum(_values(part, "country").values()) > 0


@pytest.mark.parametrize("matching", [0.5, 0.1])
async def test_estimates_are_near_the_truth(
    database, monkeypatch: pytest.MonkeyPatch, matching: float
) -> None:
    """3,000 people, a sample of 1,000: counts are within four standard errors, and rounding."""
    workspace, count = ids.new(), 3_000
    async with database.transaction(workspace) as db:
        await db.execute("select entry.new_workspace($1, $2)", workspace, "Many")
        share = round(1 / matching)
        await put(
            db,
            workspace,
            {
                f"p{number}": {
                    "country": "TR" if number % share == 0 else "US",
                    "accounts": [{"platform": "x", "handle": f"p{number}"}],
                }
                for number in range(count)
            },
        )
    monkeypatch.setattr(facets, "SAMPLE", 1_000)
    monkeypatch.setattr(facets, "MOST_ROWS", 100)
    async with database.transaction(workspace) as db:
        results = await search(database, db, workspace, SearchRequest(facets=["country"]))
    counts = _values(results, "country")
    error = 4 * count * (matching * (1 - matching) / 1_000) ** 0.5 + 0.1 * count * matching
    assert abs(counts["TR"] - count * matching) < error
    assert results.count.value == finding.COUNT_CAP
    assert results.count.relation == "gte"


def test_a_sample_knows_its_share() -> None:
    assert Sample(facets.SAMPLE - 1, 5).share == 1.0
    assert Sample(facets.SAMPLE, facets.RANGE // 4 - 1).share == 0.25


def test_estimates_say_no_more_than_two_digits() -> None:
    assert scaled(3, 0.001) == 3_000
    assert scaled(1_234, 0.01) == 120_000
    assert scaled(1_234, 1.0) == 1_234


def test_values_are_ordered_by_frequency_then_name() -> None:
    counted = [Counted("category", name, n) for name, n in (("b", 2), ("A", 2), ("ığdır", 1), ("IĞDIR", 3))]
    assert [(each.value, each.influencers) for each in together(counted)] == [
        ("IĞDIR", 4),
        ("A", 2),
        ("b", 2),
    ]
