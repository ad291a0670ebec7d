"""After two days nobody can say who a visitor was, and no address stands anywhere in the database."""

import datetime as dt
import ipaddress
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from litestar import Litestar

from service.kit import db as kit_db
from service.kit import ids, jobs
from service.kit.db import Connection, Database
from service.links import visitors
from service.settings import Settings, app_dsn, search_dsn
from tests.service.links.agent_cases import BROWSERS
from tests.service.links.conftest import Make

SHOP = "https://shop.example"
CHROME = BROWSERS[0][0]
ADDRESSES = ["203.0.113.77", "2001:db8:aaaa:bbbb:1234:5678:9abc:def0"]


@asynccontextmanager
async def _days_later(settings: Settings, days: int) -> AsyncIterator[Database]:
    dsn = app_dsn(settings)
    dsn += f"{'&' if '?' in dsn else '?'}app.clock_offset={days}%20days"
    async with kit_db.connect(dsn, search_dsn(settings), settings) as opened:
        yield opened


async def _visit(app: Litestar, database: Database, key: str, address: str) -> None:
    app.state.database = database
    transport = httpx.ASGITransport(app=app, client=(address, 5))
    headers = {"Origin": SHOP, "User-Agent": CHROME}
    async with httpx.AsyncClient(transport=transport, base_url="http://elci.test", headers=headers) as page:
        answer = await page.post(f"/v1/track/click?key={key}", json={"via": "ayse", "url": f"{SHOP}/"})
        assert answer.status_code == 201, answer.text
        sent = {"name": "page_view", "click_id": answer.json()["click_id"], "url": f"{SHOP}/"}
        assert (await page.post(f"/v1/track/events?key={key}", json=sent)).status_code == 201


async def _key(client: httpx.AsyncClient, link: Make) -> str:
    await link(via="ayse")
    await client.patch("/v1/workspace", json={"cors_origins": [SHOP]})
    made = await client.post("/v1/api-keys", json={"name": "shop", "kind": "publishable"})
    return str(made.json()["secret"])


async def test_after_two_days_no_visitor_can_be_linked(
    app: Litestar,
    client: httpx.AsyncClient,
    link: Make,
    database: Database,
    settings: Settings,
    owner: Connection,
) -> None:
    key = await _key(client, link)
    workspace = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])
    salts: dict[dt.date, bytes] = {}
    for days in range(3):
        async with _days_later(settings, days) as then:
            for address in ADDRESSES:
                await _visit(app, then, key, address)
                await _visit(app, then, key, address)
            salts |= {row["day"]: row["salt"] for row in await owner.fetch("select day, salt from salts")}
            await jobs.run_scheduled(settings, then, "links.salts")
    app.state.database = database
    rows = await owner.fetch("select clicked_at, visitor from clicks order by clicked_at")
    by_day: dict[dt.date, set[bytes]] = {}
    for row in rows:
        by_day.setdefault(visitors.day_of(row["clicked_at"]), set()).add(row["visitor"])
    # Within a day a visitor is one; over days nothing is shared.
    assert [len(each) for each in by_day.values()] == [2, 2, 2]
    assert len(set.union(*by_day.values())) == 6
    # While its salt is there, an address that is guessed gives the visitor away: that is what is dropped.
    shown = [ADDRESSES[0], "2001:db8:aaaa:bbbb::/64"]
    days = sorted(by_day)
    for day in days:
        assert {visitors.visitor(salts[day], workspace, each, CHROME) for each in shown} == by_day[day]
    left = {row["salt"] for row in await owner.fetch("select salt from salts")}
    assert left.isdisjoint({salts[day] for day in days[:2]})
    for day in days[:2]:
        guessed = {visitors.visitor(salt, workspace, each, CHROME) for salt in left for each in shown}
        assert guessed.isdisjoint(by_day[day])
    # Events of pages are told apart by the same numbers.
    events = {row[0] for row in await owner.fetch("select visitor from site_events")}
    assert events == set.union(*by_day.values())
    assert await _found(owner, ADDRESSES, set(salts.values()) - left) == []


async def test_the_scan_finds_what_it_looks_for(
    client: httpx.AsyncClient, link: Make, owner: Connection
) -> None:
    """A scan that finds nothing may be one that can't find anything."""
    await link(via="ayse")
    await owner.execute("update links set title = 'seen from 203.0.113.77'")
    packed = ipaddress.ip_address(ADDRESSES[1]).packed
    await owner.execute("insert into salts (day, salt) values ('2020-01-01', $1)", packed * 2)
    found = await _found(owner, ADDRESSES, set())
    assert {place for place, _ in found} == {"links.title", "salts.salt"}


async def _found(owner: Connection, addresses: list[str], secrets: set[bytes]) -> list[tuple[str, str]]:
    """Columns of any type, of any table, in which an address or a dropped salt stands, in any spelling."""
    texts = [word for address in addresses for word in _spellings(address)]
    raw = [ipaddress.ip_address(address).packed for address in addresses if ":" in address]
    raw += [word.encode() for word in texts] + list(secrets)
    columns = await owner.fetch("""
        select c.table_schema, c.table_name, c.column_name, c.data_type from information_schema.columns c
        join information_schema.tables t using (table_schema, table_name)
        where t.table_type = 'BASE TABLE' and c.table_schema not in ('pg_catalog', 'information_schema')
    """)
    assert len(columns) > 300
    found = []
    for schema, table, column, kind in columns:
        looked_for, test = (
            (raw, f'position(w in "{column}") > 0')
            if kind == "bytea"
            else (texts, f'strpos(lower("{column}"::text), w) > 0')
        )
        array = "bytea[]" if kind == "bytea" else "text[]"
        query = f'select true from "{schema}"."{table}" join unnest($1::{array}) w on {test} limit 1'
        hit: Any = await owner.fetchval(query, looked_for)
        if hit:
            found.append((f"{table}.{column}", kind))
    return found


def _spellings(address: str) -> set[str]:
    parsed = ipaddress.ip_address(address)
    whole = {str(parsed), parsed.exploded, parsed.packed.hex()}
    # An IPv4 address as a number is ten digits that a count may have as well: its hex is looked for.
    return whole | ({"2001:db8:aaaa:bbbb::", "20010db8aaaabbbb"} if parsed.version == 6 else set())
