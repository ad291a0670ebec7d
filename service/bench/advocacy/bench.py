"""`elci bench advocacy`: a program with a million referrals; each answer's goal is 300 ms, 95 times of 100.

Asked over HTTP (without a socket). Beside answers: an order of a friend of somebody deep in the forest, from
the intake to its rewards, and the sums of trees, whole and after those orders.
"""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
import httpx
import numpy as np

from service.accounts.actions import create_workspace
from service.advocacy.trees import actions as trees
from service.bench.advocacy.filling import fill
from service.bench.advocacy.growing import Grown
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
    """Seconds: of filling, of summing up all trees, of building the report for the first time and again, and
    of each call by its name."""

    filled: float
    summed: float
    built: list[float]
    calls: dict[str, list[float]]


async def run(settings: Settings, size: int | None = None) -> int:
    """Fills a program, asks, prints times; 1 where one misses the goal."""
    count = size or DEFAULT_SIZE
    async with scratch(settings, "advocacy") as made, _opened(made) as bench:
        measured = await _measure(bench, count)
    print("\n" + report(count, measured))
    return int(any(figures(times).p95 > GOAL_S for times in measured.calls.values()))


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
    return Measured(filled, summed, built, calls)


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


def asked(program: str, forest: Grown, now: datetime) -> dict[str, str]:
    """What is asked, by name."""
    brought = np.bincount(forest.by, minlength=len(forest.joined))
    first, middle = _advocate(0), _advocate(int(np.argsort(brought)[-len(brought) // 100]))
    leaf = _advocate(len(forest.joined) - 1)
    quarter = f"from={now - timedelta(days=90):%Y-%m-%dT%H:%M:%SZ}"
    of = f"program_id={program}"
    month = f"from={now - timedelta(days=60):%Y-%m-%d}&to={now - timedelta(days=30):%Y-%m-%d}"
    return {
        "report of all programs": "/v1/advocacy/report",
        "report of the program": f"/v1/advocacy/report?{of}",
        "report of a month": f"/v1/advocacy/report?{of}&{month}",
        "report, cohorts by week": f"/v1/advocacy/report?{of}&cohorts=week",
        "report, side by side as a spreadsheet": f"/v1/advocacy/report.csv?{of}&table=sides",
        "tree of the first": f"/v1/advocates/{first}/tree",
        "tree of the first, 500 accounts": f"/v1/advocates/{first}/tree?depth=10&wide=50&most=500",
        "tree of one of a hundred": f"/v1/advocates/{middle}/tree",
        "tree of the last": f"/v1/advocates/{leaf}/tree",
        "trees of the program": f"/v1/programs/{program}/referral-trees",
        "trees of the program, 100": f"/v1/programs/{program}/referral-trees?limit=100",
        "leaderboard": f"/v1/advocates/leaderboard?{of}",
        "leaderboard of 90 days": f"/v1/advocates/leaderboard?{of}&{quarter}",
        "advocates": "/v1/advocates?limit=100",
        "advocates of the program": f"/v1/advocates?{of}",
        "advocates, guests": f"/v1/advocates?{of}&status=guest",
        "advocates, employees": "/v1/advocates?member=employee",
        "advocates of a tier nobody has": "/v1/advocates?tier=platinum",
        "advocates, joined by mention": "/v1/advocates?joined_by=mention",
        "advocate": f"/v1/advocates/{first}",
        "referrals": "/v1/referrals?limit=100",
        "referrals of the program": f"/v1/referrals?{of}",
        "referrals of the first": f"/v1/referrals?advocate_id={first}",
        "referrals, rejected": f"/v1/referrals?{of}&state=rejected",
        "referrals, manual": "/v1/referrals?channel=manual",
        "referrals, held": "/v1/referrals?held=true",
        "rewards": "/v1/rewards?limit=100",
        "rewards, expired": "/v1/rewards?status=expired",
        "rewards of friends": "/v1/rewards?side=friend",
        "rewards of the first": f"/v1/rewards?advocate_id={first}",
        "obligations": f"/v1/rewards/obligations?{of}",
        "balance of the first": f"/v1/advocates/{first}/balance",
    }


def _advocate(n: int) -> str:
    """The outer id of the n-th advocate (filling.made_id)."""
    return ids.show("adv", UUID(f"01900000-0000-7100-8000-{n:012x}"))


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
            f"{count:,} referrals: filled in {measured.filled:.1f} s, trees summed up in"
            f" {measured.summed:.1f} s; {ROUNDS} rounds, goal {GOAL_S * 1000:.0f} ms (p95)",
            f"the report built in {measured.built[0]:.1f} s, and again in {measured.built[1]:.1f} s",
            table(("answer", "p50 ms", "p95 ms", "most ms", ""), rows),
        ]
    )


def _row(name: str, found: Figures) -> tuple[str, ...]:
    times = (milliseconds(each) for each in (found.p50, found.p95, found.most))
    return (name, *times, "" if found.p95 <= GOAL_S else "missed")
