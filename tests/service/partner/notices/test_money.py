"""Partners are told of their first sale and of what was paid: once, whatever happens at once."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest

from service.kit import ids, jobs
from service.kit.db import Connection, Database
from service.ledger import settling
from service.settings import Settings
from tests.service.discovery.api import Json, made
from tests.service.ledger.bookkeeping import NOW, target
from tests.service.ledger.payouts.owing import Brand

MAILS = "select count(*) from outbox where topic = 'mail'"


@pytest.fixture
async def brand(client: httpx.AsyncClient, database: Database) -> Brand:
    workspace = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])
    return Brand(client, database, workspace)


async def tell(settings: Settings, database: Database) -> None:
    await jobs.run_scheduled(settings, database, "programs.notices")
    async with database.connection() as db:
        assert await db.fetchval("select count(*) from entry.noticing_workspaces()") in (0, 1)
    await jobs.run_queued(settings, database)


async def told(owner: Connection) -> list[tuple[str, str]]:
    """Whom which notices were sent to."""
    rows = await owner.fetch(
        """select n.notice, p.name from notices n join partners p on p.id = n.partner_id
           where n.state = 'sent' order by 1, 2"""
    )
    return [(row["notice"], row["name"]) for row in rows]


async def earn(brand: Brand, partners: list[str], **fields: Any) -> None:
    """An order of each partner, in one transaction."""
    values = {"occurred_at": NOW} | fields
    wanted = {ids.new(): [target(ids.read("prt", one), 1_000, **values)] for one in partners}
    async with brand.database.transaction(brand.workspace) as db:
        await settling.settle_many(db, brand.workspace, wanted, "test")


async def test_the_first_sale_is_told_once(
    brand: Brand, owner: Connection, settings: Settings, database: Database
) -> None:
    """Many orders at once, for the same partners, in several transactions."""
    partners = [await brand.partner(name, email=f"{name}@ortak.example") for name in ("ayse", "can", "efe")]
    before = await owner.fetchval(MAILS)
    await asyncio.gather(*(earn(brand, [one, one, *partners]) for one in partners))
    await tell(settings, database)
    await earn(brand, partners)
    await tell(settings, database)
    assert await told(owner) == [("first_sale", name) for name in ("ayse", "can", "efe")]
    assert await owner.fetchval(MAILS) - before == 3
    texts = [file.read_text() for file in (settings.home / "outbox").glob("*.eml")]
    assert any("10,00 TRY" in text for text in texts)


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        pytest.param({"review": "self_referral"}, None, id="under review"),
        pytest.param({"kind": "lead"}, None, id="no sale"),
        pytest.param({"occurred_at": NOW - timedelta(days=31)}, "unwanted", id="of last year"),
        pytest.param({}, "waiting", id="a sale"),
    ],
)
async def test_what_is_a_first_sale(brand: Brand, owner: Connection, fields: Json, state: str | None) -> None:
    one = await brand.partner("ayse")
    await earn(brand, [one], **fields)
    assert await owner.fetchval("select state from notices") == state


async def test_a_first_sale_that_was_held_is_told_when_it_is_let_go(brand: Brand, owner: Connection) -> None:
    one, conversion = await brand.partner("ayse"), ids.new()
    wanted = [target(ids.read("prt", one), 1_000, occurred_at=NOW, review="self_referral")]
    async with brand.database.transaction(brand.workspace) as db:
        rows = await settling.settle(db, brand.workspace, conversion, wanted, "test")
        await settling.release(db, brand.workspace, [row.id for row in rows], "test")
    assert await owner.fetchval("select state from notices") == "waiting"


async def test_a_duplicate_s_first_sale_was_the_first(brand: Brand, owner: Connection) -> None:
    kept, merged = await brand.partner("ayse"), await brand.partner("ayse iki", account=False)
    await earn(brand, [merged])
    await made(brand.client, "/v1/partners/merge", {"keep": kept, "merge": [merged]}, status=200)
    await earn(brand, [kept, merged])
    rows = await owner.fetch("select subject from notices")
    assert [row[0] for row in rows] == [ids.read("prt", merged)]


async def test_a_payout_is_told_when_it_is_paid(
    brand: Brand, owner: Connection, settings: Settings, database: Database
) -> None:
    ayse = await brand.partner("ayse", email="ayse@ortak.example")
    can = await brand.partner("can", email="can@ortak.example")
    for one in (ayse, can):
        await brand.earn(one, 124_990)
    await owner.execute("delete from notices")
    await brand.start()
    await jobs.run_queued(settings, database)
    payouts = {each["partner_id"]: each for each in await brand.payouts()}
    await tell(settings, database)
    assert await told(owner) == []
    for one in (ayse, can):
        path = f"/v1/payouts/{payouts[one]['id']}"
        assert (await brand.client.patch(path, json={"status": "paid"})).status_code == 200
    # It came back before anybody was told.
    failed = {"status": "failed", "reason": "x"}
    answer = await brand.client.patch(f"/v1/payouts/{payouts[can]['id']}", json=failed)
    assert answer.status_code == 200, answer.text
    await tell(settings, database)
    assert await told(owner) == [("payout_paid", "ayse")]


async def test_what_is_switched_off_is_not_sent(
    brand: Brand, owner: Connection, settings: Settings, database: Database, as_partner: Any
) -> None:
    ayse = await brand.partner("ayse", email="ayse@ortak.example")
    partner = await as_partner(ayse)
    await partner.patch("/v1/partner/me", json={"notices": {"first_sale": False}})
    await earn(brand, [ayse])
    await tell(settings, database)
    assert await owner.fetchval("select state from notices") == "unwanted"
