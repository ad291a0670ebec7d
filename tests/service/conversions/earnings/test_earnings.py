"""Clicks of a day and goals: paid once, corrected when they change, and never by a forged click."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx
import pytest

from service.conversions.earnings import jobs as earnings
from service.conversions.earnings.jobs import Days
from service.kit import ids, jobs
from service.kit.db import Connection, Database
from service.kit.money import Money
from service.ledger import settling
from service.ledger.targets import Target
from service.settings import Settings
from tests.service.discovery.api import Json, made
from tests.service.links.stored_clicks import click, store

ZONE = ZoneInfo("Europe/Istanbul")
TODAY = datetime.now(ZONE).date()
CLICK: Json = {"kind": "click", "flat": {"amount": 25, "currency": "TRY"}}
Run = Callable[..., Awaitable[None]]


def _at(days_ago: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime.combine(TODAY - timedelta(days=days_ago), time(hour, minute), ZONE).astimezone(UTC)


def _day(days_ago: int) -> date:
    return TODAY - timedelta(days=days_ago)


@pytest.fixture
async def brand(client: httpx.AsyncClient) -> UUID:
    await client.patch("/v1/workspace", json={"destination_hosts": ["shop.example"]})
    return ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])


@pytest.fixture
def run(database: Database, settings: Settings, brand: UUID) -> Run:
    """Runs the job: `await run(days=2)`."""

    async def job(days: int = 2) -> None:
        async with database.transaction(brand) as db:
            await jobs.enqueue(db, brand, earnings.EARN, Days(days))
        await jobs.run_queued(settings, database)

    return job


async def _partner(client: httpx.AsyncClient, **terms: Any) -> Json:
    program = await made(client, "/v1/programs", {"name": "Yaz", **terms})
    return await made(client, "/v1/partners", {"name": "Ayşe", "program_id": program["id"]})


async def _link(client: httpx.AsyncClient, partner: Json, code: str = "yaz") -> UUID:
    body = {"url": "https://shop.example/", "code": code, "partner_id": partner["id"]}
    return ids.read("lnk", (await made(client, "/v1/links", body))["id"])


async def _owed(owner: Connection, partner: Json) -> dict[str, int]:
    """What is owed by each commission's key; the ledger's sum is 0 and each account is its postings."""
    assert await owner.fetchval("select coalesce(sum(amount), 0) from ledger_postings") == 0
    off = await owner.fetchval(
        """select count(*) from ledger_accounts a where balance <> (
               select coalesce(sum(amount), 0) from ledger_postings p where p.account_id = a.id)"""
    )
    assert off == 0
    rows = await owner.fetch(
        """select key, sum(amount)::bigint from commissions
           where partner_id = $1 and status not in ('reversed', 'rejected') group by key order by key""",
        ids.read("prt", partner["id"]),
    )
    return {row[0]: row[1] for row in rows if row[1]}


def _key(link: UUID, days_ago: int, rule: str = "rule-1") -> str:
    return f"{rule}:{_day(days_ago).isoformat()}:{ids.show('lnk', link)}"


async def test_a_link_s_net_clicks_of_a_day(
    client: httpx.AsyncClient, database: Database, owner: Connection, brand: UUID, run: Run
) -> None:
    """Of the day in the workspace's zone; what doesn't count and what can be forged earns nothing."""
    who = await _partner(client, rules=[CLICK])
    one, two = await _link(client, who), await _link(client, who, "kis")
    mine = {"partner_id": ids.read("prt", who["id"])}
    clicks = [click(_at(1, minute=at), one, **mine) for at in range(3)]
    clicks += [click(_at(1, 23, 59), two, **mine), click(_at(0), two, **mine)]
    clicks += [click(_at(1, 1), one, reasons=["bot"], **mine), click(_at(1, 1), one, kind="track", **mine)]
    clicks += [click(_at(1, 2), one)]
    await store(database, brand, clicks)
    await run()
    owed = {_key(one, 1): 75, _key(two, 1): 25, _key(two, 0): 25}
    assert await _owed(owner, who) == owed
    entries = await owner.fetchval("select count(*) from ledger_entries")
    await run()
    assert (await _owed(owner, who), await owner.fetchval("select count(*) from ledger_entries")) == (
        owed,
        entries,
    )
    row = await owner.fetchrow("select * from commissions where key = $1", _key(one, 1))
    assert (row["kind"], row["link_id"], row["occurred_at"]) == ("click", one, _at(1))
    assert row["due_at"] == _at(0) + timedelta(days=14)
    assert row["rule"]["text"]["en"] == "3 clicks × 0.25 TRY, rule 1"


async def test_clicks_that_come_late_or_stop_counting(
    client: httpx.AsyncClient, database: Database, owner: Connection, brand: UUID, run: Run
) -> None:
    who = await _partner(client, rules=[CLICK])
    link = await _link(client, who)
    mine = {"partner_id": ids.read("prt", who["id"])}
    await store(database, brand, [click(_at(9, 1), link, **mine)])
    await run()
    assert await _owed(owner, who) == {}
    await run(days=31)
    assert await _owed(owner, who) == {_key(link, 9): 25}
    await store(database, brand, [click(_at(9, 2), link, **mine)])
    await run(days=31)
    assert await _owed(owner, who) == {_key(link, 9): 50}
    await owner.execute("update clicks set counted = false")
    await run()
    assert await _owed(owner, who) == {_key(link, 9): 50}
    await run(days=31)
    assert await _owed(owner, who) == {}
    await owner.execute("update clicks set counted = true")
    await run(days=31)
    assert await _owed(owner, who) == {_key(link, 9): 50}


async def test_a_cap_over_days_and_links_and_an_agency(
    client: httpx.AsyncClient, database: Database, owner: Connection, brand: UUID, run: Run
) -> None:
    agency = await made(client, "/v1/partners", {"name": "Ajans"})
    cap = {"amount": {"amount": 100, "currency": "TRY"}, "per": "all"}
    override = {"partner_id": agency["id"], "rate": "0.2"}
    who = await _partner(client, rules=[CLICK | {"cap": cap}], overrides=[override])
    one, two = await _link(client, who), await _link(client, who, "kis")
    mine = {"partner_id": ids.read("prt", who["id"])}
    clicks = [click(_at(2, minute=at), one, **mine) for at in range(2)]
    clicks += [click(_at(1, minute=at), link, **mine) for at in range(2) for link in (one, two)]
    await store(database, brand, clicks)
    for days in (31, 2, 31):
        await run(days=days)
        assert sum((await _owed(owner, who)).values()) == 100
        assert sum((await _owed(owner, agency)).values()) == 20
    await store(database, brand, [click(_at(3, 1), one, **mine)])
    await run(days=31)
    assert sum((await _owed(owner, who)).values()) == 100
    await owner.execute("update clicks set counted = false")
    await run(days=31)
    assert (await _owed(owner, who), await _owed(owner, agency)) == ({}, {})


async def test_a_day_is_paid_by_the_terms_that_it_began_with(
    client: httpx.AsyncClient, database: Database, owner: Connection, brand: UUID, run: Run
) -> None:
    who = await _partner(client, rules=[CLICK])
    link = await _link(client, who)
    await store(database, brand, [click(_at(0), link, partner_id=ids.read("prt", who["id"]))])
    flat = {"amount": 99, "currency": "TRY"}
    await client.patch(f"/v1/programs/{who['program_id']}", json={"rules": [CLICK | {"flat": flat}]})
    await client.patch(f"/v1/partners/{who['id']}", json={"status": "paused"})
    await run()
    assert await _owed(owner, who) == {_key(link, 0): 25}


async def _sell(database: Database, brand: UUID, who: Json, *sales: int, at: datetime, back: int = 0) -> None:
    """Orders of so much net, settled; of the last one `back` went back."""
    partner, program = ids.read("prt", who["id"]), ids.read("prg", who["program_id"])
    async with database.transaction(brand) as db:
        for n, net in enumerate(sales):
            target = Target(
                partner_id=partner,
                program_id=program,
                kind="sale",
                key="rule-1",
                earned=Money(net // 10, "TRY"),
                base=net,
                refunded=back if n == len(sales) - 1 else 0,
                total=net,
                occurred_at=at,
                due_at=None,
                rule={},
            )
            await settling.settle(db, brand, UUID(int=net), [target], "test")


async def test_a_goal_is_paid_once_and_taken_back(
    client: httpx.AsyncClient, database: Database, owner: Connection, brand: UUID, run: Run
) -> None:
    bonuses = [
        {"amount": {"amount": 5000, "currency": "TRY"}, "from_sales": 2},
        {
            "amount": {"amount": 700, "currency": "TRY"},
            "from_volume": {"amount": 6000, "currency": "TRY"},
            "from_sales": 1,
            "per": "all",
        },
        {"amount": {"amount": 1, "currency": "TRY"}, "from_sales": 1, "groups": ["gold"]},
    ]
    who = await _partner(client, bonuses=bonuses)
    month = f"{TODAY.year}-{TODAY.month:02d}"
    at = datetime.now(UTC) - timedelta(minutes=1)
    await _sell(database, brand, who, 2000, at=at)
    await run()
    assert await _owed(owner, who) == {"rule-1": 200}
    await _sell(database, brand, who, 2000, 4000, at=at)
    for _ in range(2):
        await run()
        owed = {"rule-1": 600, f"bonus-1:{month}": 5000, "bonus-2:all": 700}
        assert await _owed(owner, who) == owed
    row = await owner.fetchrow("select * from commissions where kind = 'bonus' order by key limit 1")
    assert row["rule"]["text"]["en"] == f"goal reached in {month}: 2 sales, bonus 1"
    assert row["due_at"] > at + timedelta(days=14)
    await _sell(database, brand, who, 2000, 4000, at=at, back=4000)
    await run()
    assert await _owed(owner, who) == {"rule-1": 200}
    await _sell(database, brand, who, 2000, 4000, at=at)
    await run()
    assert await _owed(owner, who) == owed


async def test_who_is_paused_keeps_what_was_reached(
    client: httpx.AsyncClient, database: Database, owner: Connection, brand: UUID, run: Run
) -> None:
    bonus = {"amount": {"amount": 5000, "currency": "TRY"}, "from_sales": 1, "per": "all"}
    who = await _partner(client, bonuses=[bonus])
    other = await made(client, "/v1/partners", {"name": "Can", "program_id": who["program_id"]})
    at = datetime.now(UTC) - timedelta(minutes=1)
    await _sell(database, brand, who, 2000, at=at)
    await run()
    for each in (who, other):
        await client.patch(f"/v1/partners/{each['id']}", json={"status": "paused"})
    await _sell(database, brand, who, 2000, 3000, at=at)
    await _sell(database, brand, other, 4000, at=at)
    await run()
    assert await _owed(owner, who) == {"rule-1": 500, "bonus-1:all": 5000}
    assert await _owed(owner, other) == {"rule-1": 400}


async def test_duplicates_reach_a_goal_together_and_are_read_together(
    client: httpx.AsyncClient, database: Database, owner: Connection, brand: UUID, run: Run
) -> None:
    bonus = {"amount": {"amount": 5000, "currency": "TRY"}, "from_sales": 2, "per": "all"}
    who = await _partner(client, bonuses=[bonus])
    two = await made(client, "/v1/partners", {"name": "Ayşe", "program_id": who["program_id"]})
    at = datetime.now(UTC) - timedelta(minutes=1)
    await _sell(database, brand, who, 2000, at=at)
    await _sell(database, brand, two, 3000, at=at)
    await run()
    assert await _owed(owner, who) == {"rule-1": 200}
    merged = await made(client, "/v1/partners/merge", {"keep": who["id"], "merge": [two["id"]]}, status=200)
    assert merged["moved"]["commissions"] == 1
    await run()
    assert await _owed(owner, who) == {"rule-1": 200, "bonus-1:all": 5000}
    rows = (await client.get(f"/v1/commissions?partner_id={who['id']}")).json()["data"]
    assert sorted(row["amount"]["amount"] for row in rows) == [200, 300, 5000]


async def test_only_workspaces_that_pay_for_it_are_looked_at(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient, database: Database, settings: Settings
) -> None:
    for schedule in ("conversions.earn", "conversions.earn_nightly"):
        await jobs.run_scheduled(settings, database, schedule)
        assert await jobs.run_queued(settings, database) == 0
    await _partner(client, rules=[CLICK])
    sale = {"kind": "sale", "rate": "0.1"}
    await made(other_client, "/v1/programs", {"name": "x", "rules": [sale]})
    for schedule in ("conversions.earn", "conversions.earn_nightly"):
        await jobs.run_scheduled(settings, database, schedule)
        assert await jobs.run_queued(settings, database) == 1
