"""`elci bench import`: a file through the API and the job, against COPY of the rows that it comes to.

The floor is asyncpg's `copy_to_table` as the owner, of the very rows that the import wrote, into the same
tables with all their keys and indexes. What the import does besides: takes the upload, reads the file, finds
who is known already, refuses what can't be, computes rates, and what the search needs.
"""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from typing import NamedTuple
from uuid import UUID

import asyncpg
import httpx

from service.accounts.actions import create_workspace
from service.bench.figures import table
from service.bench.files import WRONG_EVERY, influencers
from service.bench.scratch import scratch
from service.kit import db as kit_db
from service.kit import ids, jobs
from service.kit.db import Connection, Database
from service.settings import Settings, app_dsn, search_dsn

DEFAULT_SIZE = 100_000
ROUNDS = 3
TABLES = (
    "influencers",
    "influencer_contacts",
    "influencer_accounts",
    "influencer_snapshots",
    "influencer_search",
    "influencer_names",
)
GOALS = {"insert": 0.5, "upsert": 0.35}
_MONTHS = ("2026-09-01", "2026-10-01")


class Round(NamedTuple):
    """Seconds of one round."""

    floor: float
    insert: float
    upsert: float


class Bench(NamedTuple):
    """What a round needs."""

    settings: Settings
    database: Database
    owner: Connection
    files: tuple[bytes, bytes]


async def run(settings: Settings, size: int | None = None) -> int:
    """Imports a generated file and a later one of the same people, some rounds over; prints the ratios."""
    count = size or DEFAULT_SIZE
    files = (influencers(count, 1), influencers(count, 2))
    async with scratch(settings, "import") as made, _opened(made, files) as bench:
        rounds = []
        for number in range(ROUNDS):
            rounds.append(await _round(bench))
            print(f"round {number + 1}: {_said(rounds[-1])}", flush=True)
    print(report(count, rounds))
    return 0


@asynccontextmanager
async def _opened(settings: Settings, files: tuple[bytes, bytes]) -> AsyncIterator[Bench]:
    owner = await asyncpg.connect(settings.database_url)
    try:
        for name in TABLES:
            # COPY is refused to an owner under its own wall; the app's stays where it is.
            await owner.execute(f"alter table {name} no force row level security")
        async with kit_db.connect(app_dsn(settings), search_dsn(settings), settings) as database:
            yield Bench(settings, database, owner, files)
    finally:
        await owner.close()


async def _round(bench: Bench) -> Round:
    """In workspaces of its own, so that no round finds what another one left."""
    made = await create_workspace(bench.database, "bench")
    workspace_id = ids.read("ws", made.workspace_id)
    insert = await _import(bench, made.api_key, 0)
    rows = await _copied_out(bench, workspace_id)
    floor = await _copied_in(bench.owner, rows)
    upsert = await _import(bench, made.api_key, 1)
    for table_name in TABLES:
        # What a round before left dead must not slow down the next one.
        await bench.owner.execute(f"vacuum {table_name}")
    return Round(floor, insert, upsert)


async def _import(bench: Bench, key: str, month: int) -> float:
    """Seconds from the first byte of the upload to the end of the job."""
    from service.app import create_app

    app = create_app(bench.settings)
    app.state.database = bench.database
    headers = {"Authorization": f"Bearer {key}"}
    transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]
    params = {"kind": "influencers", "as_of": _MONTHS[month]}
    async with httpx.AsyncClient(transport=transport, base_url="http://bench", headers=headers) as client:
        started = time.perf_counter()
        answer = await client.post("/v1/imports", params=params, content=bench.files[month])
        await jobs.run_queued(bench.settings, bench.database)
        ended = time.perf_counter()
        made = (await client.get(f"/v1/imports/{answer.json()['id']}")).json()
    if made["status"] != "succeeded":
        raise RuntimeError(f"the import {made['status']}: {made['error']}")
    return ended - started


async def _copied_out(bench: Bench, workspace_id: UUID) -> dict[str, tuple[list[str], bytes]]:
    """The rows of a workspace as COPY writes them, for another workspace; with their columns."""
    other = ids.read("ws", (await create_workspace(bench.database, "floor")).workspace_id)
    found = {}
    for name in TABLES:
        columns = await _columns(bench.owner, name)
        shown = [f"'{other}'::uuid" if column == "workspace_id" else column for column in columns]
        out = BytesIO()
        query = f"select {', '.join(shown)} from {name} where workspace_id = $1"
        await bench.owner.copy_from_query(query, workspace_id, output=out)
        found[name] = (columns, out.getvalue())
    return found


async def _columns(owner: Connection, name: str) -> list[str]:
    rows = await owner.fetch(
        """select column_name::text from information_schema.columns
           where table_name = $1 and is_generated = 'NEVER' order by ordinal_position""",
        name,
    )
    return [row[0] for row in rows]


async def _copied_in(owner: Connection, rows: dict[str, tuple[list[str], bytes]]) -> float:
    started = time.perf_counter()
    async with owner.transaction():
        for name, (columns, data) in rows.items():
            await owner.copy_to_table(name, source=BytesIO(data), columns=columns)
    return time.perf_counter() - started


def report(count: int, rounds: list[Round]) -> str:
    """The table of both ways, and their ratios to the floor of the same round."""
    head = ("", "rows/s median", "ratio median", "least", "most", "goal")
    rows = [_line("COPY of the same rows (floor)", count, [each.floor for each in rounds], rounds, None)]
    for name, goal in GOALS.items():
        taken = [getattr(each, name) for each in rounds]
        rows.append(_line(name, count, taken, rounds, goal))
    return "\n".join(
        [
            f"{count:,} rows, one in {WRONG_EVERY} refused; {len(rounds)} interleaved rounds;"
            f" floor: copy_to_table as the owner into {', '.join(TABLES)}",
            table(head, rows),
        ]
    )


def _line(
    name: str, count: int, seconds: list[float], rounds: list[Round], goal: float | None
) -> tuple[str, ...]:
    ratios = sorted(each.floor / taken for each, taken in zip(rounds, seconds, strict=True))
    median = sorted(seconds)[len(seconds) // 2]
    shown = [f"{ratio:.2f}" for ratio in (ratios[len(ratios) // 2], ratios[0], ratios[-1])]
    return (name, f"{count / median:,.0f}", *shown, "" if goal is None else f">= {goal}")


def _said(one: Round) -> str:
    return ", ".join(f"{name} {seconds:.1f} s" for name, seconds in one._asdict().items())
