"""`elci bench conversions`: orders taken in and settled, and all attribution models over 90 days of them.

Floors, in the same rounds: a plain INSERT of the very rows of `conversions` that the intake wrote, each in a
transaction of its own (one by one) or a thousand in one (in bulk). An order that is taken in also has names,
a report, a customer, touches, a commission and its postings, and is looked at for fraud. The comparison's
floor is one statement that sums the last touch alone.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
import httpx

from service.accounts.actions import create_workspace
from service.bench import orders
from service.bench.figures import table
from service.bench.scratch import scratch
from service.conversions.facts import Source
from service.conversions.reports import Order
from service.conversions.taking import take, take_many
from service.kit import clock, ids, jobs
from service.kit import db as kit_db
from service.kit.db import Connection, Database
from service.settings import Settings, app_dsn, search_dsn

DEFAULT_SIZE = 1_000_000
ROUNDS = 3
# Of each round. All of a million would be taken in for an hour, at the same rate.
ONE_BY_ONE = 300
IN_BULK = 2_000
BATCH = 1_000
AT_ONCE = 4
FILL_AT_ONCE = 50_000
SOURCE = Source("", "webhook", True, "bench")
_LAST_TOUCH = """
    select t.partner_id, v.currency, sum(v.net)
    from conversions v
    cross join lateral (
        select partner_id from conversion_touches t
        where t.workspace_id = $1 and t.conversion_id = v.id order by at desc, n desc limit 1
    ) t
    where v.workspace_id = $1 and v.occurred_at >= $2 and v.occurred_at < $3
    group by 1, 2
