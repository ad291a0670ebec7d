"""`elci bench search`: the search with its indexes against the same statements with a primary key alone.

Both read the same rows with the same statements in one interleaved run. Ratios are the floor's percentile
over ours; the goals of a million profiles are 100 for p50 and 10 for p95.
"""

import time
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple, TypeVar

import asyncpg

from service.bench.figures import Figures, figures, milliseconds, table
from service.bench.filling import CURRENCY, fill
from service.bench.profiles import NOW
from service.bench.scratch import scratch
from service.bench.searches import SEARCHES, Search
from service.discovery.search import finding
from service.discovery.search.conditions import Known
from service.discovery.search.facets import Facet, Tier
from service.discovery.search.finding import order_of
from service.discovery.search.queries import Wanted
from service.discovery.search.relevance import text_of
from service.discovery.search.sorting import key_of
from service.kit import ids
from service.kit.db import SEARCH_OPTIONS, Connection, set_codecs
from service.settings import Settings, search_dsn, search_role

DEFAULT_SIZE = 100_000
ROUNDS = 5
PAGE = 51
FACETS: tuple[Facet, ...] = ("platform", "country", "city", "category", "language", "tier")
TIERS = [Tier("nano", 1_000), Tier("micro", 10_000), Tier("mid", 50_000), Tier("macro", 500_000)]
T = TypeVar("T")


class Measured(NamedTuple):
    """Durations of one search, a list an entry of each round."""

    page: list[float]
    floor: list[float]
    counting: list[float]
    facets: list[float]
    matching: int

    def whole(self) -> list[float]:
        """What an answer with everything takes."""
        return [sum(parts) for parts in zip(self.page, self.counting, self.facets, strict=True)]


async def run(settings: Settings, size: int | None = None) -> int:
    """Fills a scratch database, measures every search, prints a table."""
    count = size or DEFAULT_SIZE
    async with scratch(settings, "search") as made:
        workspace = ids.new()
        await _fill(made, workspace, count)
        measured = await _measure(made, workspace)
    print(report(count, measured))
    return 0


async def _fill(settings: Settings, workspace: Any, count: int) -> None:
    owner = await asyncpg.connect(settings.database_url)
    try:
        await set_codecs(owner)
        await owner.execute("insert into workspaces (id, name) values ($1, 'bench')", workspace)
        await fill(owner, workspace, count, lambda done: print(f"\r{done:,} profiles", end="", flush=True))
        print()
        role = '"' + search_role(settings) + '"'
        await owner.execute(
            f"grant usage on schema bare to {role}; grant select on all tables in schema bare to {role}"
        )
    finally:
        await owner.close()


async def _measure(settings: Settings, workspace: Any) -> dict[str, Measured]:
    ours, floor = await _connect(settings, "public"), await _connect(settings, "bare")
    made: dict[str, Measured] = {}
    try:
        for search in SEARCHES:
            wanted = _wanted(workspace, search)
            matching = await finding.count(ours, wanted)
            made[search.name] = Measured([], [], [], [], matching)
        for _ in range(ROUNDS):
            for search in SEARCHES:
                await _round(ours, floor, _wanted(workspace, search), search, made[search.name])
    finally:
        await ours.close()
        await floor.close()
    return made


async def _connect(settings: Settings, schema: str) -> Connection:
    options = {**SEARCH_OPTIONS, "search_path": schema, "jit": "off"}
    return await asyncpg.connect(search_dsn(settings), server_settings=options)


async def _round(ours: Connection, floor: Connection, wanted: Wanted, search: Search, into: Measured) -> None:
    into.page.append(await _timed(lambda: _page(ours, wanted, search)))
    into.floor.append(await _timed(lambda: _page(floor, wanted, search)))
    into.counting.append(await _timed(lambda: finding.count(ours, wanted)))
    into.facets.append(await _timed(lambda: finding.counts(ours, wanted, FACETS, TIERS)))


async def _timed(call: Callable[[], Awaitable[T]]) -> float:
    # Warm, ours and the floor alike: each reads what the other has pushed out of the cache.
    await call()
    started = time.perf_counter()
    await call()
    return time.perf_counter() - started


async def _page(db: Connection, wanted: Wanted, search: Search) -> None:
    said = wanted._replace(text=None) if key_of(search.sort) == "relevance" else wanted
    await finding.page(db, said, order_of(search.sort, wanted.text), None, PAGE)


def _wanted(workspace: Any, search: Search) -> Wanted:
    provided: list[dict[str, Any]] = [{} for _ in range(1 + len(search.filters.exclusions()))]
    return Wanted(workspace, search.filters, provided, Known(NOW, CURRENCY), text_of(search.query))


def report(count: int, measured: dict[str, Measured]) -> str:
    """The table of all searches, and the ratios to the floor."""
    head = ("search", "matching", "page ms", "floor ms", "ratio", "count ms", "facets ms")
    rows = [_row(name, each) for name, each in measured.items()]
    pages = figures([value for each in measured.values() for value in each.page])
    floor = figures([value for each in measured.values() for value in each.floor])
    whole = figures([value for each in measured.values() for value in each.whole()])
    return "\n".join(
        [
            f"{count:,} profiles, {len(measured)} searches x {ROUNDS} rounds; floor: primary key only",
            table(head, rows),
            _line("page", pages),
            _line("floor", floor),
            f"ratio    p50 {floor.p50 / pages.p50:.0f} (goal 100 at 1,000,000), "
            f"p95 {floor.p95 / pages.p95:.0f} (goal 10 at 1,000,000)",
            _line("page, count and facets", whole),
        ]
    )


def _row(name: str, each: Measured) -> tuple[str, ...]:
    page, floor = figures(each.page).p50, figures(each.floor).p50
    matching = f"{each.matching:,}" if each.matching < finding.COUNT_CAP else f"{finding.COUNT_CAP - 1:,}+"
    counted = (milliseconds(figures(times).p50) for times in (each.counting, each.facets))
    return (name, matching, milliseconds(page), milliseconds(floor), f"{floor / page:.0f}", *counted)


def _line(name: str, found: Figures) -> str:
    return (
        f"{name}: p50 {milliseconds(found.p50).strip()}, p95 {milliseconds(found.p95).strip()}, "
        f"p99 {milliseconds(found.p99).strip()}, most {milliseconds(found.most).strip()} ms"
    )
