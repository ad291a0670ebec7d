"""Clicks of invitations are rewarded: of other people, and of each of them once a day."""

import os
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import httpx

from service.kit import clock, ids
from service.kit.db import Connection, Database
from service.kit.jobs import run_scheduled
from service.links.sources.keeping import fetch_salts
from service.links.visitors import visitor
from service.settings import Settings
from tests.service.advocacy.pages.test_pages import PHONE, ok
from tests.service.conversions.selling import click_at
from tests.service.links.stored_clicks import make_days

Drain = Callable[[], Awaitable[None]]
CONSENT = {"at": "2026-11-01T10:00:00+03:00", "text": "v1"}
RULE = {"name": "c", "trigger": "referred_click", "kind": "points", "points": 1, "hold_days": 0}


async def test_own_clicks_and_those_of_one_visitor_give_nothing(
    client: httpx.AsyncClient,
    owner: Connection,
    database: Database,
    settings: Settings,
    drain: Drain,
) -> None:
    changed = await client.patch("/v1/workspace", json={"destination_hosts": ["shop.example"]})
    workspace = ids.read("ws", (await ok(changed))["id"])
    program = (await ok(await client.post("/v1/programs", json={"name": "S", "kind": "advocacy"})))["id"]
    await ok(await client.post(f"/v1/programs/{program}/advocacy-terms", json={"terms": {"rewards": [RULE]}}))
    body = {"program_id": program, "consent": CONSENT, "email": "ayse@elci.example"}
    ayse = await ok(await client.post("/v1/advocates", json=body | {"url": "https://shop.example/"}))
    seen = {"email": "ayse@elci.example", "address": "192.0.2.7", "user_agent": PHONE}
    await ok(await client.post("/v1/referrals/visits", json=seen))
    now = await clock.now(owner)
    salt = (await fetch_salts(owner, [now.date()]))[now.date()]
    own = visitor(salt, workspace, "192.0.2.7", PHONE)
    friend = os.urandom(16)

    async def opened(by: bytes, seconds: int) -> str:
        made: dict[str, Any] = await ok(
            await client.post("/v1/referrals", json={"advocate_id": ayse["id"], "channel": "link"})
        )
        at = await clock.now(owner) + timedelta(seconds=seconds)
        await make_days(owner, [at.date()])
        await owner.execute(
            "insert into clicks (workspace_id, clicked_at, id, link_id, kind, counted, visitor, sub1)"
            " values ($1, $2, $3, $4, 'redirect', true, $5, $6)",
            *(workspace, at, click_at(at), ids.read("lnk", ayse["link_id"]), by, made["id"]),
        )
        return str(made["id"])

    opened_by = [await opened(by, n) for n, by in enumerate((own, friend, friend, own, os.urandom(16)))]
    await run_scheduled(settings, database, "advocacy.mature")
    await drain()
    deeds = (await ok(await client.get(f"/v1/advocates/{ayse['id']}/deeds")))["data"]
    assert {each["external_id"] for each in deeds} == {opened_by[1], opened_by[4]}
    # They were opened, all of them.
    referrals = (await ok(await client.get("/v1/referrals")))["data"]
    assert [each["state"] for each in referrals] == ["clicked"] * 5
