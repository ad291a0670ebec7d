"""A partner's figures equal a recount by hand, however they are grouped and dated."""

import csv
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from io import StringIO
from itertools import cycle, product
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest

from service.kit import ids
from service.kit.db import Connection, Database
from service.partner.stats.asking import asked
from service.settings import Settings
from tests.service.partner.quarter import live_through
from tests.service.partner.recount import Raw, answered, empty, plain, raw

AsPartner = Callable[[str], Awaitable[httpx.AsyncClient]]
ZONES = ("Europe/Istanbul", "America/New_York")
BASES = ("click", "event", "validation", "payout")
GROUPS = ("", "day", "link", "coupon", "campaign", "product", "sub1", "day,link", "day,product")
# A part of the quarter, so that what lies beyond either end is left out; clocks change in it.
FIRST, LAST = date(2026, 9, 20), date(2026, 11, 18)


async def _asked(partner: httpx.AsyncClient, **params: Any) -> dict[str, Any]:
    answer = await partner.get("/v1/partner/stats", params=params)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def _key(row: dict[str, Any]) -> tuple[date | None, str | None]:
    day = row.get("date")
    return (None if day is None else date.fromisoformat(day)), row.get("value")


async def _agrees(partner: httpx.AsyncClient, by_hand: Raw, group_by: str, basis: str, zone: str) -> int:
    """Compares everything; how many rows had something."""
    params = {"group_by": group_by, "date_basis": basis, "tz": zone, "from": str(FIRST), "to": str(LAST)}
    found = await _asked(partner, **params, limit=300)
    total, rows = by_hand.rows(group_by, basis, ZoneInfo(zone), FIRST, LAST)
    where = f"{group_by or 'totals'} {basis} {zone}"
    assert answered(found["totals"]) == plain(total), where
    got = {_key(row): answered(row) for row in found["data"]}
    assert len(got) == len(found["data"]), where
    nothing = plain(empty())
    kept = {key: row for key, row in got.items() if row != nothing}
    wanted = {key: row for key, counted in rows.items() if (row := plain(counted)) != nothing}
    assert kept == ({} if not group_by else wanted), where
    if group_by == "day":
        assert len(got) == (LAST - FIRST).days + 1
    _divides(found["totals"])
    for row in found["data"]:
        _divides(row)
    return len(wanted)


def _divides(row: dict[str, Any]) -> None:
    """Rates and EPC are what they say."""
    net = row["clicks"]["net"] if row["clicks"] else 0
    assert row["conversion_rate"] == (round(row["conversions"] / net, 6) if net else None)
    for each in row["commissions"]:
        earned = each["pending"] + each["on_hold"] + each["payable"] + each["paid"]
        assert each["earned"] == earned
        assert each["epc"] == (round(earned / net, 4) if net else None)


async def test_every_figure_is_that_of_a_recount(
    client: httpx.AsyncClient,
    as_partner: AsPartner,
    database: Database,
    settings: Settings,
    owner: Connection,
) -> None:
    quarter = await live_through(client, database, settings, owner)
    rows = 0
    for partner_id in (quarter.ayse, quarter.can):
        partner = await as_partner(ids.show("prt", partner_id))
        by_hand = await raw(owner, quarter.workspace, partner_id)
        # Each group of each basis, by turns in one of the zones.
        for (basis, group_by), zone in zip(product(BASES, GROUPS), cycle(ZONES), strict=False):
            rows += await _agrees(partner, by_hand, group_by, basis, zone)
        # Days that begin within an hour of UTC are not of whole roll-ups.
        for group_by in ("link", "sub1", "day,campaign"):
            rows += await _agrees(partner, by_hand, group_by, "event", "Asia/Kathmandu")
        await _adds_up(partner, by_hand)
    # Every state, every basis and every dimension had something to count.
    states = {row["status"] for row in by_hand.commissions} | {"paid"}
    assert states == {"pending", "on_hold", "payable", "paid", "reversed", "rejected"}
    assert rows > 1_000


