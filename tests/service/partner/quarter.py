"""A quarter of a partner's life, made up, and stored as it would come: clicks, orders, refunds, payouts."""

import random
from datetime import UTC, datetime, timedelta
from importlib import import_module
from typing import Any, NamedTuple
from uuid import UUID

import httpx

from service.conversions.facts import Source
from service.conversions.reports import Cancellation, Line, Order, Ref, Refund
from service.conversions.taking import take
from service.kit import ids, jobs
from service.kit.db import Connection, Database
from service.ledger import settling
from service.ledger import store as ledger
from service.settings import Settings
from tests.service.conversions.selling import click_at
from tests.service.ledger.paying import pay
from tests.service.links import stored_clicks as clicking

# Clocks go back in America/New_York on 1 November 2026.
SINCE, UNTIL = datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 11, 24, tzinfo=UTC)
SOURCE = Source("", "webhook", True, "test")
PROGRAM: dict[str, Any] = {
    "name": "P",
    "kind": "affiliate",
    "rules": [{"kind": "sale", "rate": "0.10"}, {"kind": "lead", "flat": {"amount": 500, "currency": "EUR"}}],
    "hold": {"days": 14, "from": "event"},
    "attribution": {"payout_model": "coupon_click_split"},
}
SUBS = (None, "bio", "story", "=1+1")

# What puts the times of old commissions in their place does it for those that were aged.
MOVES = import_module("migrations.versions.0036_partner_days").MOVES


class Quarter(NamedTuple):
    """Whose quarter it was."""

    workspace: UUID
    ayse: UUID
    can: UUID


async def _made(client: httpx.AsyncClient, path: str, body: dict[str, Any]) -> str:
    answer = await client.post(path, json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def live_through(
    client: httpx.AsyncClient, database: Database, settings: Settings, owner: Connection, orders: int = 120
) -> Quarter:
    """Two partners of one program; clicks of which some are rolled up and some aren't yet."""
    draw = random.Random(7)
    await client.patch("/v1/workspace", json={"destination_hosts": ["shop.example"]})
    workspace = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])
    program = await _made(client, "/v1/programs", PROGRAM)
    partners, links = [], {}
    for name in ("Ayse", "Can"):
        partner = await _made(client, "/v1/partners", {"name": name, "program_id": program})
        await _made(client, "/v1/coupons", {"code": f"{name}10", "partner_id": partner})
        partners.append(ids.read("prt", partner))
        links[partners[-1]] = [
            ids.read(
                "lnk",
                await _made(
                    client,
                    "/v1/links",
                    {
                        "url": f"https://shop.example/{n}",
                        "partner_id": partner,
                        "title": f"{name} {n}",
                        "campaign_id": ids.show("cmp", UUID(int=n)) if n else None,
                    },
                ),
            )
            for n in range(3)
        ]
    clicks = [_click(draw, partners, links) for _ in range(orders * 6)]
    early = [click for click in clicks if click["clicked_at"] < UNTIL - timedelta(days=9)]
    await clicking.store(database, workspace, early)
    await jobs.run_scheduled(settings, database, "links.count_clicks")
    await jobs.run_queued(settings, database)
    # Hours of these have marks: their roll-ups are not made yet.
    late = [click for click in clicks if click["clicked_at"] >= UNTIL - timedelta(days=9)]
    late += [
        _click(draw, partners, links)
        | {"clicked_at": click["clicked_at"], "id": click_at(click["clicked_at"])}
        for click in early[::40]
    ]
    await clicking.store(database, workspace, late)
    for n in range(orders):
        await _order(database, workspace, draw, n, clicks)
    quarter = Quarter(workspace, *partners)
    await _age(owner, database, quarter, draw)
    return quarter


def _click(draw: random.Random, partners: list[UUID], links: dict[UUID, list[UUID]]) -> dict[str, Any]:
    at = SINCE + (UNTIL - SINCE) * draw.random()
    at = at.replace(microsecond=at.microsecond // 1000 * 1000)
    partner = partners[draw.random() < 0.3]
    n = draw.randrange(3)
    return clicking.click(
        at,
        links[partner][n],
        id=click_at(at),
        partner_id=partner,
        campaign_id=UUID(int=n) if n else None,
        visitor=bytes([draw.randrange(40)]) * 16,
        reasons=["bot"] if draw.random() < 0.2 else [],
        sub1=draw.choice(SUBS),
    )


async def _order(
    database: Database, workspace: UUID, draw: random.Random, n: int, clicks: list[dict[str, Any]]
) -> None:
    click = draw.choice(clicks)
    at = min(click["clicked_at"] + timedelta(days=20 * draw.random() ** 3), UNTIL)
    ref = (Ref("id", f"o{n}"),)
    nets = [draw.randint(1, 90_000) for _ in range(draw.randint(0, 3))]
    net = sum(nets) or draw.randint(1, 90_000)
    order = Order(
        ref,
        kind="lead" if n % 9 == 4 else "sale",
        amount=net,
        currency="EUR" if n % 9 == 4 or draw.random() < 0.1 else "TRY",
        lines=tuple(Line(sku=draw.choice(["mug", "cup", None]), net=one) for one in nets),
        clicks=(ids.show("clk", click["id"]),) if draw.random() < 0.85 else (),
        coupons=(draw.choice(["Ayse10", "Can10"]),) if draw.random() < 0.5 else (),
        paid=True,
        test=n % 40 == 7,
        occurred_at=at,
        stated_at=at,
    )
    async with database.transaction(workspace) as db:
        await take(db, workspace, SOURCE, order)
        if draw.random() < 0.25:
            part = net if draw.random() < 0.4 else max(1, net // 3)
            later = at + timedelta(days=1)
            await take(db, workspace, SOURCE, Refund(ref, f"r{n}", part, order.currency or "", later))
        elif draw.random() < 0.1:
            await take(db, workspace, SOURCE, Cancellation(ref, at + timedelta(days=2)))


async def _age(owner: Connection, database: Database, quarter: Quarter, draw: random.Random) -> None:
    """What is due becomes payable, some of it is held, rejected, paid; entries stand on days of their own."""
    workspace = quarter.workspace
    async with database.transaction(workspace) as db:
        firsts = await db.fetch("select id from commissions where corrects is null order by id")
        chosen = [row["id"] for row in firsts]
        await settling.reject(db, workspace, chosen[3::17], "not ours", "test")
        await settling.hold(db, workspace, chosen[5::13], "looked at", "test")
        await settling.mature(db, workspace, await ledger.due(db, workspace, 10_000), "test")
        await pay(db, workspace, quarter.ayse)
    async with database.transaction(workspace) as db:
        await settling.reject(db, workspace, chosen[1::19], "too late", "test")
        # A second time payable, and paid: the last payout counts, the first maturity.
        await settling.hold(db, workspace, chosen[2::11], "looked at", "test")
        await settling.release(db, workspace, chosen[2::11], "test")
        await settling.mature(db, workspace, await ledger.due(db, workspace, 10_000), "test")
    days = (UNTIL - SINCE) / timedelta(seconds=1)
    for row in await owner.fetch(
        "select id from ledger_entries where workspace_id = $1 order by id", workspace
    ):
        at = SINCE + timedelta(seconds=round(days * draw.random()))
        await owner.execute(
            "update ledger_entries set created_at = $3 where workspace_id = $1 and id = $2",
            *(workspace, row["id"], at),
        )
    await owner.execute(MOVES)