"""


class Bench(NamedTuple):
    settings: Settings
    database: Database
    owner: Connection
    client: httpx.AsyncClient
    workspace_id: UUID
    floor_id: UUID
    partner_ids: list[UUID]
    until: datetime


class Round(NamedTuple):
    """Seconds of one round, each way with its floor."""

    single: float
    single_floor: float
    several: float
    bulk: float
    settled: float
    bulk_floor: float


class Compared(NamedTuple):
    """Seconds of the job, of its floor, and of the request that finds the answer."""

    job: float
    floor: float
    again: float
    conversions: int


async def run(settings: Settings, size: int | None = None) -> int:
    """Takes orders in, fills up to `size`, compares; prints rates and ratios."""
    count = size or DEFAULT_SIZE
    async with scratch(settings, "conversions") as made, _opened(made) as bench:
        rounds = []
        for number in range(ROUNDS):
            rounds.append(await _round(bench, number, count))
            print(f"round {number + 1}: {_said(rounds[-1])}", flush=True)
        seconds = await _fill(bench, count)
        print(f"{count:,} conversions and their touches: INSERT by the server {count / seconds:,.0f}/s")
        compared = await _compare(bench)
    print(report(count, rounds, compared))
    return 0


@asynccontextmanager
async def _opened(settings: Settings) -> AsyncIterator[Bench]:
    from service.app import create_app

    owner = await asyncpg.connect(settings.database_url)
    try:
        async with kit_db.connect(app_dsn(settings), search_dsn(settings), settings) as database:
            app = create_app(settings)
            app.state.database = database
            made = await create_workspace(database, "bench")
            floor = await create_workspace(database, "floor")
            headers = {"Authorization": f"Bearer {made.api_key}"}
            transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]
            async with httpx.AsyncClient(
                transport=transport, base_url="http://bench", headers=headers, timeout=600
            ) as client:
                partner_ids = await orders.partners(client)
                async with database.connection() as db:
                    until = await clock.now(db)
                yield Bench(
                    *(settings, database, owner, client),
                    *(ids.read("ws", made.workspace_id), ids.read("ws", floor.workspace_id)),
                    *(partner_ids, until),
                )
    finally:
        await owner.close()


async def _round(bench: Bench, number: int, count: int) -> Round:
    one, many = min(ONE_BY_ONE, count), min(IN_BULK, count)
    singles = await _orders(bench, 10 * number + 1, one)
    started = time.perf_counter()
    single_ids = [await _take(bench, order) for order in singles]
    single = time.perf_counter() - started
    crowd = await _orders(bench, 10 * number + 2, one)
    started = time.perf_counter()
    await asyncio.gather(*(_take_all(bench, crowd[at::AT_ONCE]) for at in range(AT_ONCE)))
    several = time.perf_counter() - started
    # Later orders of the same customers are looked at again: not within what is measured next.
    await jobs.run_queued(bench.settings, bench.database)
    mass, mass_ids = await _orders(bench, 10 * number + 3, many), []
    started = time.perf_counter()
    for at in range(0, many, BATCH):
        async with bench.database.transaction(bench.workspace_id) as db:
            taken = await take_many(db, bench.workspace_id, SOURCE, mass[at : at + BATCH])
        mass_ids += [each.conversion_id for each in taken]
    bulk = time.perf_counter() - started
    started = time.perf_counter()
    await jobs.run_queued(bench.settings, bench.database)
    settled = time.perf_counter() - started
    return Round(
        single,
        await _inserted(bench, single_ids, 1),
        several,
        bulk,
        settled,
        await _inserted(bench, mass_ids, BATCH),
    )


async def _orders(bench: Bench, seed: int, count: int) -> list[Order]:
    """Orders whose clicks are stored."""
    made = list(orders.orders(count, seed, bench.partner_ids, bench.until))
    async with bench.database.transaction(bench.workspace_id) as db:
        clicks = [click for _, click in made if click is not None]
        await orders.store_clicks(db, bench.workspace_id, clicks)
    return [order for order, _ in made]


async def _take(bench: Bench, order: Order) -> UUID | None:
    async with bench.database.transaction(bench.workspace_id) as db:
        return (await take(db, bench.workspace_id, SOURCE, order)).conversion_id


async def _take_all(bench: Bench, mine: Sequence[Order]) -> None:
    for order in mine:
        await _take(bench, order)


async def _inserted(bench: Bench, conversion_ids: Sequence[UUID | None], at_once: int) -> float:
    """Seconds of a plain INSERT of these rows of `conversions`, into another workspace."""
    async with bench.database.transaction(bench.workspace_id) as db:
        rows = await db.fetch(
            "select * from conversions where workspace_id = $1 and id = any($2)",
            bench.workspace_id,
            list(conversion_ids),
        )
    columns = list(rows[0].keys())
    changed = {"workspace_id": bench.floor_id, "customer_id": None}
    values = [tuple(changed.get(name, row[name]) for name in columns) for row in rows]
    places = ", ".join(f"${n}" for n in range(1, len(columns) + 1))
    text = f"insert into conversions ({', '.join(columns)}) values ({places})"
    started = time.perf_counter()
    for at in range(0, len(values), at_once):
        async with bench.database.transaction(bench.floor_id) as db:
            await db.executemany(text, values[at : at + at_once])
    return time.perf_counter() - started


async def _fill(bench: Bench, count: int) -> float:
    """Conversions with touches up to `count`; seconds."""
    started = time.perf_counter()
    for first in range(1, count + 1, FILL_AT_ONCE):
        last = min(count, first + FILL_AT_ONCE - 1)
        await bench.owner.execute(
            orders.FILL, bench.workspace_id, first, last, bench.until, bench.partner_ids
        )
    seconds = time.perf_counter() - started
    await bench.owner.execute("vacuum (analyze) conversions, conversion_touches")
    return seconds


async def _compare(bench: Bench) -> Compared:
    """The comparison as people ask for it: a job, then the answer."""
    last = bench.until.date()
    first = last - timedelta(days=orders.DAYS)
    started = time.perf_counter()
    await _ask(bench, first, last)
    await jobs.run_queued(bench.settings, bench.database)
    job = time.perf_counter() - started
    started = time.perf_counter()
    found = await _ask(bench, first, last)
    again = time.perf_counter() - started
    started = time.perf_counter()
    async with bench.database.transaction(bench.workspace_id) as db:
        await db.execute("set local statement_timeout = 0")
        since = bench.until - timedelta(days=orders.DAYS)
        await db.fetch(_LAST_TOUCH, bench.workspace_id, since, bench.until)
    floor = time.perf_counter() - started
    _check(found)
    return Compared(job, floor, again, sum(total["conversions"] for total in found["totals"]))


async def _ask(bench: Bench, first: Any, last: Any) -> Any:
    params: dict[str, str | int] = {"from": str(first), "to": str(last), "tz": "UTC", "limit": 1000}
    answer = await bench.client.get("/v1/attribution/compare", params=params)
    if answer.status_code not in (200, 202):
        raise RuntimeError(answer.text)
    return answer.json()


def _check(found: Any) -> None:
    """Raises where models disagree in what they share out."""
    for total in found["totals"]:
        sums = {
            model: sum(
                row["models"][model]["value"]["amount"]
                for row in found["data"]
                if row["currency"] == total["currency"]
            )
            for model in found["models"]
        }
        if set(sums.values()) != {total["attributed"]["amount"]}:
            raise RuntimeError(f"the models share out {sums}, there is {total['attributed']}")


def report(count: int, rounds: list[Round], compared: Compared) -> str:
    """Rates, and ratios to the floor of the same round: medians."""
    one, many = min(ONE_BY_ONE, count), min(IN_BULK, count)
    rows = [
        _line("INSERT, a transaction each (floor)", one, [each.single_floor for each in rounds], None),
        _line("taken and settled one by one", one, [each.single for each in rounds], rounds, "single_floor"),
        _line(f"the same, {AT_ONCE} at once", one, [each.several for each in rounds], rounds, "single_floor"),
        _line(f"INSERT, {BATCH:,} a transaction (floor)", many, [each.bulk_floor for each in rounds], None),
        _line("taken in bulk", many, [each.bulk for each in rounds], rounds, "bulk_floor"),
        _line(
            "taken in bulk and settled",
            many,
            [each.bulk + each.settled for each in rounds],
            rounds,
            "bulk_floor",
        ),
    ]
    return "\n".join(
        [
            f"{len(rounds)} interleaved rounds of {one:,} orders and {many:,} in bulk;"
            " floor: the same rows of conversions alone",
            table(("", "orders/s median", "ratio to floor"), rows),
            f"compare, {orders.DAYS} days, {compared.conversions:,} conversions, 7 models:"
            f" {compared.job:.1f} s as a job, {compared.again * 1000:.0f} ms when it is there;"
            f" one statement for the last touch alone (floor): {compared.floor:.1f} s,"
            f" ratio {compared.job / compared.floor:.1f}",
        ]
    )


def _line(
    name: str, count: int, seconds: list[float], rounds: list[Round] | None, floor: str = ""
) -> tuple[str, ...]:
    rate = f"{count / _median(seconds):,.0f}"
    if rounds is None:
        return (name, rate, "1")
    ratios = [getattr(each, floor) / taken for each, taken in zip(rounds, seconds, strict=True)]
    return (name, rate, f"{_median(ratios):.3f}")


def _median(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


def _said(one: Round) -> str:
    return ", ".join(f"{name} {seconds:.2f} s" for name, seconds in one._asdict().items())