async def _adds_up(partner: httpx.AsyncClient, by_hand: Raw) -> None:
    """Commissions, balance and figures say the same; what lies beyond the limit is there too."""
    whole = {"from": "2026-08-01", "to": "2026-12-31", "tz": "UTC"}
    totals = (await _asked(partner, **whole, group_by=""))["totals"]
    balances = {each["currency"]: each for each in (await partner.get("/v1/partner/balance")).json()["data"]}
    assert {*balances} == {each["currency"] for each in totals["commissions"]}
    for each in totals["commissions"]:
        balance = balances[each["currency"]]
        for state in ("pending", "on_hold", "paid", "earned"):
            assert each[state] == balance[state]
        assert each["payable"] == balance["payable"] + balance["negative"]
        for kind, sign in {"pending": 1, "on_hold": 1, "paid": 1, "expense": -1}.items():
            shown = balance["earned" if kind == "expense" else kind]
            assert sign * by_hand.posted[kind, each["currency"]] == shown
    few = await _asked(partner, **whole, group_by="link", limit=1)
    assert len(few["data"]) == 1
    assert few["other_values"]["values"] >= 2
    shown, rest = answered(few["data"][0]), answered(few["other_values"])
    for name in ("gross", "net", "unique"):
        assert shown["clicks"][name] + rest["clicks"][name] == totals["clicks"][name]
    for currency, amount in answered(totals)["sales"].items():
        assert shown["sales"].get(currency, 0) + rest["sales"].get(currency, 0) == amount
    text = (await partner.get("/v1/partner/stats.csv", params={**whole, "group_by": "sub1"})).text
    lines = list(csv.DictReader(StringIO(text.removeprefix("\ufeff"))))
    assert (
        sum(int(line["clicks_net"] or 0) for line in lines[:-1] if line["date"] != "total")
        == (totals["clicks"]["net"])
    )
    assert "'=1+1" in {line["value"] for line in lines}


@pytest.mark.parametrize(
    ("params", "path"),
    [
        ({"group_by": "hour"}, "group_by"),
        ({"group_by": "link,coupon"}, "group_by"),
        ({"tz": "Mars/Base"}, "tz"),
        ({"from": "2026-11-02", "to": "2026-11-01"}, "from"),
        ({"from": "2020-01-01", "to": "2026-11-01"}, "from"),
        ({"from": "0001-01-01"}, "from"),
        ({"to": "0001-01-01"}, "from"),
        ({"group_by": "day,link", "from": "2026-01-01", "to": "2026-11-01", "limit": 1000}, "limit"),
        ({"date_basis": "moon"}, "date_basis"),
    ],
    ids=lambda value: str(value).replace(" ", "")[:60],
)
async def test_what_cant_be_asked_for(
    client: httpx.AsyncClient, as_partner: AsPartner, params: dict[str, Any], path: str
) -> None:
    made = await client.post("/v1/partners", json={"name": "Ayşe"})
    partner = await as_partner(made.json()["id"])
    for where in ("stats", "stats.csv"):
        answer = await partner.get(f"/v1/partner/{where}", params=params)
        assert answer.status_code == 400, answer.text
        assert path in {error["path"].removeprefix("query.") for error in answer.json()["errors"]}


@pytest.mark.parametrize(
    ("zone", "group_by", "hourly"),
    [
        ("Europe/Istanbul", "link", True),
        ("Asia/Kolkata", "link", False),
        ("Asia/Kathmandu", "day,link", False),
        # Clocks move by an hour, or at Lord Howe by half of one: between October and April it is a whole one.
        ("America/New_York", "day,link", True),
        ("Australia/Lord_Howe", "day,link", False),
        ("Australia/Lord_Howe", "link", False),
    ],
)
def test_which_days_are_of_whole_hours(zone: str, group_by: str, hourly: bool) -> None:
    found = asked(group_by, "event", FIRST, LAST, zone, 50, datetime(2026, 11, 20, tzinfo=UTC))
    assert found.is_hourly is hourly


async def test_a_partner_with_nothing(client: httpx.AsyncClient, as_partner: AsPartner) -> None:
    made = await client.post("/v1/partners", json={"name": "Ayşe"})
    partner = await as_partner(made.json()["id"])
    found = await _asked(partner)
    assert found["tz"] == "Europe/Istanbul"
    assert len(found["data"]) == 30
    assert {row["conversions"] for row in found["data"]} == {0}
    assert found["totals"]["conversion_rate"] is None
    balance = (await partner.get("/v1/partner/balance")).json()
    assert balance == {"partner_id": made.json()["id"], "data": []}
    text = (await partner.get("/v1/partner/balance.csv")).text
    assert text.removeprefix("\ufeff").startswith("currency,pending,on_hold,payable,paid,negative")
    # A brand's key is nobody's view.
    assert (await client.get("/v1/partner/stats")).status_code == 403
