"""`elci bench score`: candidates ranked for one brief, the arithmetic and through the API.

The floor of the arithmetic is the same formulas written straight down in numpy (straight.py), interleaved in
one run. Goals at 100,000 candidates: 2 times the floor, and 5 s through the API.
"""

import time
import warnings
from collections.abc import Callable
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
import httpx
import numpy as np

from service.accounts.actions import create_workspace
from service.bench.catalogue import fill_catalogue
from service.bench.figures import figures, milliseconds
from service.bench.scratch import scratch
from service.bench.signals import fill_signals
from service.bench.straight import best
from service.discovery.briefs.store import get_brief
from service.discovery.scores.loading import Ordered, asked_of, ordered
from service.discovery.scores.ranking import rank
from service.discovery.scores.schemas import Asked
from service.kit import clock, db, ids
from service.kit.db import Connection, Database, set_codecs
from service.settings import Settings, app_dsn, search_dsn

DEFAULT_SIZE = 100_000
ROUNDS = 15
CALLS = 5
PAGE = 50
BRIEF = {
    "name": "Bench",
    "description": "kahve, kahvaltı ve deniz",
    "keywords": ["kahve", "kahvaltı"],
    "hashtags": ["kahve"],
    "audience": {
        "country": {"TR": 0.6, "DE": 0.1},
        "age": {"18-24": 0.3, "25-34": 0.3},
        "gender": {"female": 0.55},
    },
}


class Made(NamedTuple):
    """A workspace to measure in."""

    settings: Settings
    workspace_id: UUID
    key: str


async def run(settings: Settings, size: int | None = None) -> int:
    """Fills a scratch database, measures, prints ratios."""
    count = size or DEFAULT_SIZE
    async with (
        scratch(settings, "score") as own,
        db.connect(app_dsn(own), search_dsn(own), own) as database,
    ):
        created = await create_workspace(database, "Bench")
        made = Made(own, ids.read("ws", created.workspace_id), created.api_key)
        await _fill(made, count)
        brief_id, calls = await _through_the_api(made, database)
        ours, floor = await _arithmetic(made, database, brief_id)
    print(_report(count, calls, ours, floor))
    return 0


async def _fill(made: Made, count: int) -> None:
    owner = await asyncpg.connect(made.settings.database_url)
    try:
        await set_codecs(owner)
        await fill_catalogue(
            owner, made.workspace_id, count, lambda done: print(f"\r{done:,} profiles", end="", flush=True)
        )
        print()
        await fill_signals(owner, made.workspace_id)
    finally:
        await owner.close()


async def _through_the_api(made: Made, database: Database) -> tuple[UUID, list[float]]:
    """The brief's id, and how long a new run with its first page took each time, all scores in it."""
    from service.app import create_app

    app = create_app(made.settings)
    app.state.database = database
    headers = {"Authorization": f"Bearer {made.key}"}
    transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]  # litestar's scopes are narrower
    took = []
    async with httpx.AsyncClient(
        transport=transport, base_url="http://bench", headers=headers, timeout=120
    ) as client:
        answer = (await client.post("/v1/briefs", json=BRIEF)).raise_for_status()
        brief_id = answer.json()["id"]
        for _ in range(CALLS + 1):
            started = time.perf_counter()
            page = await client.post(f"/v1/briefs/{brief_id}/scores", json={"limit": PAGE})
            took.append(time.perf_counter() - started)
            page.raise_for_status()
        print(_what_was_known(page.json()))
    # The first finds nothing in any cache.
    return ids.read("bri", brief_id), took[1:]


def _what_was_known(page: dict[str, Any]) -> str:
    known = {
        name: sum(row[name]["score"] is not None for row in page["data"])
        for name in ("fit", "content", "audience", "engagement", "authority", "authenticity")
    }
    told = ", ".join(f"{name} {count}" for name, count in known.items())
    return f"{page['candidates']:,} candidates; known on the first page of {len(page['data'])}: {told}"


async def _arithmetic(made: Made, database: Database, brief_id: UUID) -> tuple[list[float], list[float]]:
    """Durations of scores, order and a first page with terms, and of the floor, in turns."""
    async with database.transaction(made.workspace_id) as connection:
        asked, loaded = await _inputs(connection, made.workspace_id, brief_id)
    ours, floor = [], []

    def rank_and_show() -> None:
        ranking = rank(loaded.rows.keys, loaded.inputs, loaded.populations, {}, asked, loaded.ranking.as_of)
        ranking.page(0, PAGE)

    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for _ in range(ROUNDS):
            ours.append(_timed(rank_and_show))
            floor.append(_timed(lambda: best(loaded.inputs, loaded.populations, PAGE)))
    return ours, floor


async def _inputs(connection: Connection, workspace_id: UUID, brief_id: UUID) -> tuple[Asked, Ordered]:
    brief = await get_brief(connection, workspace_id, brief_id)
    asked = await asked_of(connection, workspace_id, brief)
    found = await connection.fetch("select id from influencers where workspace_id = $1", workspace_id)
    everybody = [row["id"] for row in found]
    return asked, await ordered(connection, workspace_id, asked, everybody, await clock.now(connection))


def _timed(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def _report(count: int, calls: list[float], ours: list[float], floor: list[float]) -> str:
    api, score, bare = figures(calls), figures(ours), figures(floor)
    ratios = figures([mine / its for mine, its in zip(ours, floor, strict=True)])
    return "\n".join(
        [
            f"{count:,} influencers, one brief, {PAGE} on the page with terms",
            f"floor: the formulas in plain numpy {milliseconds(bare.p50).strip()} ms "
            f"({milliseconds(min(floor)).strip()} to {milliseconds(bare.most).strip()})",
            f"scores, order, first page {milliseconds(score.p50).strip()} ms "
            f"({milliseconds(min(ours)).strip()} to {milliseconds(score.most).strip()})",
            f"ratio    {ratios.p50:.2f} (goal 2 at most)",
            f"through the API {api.p50:.2f} s ({min(calls):.2f} to {api.most:.2f}; goal 5 s at 100,000)",
        ]
    )
