"""`elci bench partner`: GET /v1/partner/stats of a partner with a million clicks and 20,000 conversions.

Ten other partners have a quarter as many together. Floor, in the same rounds: one statement that
sums the partner's roll-up rows of the same 90 days by day, behind the same walls.
"""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import asyncpg
import httpx

from service.accounts.actions import create_workspace
from service.accounts.partners.actions import log_in
from service.accounts.partners.schemas import PartnerLogIn
from service.accounts.tokens import digest
from service.bench import partners
from service.bench.figures import figures, milliseconds, table
from service.bench.scratch import scratch
from service.kit import clock, ids
from service.kit import db as kit_db
from service.kit.db import Connection, Database
from service.links.counting import store as counting
from service.settings import Settings, app_dsn, search_dsn

DEFAULT_SIZE = 1_000_000
ROUNDS = 15
ZONE = "Europe/Istanbul"
ASKED = (
    *(("day", basis) for basis in ("event", "click", "validation", "payout")),
    *((dimension, "event") for dimension in ("link", "coupon", "campaign", "product", "sub1")),
    ("sub1", "click"),
    ("product", "validation"),
    ("day,link", "event"),
)
_FLOOR = """
    select (starts_at at time zone $5)::date, sum(gross), sum(net), sum(uniques) from partner_click_rollups
    where workspace_id = $1 and partner_id = $2 and starts_at >= $3 and starts_at < $4
    group by 1
"""


class Bench(NamedTuple):
    database: Database
    owner: Connection
    client: httpx.AsyncClient
    workspace_id: UUID
    partner_id: UUID
    until: datetime


async def run(settings: Settings, size: int | None = None) -> int:
    """Fills a workspace, asks, checks, prints times and ratios."""
    count = size or DEFAULT_SIZE
    async with scratch(settings, "partner") as made, _opened(made, count) as bench:
        await _check(bench, count)
        seconds: dict[str, list[float]] = {"floor": []}
        for _ in range(ROUNDS):
            seconds["floor"].append(await _floor(bench))
            for group_by, basis in ASKED:
                taken, _ = await _ask(bench, group_by, basis)
                seconds.setdefault(f"by {group_by}, dated by {basis}", []).append(taken)
    print(report(count, seconds))
    return 0


@asynccontextmanager
async def _opened(settings: Settings, count: int) -> AsyncIterator[Bench]:
    from service.app import create_app

    owner = await asyncpg.connect(settings.database_url)
    try:
        async with kit_db.connect(app_dsn(settings), search_dsn(settings), settings) as database:
            app = create_app(settings)
            app.state.database = database
            workspace_id = ids.read("ws", (await create_workspace(database, "bench")).workspace_id)
            async with database.connection() as db:
                until = await clock.now(db)
            partner_id = await _fill(database, owner, workspace_id, until, count)
            token = await _token(owner, database, settings, workspace_id, partner_id)
            async with httpx.AsyncClient(
                transport=httpx.ASGITransport(app=app),  # type: ignore[arg-type]
                base_url="http://bench",
                headers={"Authorization": f"Bearer {token}"},
                timeout=600,
            ) as client:
                yield Bench(database, owner, client, workspace_id, partner_id, until)
    finally:
        await owner.close()


