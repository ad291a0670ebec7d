"""The search benchmark runs to its end and leaves nothing behind; how fast it is, no test says."""

import re

import pytest

from service.bench import UnknownBenchmark, run
from service.bench.figures import figures
from service.bench.searches import SEARCHES
from service.kit.db import Connection
from service.settings import Settings


async def test_the_search_benchmark_prints_ratios(
    settings: Settings, owner: Connection, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await run("search", settings, 300) == 0
    printed = capsys.readouterr().out
    assert "floor: primary key only" in printed
    assert re.search(r"^ratio +p50 \d+ .*p95 \d+ ", printed, re.M)
    for search in SEARCHES:
        assert search.name in printed
    left = await owner.fetch(
        "select datname from pg_database where datname like 'elci_bench%' "
        "union all select rolname from pg_roles where rolname like 'elci_bench%'"
    )
    assert left == []


def test_searches_have_names_of_their_own() -> None:
    assert len({search.name for search in SEARCHES}) == len(SEARCHES) >= 20


def test_percentiles_are_by_nearest_rank() -> None:
    found = figures([float(value) for value in range(100, 0, -1)])
    assert (found.p50, found.p95, found.p99, found.most) == (50.0, 95.0, 99.0, 100.0)


async def test_an_unknown_benchmark_is_said_to_be_none(settings: Settings) -> None:
    with pytest.raises(UnknownBenchmark, match="nothing"):
        await run("nothing", settings)
