"""`elci bench advocacy`: a program with a million referrals; each answer's goal is 300 ms, 95 times of 100.

Asked over HTTP (without a socket); FLOOR is what any call takes, on the machine as it is. Beside answers: an
order of a friend of somebody deep in the forest, from the intake to its rewards, and the sums of trees, whole
and after those orders. Loyalty counts orders and mentions of its whole span anew: it has no goal.
"""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
import httpx
import numpy as np

from service.accounts.actions import create_workspace
from service.advocacy.trees import actions as trees
from service.bench.advocacy.asking import NO_GOAL, asked
from service.bench.advocacy.filling import fill
from service.bench.advocacy.growing import Grown
from service.bench.advocacy.reviewing import fill_reviews
from service.bench.figures import Figures, figures, milliseconds, table
from service.bench.scratch import scratch
from service.kit import clock, ids, jobs
from service.kit import db as kit_db
from service.kit.db import Connection, Database
from service.settings import Settings, app_dsn, search_dsn

DEFAULT_SIZE = 1_000_000
ROUNDS = 20
GOAL_S = 0.3
TERMS: dict[str, Any] = {
    "rewards": [
        {"name": "points", "trigger": "first_purchase", "kind": "points", "points": 100, "hold_days": 14},
        {
            "name": "welcome",
            "trigger": "first_purchase",
            "kind": "points",
            "side": "friend",
            "points": 50,
            "limit": {"count": 3, "per": "month"},
        },
    ],
    "budgets": [{"amount": 10**12, "currency": "points"}],
    "tiers": [{"name": "bronze", "from_qualified": 0}, {"name": "gold", "from_qualified": 10}],
}


class Bench(NamedTuple):
    settings: Settings
    database: Database
    owner: Connection
    client: httpx.AsyncClient
    workspace_id: UUID
    program: str


class Measured(NamedTuple):
    """Reviews; and seconds of filling, of summing up all trees, of building the report for the first time and
    again, and of each call by its name."""

    filled: float
    reviews: int
    summed: float
    built: list[float]
    calls: dict[str, list[float]]


async def run(settings: Settings, size: int | None = None) -> int:
    """Fills a program, asks, prints times; 1 where one misses the goal."""
    count = size or DEFAULT_SIZE
    async with scratch(settings, "advocacy") as made, _opened(made) as bench:
        measured = await _measure(bench, count)
    print("\n" + report(count, measured))
    return int(any(_missed(name, figures(times)) for name, times in measured.calls.items()))


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[Bench]:
    from service.app import create_app

    owner = await asyncpg.connect(settings.database_url)
    try:
        async with kit_db.connect(app_dsn(settings), search_dsn(settings), settings) as database:
            app = create_app(settings)
            app.state.database = database
            made = await create_workspace(database, "bench")
            async with httpx.AsyncClient(
                transport=httpx.ASGITransport(app=app),  # type: ignore[arg-type]
                base_url="http://bench",
                headers={"Authorization": f"Bearer {made.api_key}"},
                timeout=600,
            ) as client:
                program = (await _made(client, "/v1/programs", {"name": "bench", "kind": "advocacy"}))["id"]
                await _made(client, f"/v1/programs/{program}/advocacy-terms", {"terms": TERMS})
                workspace_id = ids.read("ws", made.workspace_id)
                yield Bench(settings, database, owner, client, workspace_id, program)
    finally:
        await owner.close()


async def _made(client: httpx.AsyncClient, path: str, body: dict[str, Any]) -> Any:
    answer = await client.post(path, json=body)
    if not answer.is_success:
        raise RuntimeError(f"{path}: {answer.text}")
    return answer.json()


async def _measure(bench: Bench, count: int) -> Measured:
    program_id = ids.read("prg", bench.program)
    started = time.perf_counter()
    forest = await fill(bench.owner, bench.workspace_id, program_id, count, lambda name: _say(f"{name} ..."))
    reviews = await fill_reviews(bench.owner, bench.workspace_id, count)
    filled = time.perf_counter() - started
    async with bench.database.transaction(bench.workspace_id) as db:
        await db.execute("set local statement_timeout = 0")
        started = time.perf_counter()
        await trees.sum_up(db, bench.workspace_id, program_id)
        summed = time.perf_counter() - started
    built = [await _build(bench) for _ in range(2)]
    for name in ("referral_nodes", "referral_parts"):
        await bench.owner.execute(f"vacuum (analyze) {name}")
    async with bench.database.connection() as db:
        paths = asked(bench.program, forest, await clock.now(db))
    calls: dict[str, list[float]] = {name: [] for name in paths}
    orders = await _codes(bench, forest)
    for at in range(ROUNDS + 1):
        for name, path in paths.items():
            # The first round warms what the others find warm.
            calls[name] += [await _ask(bench.client, path)][: int(at > 0)]
        if at:
            for name, taken in (await _order(bench, at, orders[at % len(orders)])).items():
                calls.setdefault(name, []).append(taken)
        _say(f"round {at}")
    await _check(bench, forest)
    return Measured(filled, reviews, summed, built, calls)