async def _fill(
    database: Database, owner: Connection, workspace_id: UUID, until: datetime, count: int
) -> UUID:
    """The partner, and others with as many clicks together."""
    days = [until.date() + timedelta(days=n - partners.DAYS) for n in range(partners.DAYS + 1)]
    async with database.connection() as db:
        await db.execute("select entry.add_click_days($1)", days)
    mine, *others = [ids.new() for _ in range(1 + partners.OTHERS)]
    for partner_id, clicks in ((mine, count), *((each, count // partners.OTHERS_SHARE) for each in others)):
        await owner.execute(
            "insert into partners (workspace_id, id, name, slug, name_folded) values ($1, $2, 'P', 'p', 'p')",
            *(workspace_id, partner_id),
        )
        link_ids = [ids.new() for _ in range(partners.LINKS)]
        await partners.fill(owner, workspace_id, partner_id, link_ids, until, clicks)
    await owner.execute(partners.ROLLUPS, workspace_id)
    async with database.transaction(workspace_id) as db:
        since = until.replace(minute=0, second=0, microsecond=0) - timedelta(days=partners.DAYS + 1)
        await counting.add_partner_rollups(db, workspace_id, since, until)
    # A day at a time: no statement may last for long.
    for n in range(partners.DAYS + 2):
        async with database.transaction(workspace_id) as db:
            day = since + n * timedelta(days=1)
            await counting.add_partner_hours(db, workspace_id, day, day + timedelta(days=1))
    # All is rolled up but the hour that is being clicked in.
    async with database.transaction(workspace_id) as db:
        await db.execute("delete from click_marks where workspace_id = $1", workspace_id)
        await counting.mark(db, workspace_id, until.replace(minute=0, second=0, microsecond=0))
    await owner.execute("vacuum (analyze)")
    return mine


async def _token(
    owner: Connection, database: Database, settings: Settings, workspace_id: UUID, partner_id: UUID
) -> str:
    await owner.execute(
        """insert into partner_invitations
               (workspace_id, id, partner_id, email, email_key, token_hash, expires_at)
           values ($1, $2, $3, 'bench', 'bench', $4, elci_now() + interval '1 day')""",
        *(workspace_id, ids.new(), partner_id, digest("bench")),
    )
    return (await log_in(database, settings, PartnerLogIn(invitation="bench"))).access_token


def _span(bench: Bench) -> tuple[datetime, datetime]:
    """The days that are asked for, as the zone has them, a day longer at its end than it matters."""
    return bench.until - timedelta(days=partners.DAYS), bench.until


async def _floor(bench: Bench) -> float:
    started = time.perf_counter()
    async with bench.database.transaction(bench.workspace_id, bench.partner_id) as db:
        await db.fetch(_FLOOR, bench.workspace_id, bench.partner_id, *_span(bench), ZONE)
    return time.perf_counter() - started


async def _ask(bench: Bench, group_by: str, basis: str) -> tuple[float, Any]:
    first, last = (at.date() for at in _span(bench))
    params = {"group_by": group_by, "date_basis": basis, "from": str(first), "to": str(last), "tz": ZONE}
    started = time.perf_counter()
    answer = await bench.client.get("/v1/partner/stats", params=params)
    taken = time.perf_counter() - started
    if answer.status_code != 200:
        raise RuntimeError(answer.text)
    return taken, answer.json()


async def _check(bench: Bench, count: int) -> None:
    """Raises where an answer is not what was made up, but for what lies before the first midnight."""
    _, found = await _ask(bench, "day", "event")
    gross, sold = found["totals"]["clicks"]["gross"], found["totals"]["conversions"]
    wanted = max(1, count // partners.CLICKS_EACH)
    if not (0.98 * count <= gross <= count and 0.95 * wanted <= sold <= wanted):
        raise RuntimeError(f"of {count} clicks and {wanted} conversions there are {gross} and {sold}")


def report(count: int, seconds: dict[str, list[float]]) -> str:
    """Medians and worst times, and the median of the ratios to the floor of the same round."""
    rows = []
    for name, taken in seconds.items():
        found = figures(taken)
        ratios = figures([one / floor for one, floor in zip(taken, seconds["floor"], strict=True)])
        shown = "roll-up rows alone (floor)" if name == "floor" else name
        rows.append((shown, milliseconds(found.p50), milliseconds(found.most), f"{ratios.p50:.2f}"))
    return "\n".join(
        [
            f"a partner with {count:,} clicks and {count // partners.CLICKS_EACH:,} conversions,"
            f" {partners.DAYS} days, {ROUNDS} rounds",
            table(("GET /v1/partner/stats", "ms median", "ms most", "ratio to floor"), rows),
        ]
    )
