"""`elci bench listening`: a query over a million mentions of 90 days; each answer's goal is 500 ms.

The floor is a look at every mention that the query matches: what no answer can do without. Ratios are the
answer's median over the floor's, of rounds that take turns.
"""

import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import asyncpg

from service.bench.figures import figures, milliseconds, table
from service.bench.mentions import BRANDS, DAYS, fill
from service.bench.scratch import scratch
from service.kit import db as kit_db
from service.kit import ids, keys
from service.kit.db import Connection, Database
from service.mentions.analyses import actions
from service.mentions.analyses.asking import Narrowed, Question
from service.mentions.analyses.topics.actions import topics
from service.mentions.narrowing import Listed
from service.mentions.queries.listing import searched
from service.mentions.queries.schemas import Trial
from service.mentions.queries.trying import try_out
from service.mentions.searching import read
from service.mentions.store import list_mentions
from service.settings import Settings, app_dsn, search_dsn

DEFAULT_SIZE = 1_000_000
ROUNDS = 5
GOAL_S = 0.5
Call = Callable[[Connection], Awaitable[object]]


async def run(settings: Settings, size: int | None = None) -> int:
    """Fills a scratch database, measures every answer, prints a table; 1 where one misses the goal."""
    count = size or DEFAULT_SIZE
    async with scratch(settings, "listening") as made:
        keys.hold(made)
        workspace = ids.new()
        queries = await _fill(made, workspace, count)
        async with kit_db.connect(app_dsn(made), search_dsn(made), made) as database:
            calls = _calls(database, workspace, queries)
            measured = await _measure(database, workspace, calls)
    print(_report(count, measured))
    return int(any(figures(times).p50 > GOAL_S for times in measured.values()))


async def _fill(settings: Settings, workspace: UUID, count: int) -> dict[str, UUID]:
    owner = await asyncpg.connect(settings.database_url)
    try:
        await kit_db.set_codecs(owner)
        await owner.execute("insert into workspaces (id, name) values ($1, 'bench')", workspace)
        return await fill(
            owner, workspace, count, lambda done: print(f"\r{done:,} mentions", end="", flush=True)
        )
    finally:
        print()
        await owner.close()


def _calls(database: Database, workspace: UUID, queries: dict[str, UUID]) -> dict[str, Call]:
    """What is measured, by name; the first is the floor."""
    word, query = next(iter(queries.items()))

    async def floor(db: Connection) -> object:
        return await read(database, "select count(*) from matched where query_id = $2", [workspace, query])

    made: dict[str, Call] = {"floor": floor}
    for name in BRANDS:
        question = _question(queries[name])
        share = f"1/{BRANDS[name]}"
        made[f"volume, {share}"] = _asked(actions.volume, database, workspace, question, "day", 100)
        made[f"sentiment, {share}"] = _asked(actions.sentiment, database, workspace, question, "day", 100)
        made[f"list, {share}"] = _asked_of_store(workspace, queries[name])
        made[f"authors, {share}"] = _asked(actions.authors, database, workspace, question, "mentions", 50)
    both = _question(*list(queries.values())[:2])
    made["volume by query"] = _asked(actions.volume, database, workspace, both, "day,query", 100)
    made["volume by platform"] = _asked(
        actions.volume, database, workspace, _question(query), "day,platform", 100
    )
    made["share of voice"] = _asked(actions.share_of_voice, database, workspace, _question(), None, "day")
    made["topics, 1/10"] = _asked(topics, database, workspace, _question(query), 10)
    for expression in (word, f"{word} AND w7", f"{word} NEAR/5 w3"):
        trial = Trial(expression=expression)
        made[f"try {expression}"] = _asked(try_out, database, workspace, trial)
        made[f"list {expression}"] = _asked(searched, database, workspace, expression, Listed(), None, 51)
    return made


def _question(*queries: UUID) -> Question:
    today = datetime.now(UTC).date()
    shown = tuple(ids.show("lsq", query) for query in queries)
    return Question(today - timedelta(days=DAYS - 1), today, "Europe/Istanbul", Narrowed(query_ids=shown))


def _asked(action: Any, database: Database, *given: Any) -> Call:
    async def call(db: Connection) -> object:
        return await action(database, db, *given)

    return call


def _asked_of_store(workspace: UUID, query: UUID) -> Call:
    async def call(db: Connection) -> object:
        return await list_mentions(db, workspace, Listed(query_id=query), None, 51)

    return call


async def _measure(database: Database, workspace: UUID, calls: dict[str, Call]) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in calls}
    for at in range(ROUNDS + 1):
        for name, call in calls.items():
            async with database.transaction(workspace) as db:
                started = time.perf_counter()
                await call(db)
                # The first round warms what the others find warm.
                if at:
                    times[name].append(time.perf_counter() - started)
    return times


def _report(count: int, measured: dict[str, list[float]]) -> str:
    floor = figures(measured["floor"]).p50
    rows = []
    for name, times in measured.items():
        found = figures(times)
        rows.append((name, milliseconds(found.p50), milliseconds(found.most), f"{found.p50 / floor:.1f}"))
    return "\n".join(
        [
            f"{count:,} mentions of {DAYS} days, {ROUNDS} rounds; goal {GOAL_S * 1000:.0f} ms each",
            table(("answer", "p50 ms", "most ms", "x floor"), rows),
        ]
    )