async def _build(bench: Bench) -> float:
    """The report built by its job. Raises where it failed."""
    job = await _made(bench.client, "/v1/advocacy/report/refresh", {})
    started = time.perf_counter()
    await jobs.run_queued(bench.settings, bench.database)
    taken = time.perf_counter() - started
    ended = (await bench.client.get(f"/v1/jobs/{job['id']}")).json()
    if ended["status"] != "succeeded":
        raise RuntimeError(f"the report: {ended}")
    return taken


async def _check(bench: Bench, forest: Grown) -> None:
    """Raises where an answer is not what was made up."""
    answer = await bench.client.get(f"/v1/programs/{bench.program}/referral-trees")
    found = answer.json()["figures"]
    came = (forest.state >= 2) & (forest.state <= 4)
    friends = int((came & ~forest.held & (forest.friend < 0)).sum())
    # Each order brought a friend, who is a guest now: the terms give friends something.
    people = len(forest.joined) + friends + ROUNDS
    if found["people"] != people:
        raise RuntimeError(f"of {people} people there are {found['people']}")


def _say(text: str) -> None:
    print(f"\r{text:<40}", end="", flush=True)


async def _ask(client: httpx.AsyncClient, path: str) -> float:
    started = time.perf_counter()
    answer = await client.get(path)
    taken = time.perf_counter() - started
    if answer.status_code != 200:
        raise RuntimeError(f"{path}: {answer.text}")
    return taken


async def _codes(bench: Bench, forest: Grown) -> list[str]:
    """Coupons of the advocates who stand deepest in the forest."""
    deep = np.zeros(len(forest.joined), dtype=np.int64)
    for n in np.flatnonzero(forest.through >= 0).tolist():
        deep[n] = deep[forest.by[forest.through[n]]] + 1
    deep[forest.guest] = -1
    codes = []
    for n in np.argsort(deep)[-ROUNDS:].tolist():
        partner = ids.show("prt", UUID(f"01900000-0000-7200-8000-{n:012x}"))
        await _made(bench.client, "/v1/coupons", {"code": f"BENCH{n}", "partner_id": partner})
        codes.append(f"BENCH{n}")
    return codes


async def _order(bench: Bench, n: int, code: str) -> dict[str, float]:
    """A friend's first order: taken in, settled and followed to its rewards, and added to the trees."""
    body = {
        "external_id": f"order-{n}",
        "kind": "sale",
        "amount": {"amount": 12_000, "currency": "TRY"},
        "customer": {"email": f"friend-{n}@elci.example"},
        "coupon": code,
    }
    await _made(bench.client, "/v1/conversions", body)
    moments = [time.perf_counter()]
    await jobs.run_queued(bench.settings, bench.database)
    moments.append(time.perf_counter())
    await jobs.run_scheduled(bench.settings, bench.database, "advocacy.trees")
    await jobs.run_queued(bench.settings, bench.database)
    moments.append(time.perf_counter())
    names = ("an order is followed to its rewards", "an order is added to the trees")
    return {name: moments[at + 1] - moments[at] for at, name in enumerate(names)}


def report(count: int, measured: Measured) -> str:
    """Times of all calls, those that miss the goal marked."""
    rows = [_row(name, figures(times)) for name, times in measured.calls.items()]
    return "\n".join(
        [
            f"{count:,} referrals, {measured.reviews:,} reviews: filled in {measured.filled:.1f} s, trees"
            f" summed up in {measured.summed:.1f} s; {ROUNDS} rounds, goal {GOAL_S * 1000:.0f} ms (p95)",
            f"the report built in {measured.built[0]:.1f} s, and again in {measured.built[1]:.1f} s",
            table(("answer", "p50 ms", "p95 ms", "most ms", ""), rows),
        ]
    )


def _row(name: str, found: Figures) -> tuple[str, ...]:
    times = (milliseconds(each) for each in (found.p50, found.p95, found.most))
    return (name, *times, "missed" if _missed(name, found) else "no goal" if name in NO_GOAL else "")


def _missed(name: str, found: Figures) -> bool:
    return name not in NO_GOAL and found.p95 > GOAL_S
