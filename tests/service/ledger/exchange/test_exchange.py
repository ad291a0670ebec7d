"""The operator's exchange rates."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx
import pytest

from service.kit import events, ids
from service.kit.db import Connection
from service.ledger import settling
from service.ledger.exchange import actions
from service.ledger.exchange.events import RatesArrived
from service.ledger.exchange.schemas import FxRate
from service.ledger.rates import Exchange
from tests.service.discovery.api import Json
from tests.service.ledger.bookkeeping import target
from tests.service.ledger.conftest import Enlist

AT = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)


def _rate(day: int, rate: str, base: str = "EUR", quote: str = "TRY") -> FxRate:
    return FxRate(base, quote, date(2026, 11, day), Decimal(rate))


async def test_rates_are_set_listed_and_taken_out(client: httpx.AsyncClient) -> None:
    sent = [
        {"base": "EUR", "quote": "TRY", "day": "2026-11-20", "rate": "48.1250"},
        {"base": "USD", "quote": "TRY", "day": "2026-11-20", "rate": 41.5},
        {"base": "EUR", "quote": "TRY", "day": "2026-11-19", "rate": "48"},
    ]
    answer = await client.put("/v1/fx-rates", json={"rates": sent})
    assert answer.json() == {"created": 3, "updated": 0, "unchanged": 0, "waiting": 0}
    changed = [sent[0] | {"rate": "48.2"}, sent[1]]
    answer = await client.put("/v1/fx-rates", json={"rates": changed})
    assert answer.json() == {"created": 0, "updated": 1, "unchanged": 1, "waiting": 0}
    rows = (await client.get("/v1/fx-rates")).json()["data"]
    assert [(row["base"], row["day"], Decimal(row["rate"])) for row in rows] == [
        ("EUR", "2026-11-20", Decimal("48.2")),
        ("USD", "2026-11-20", Decimal("41.5")),
        ("EUR", "2026-11-19", Decimal("48")),
    ]
    for query, n in (("base=EUR", 2), ("from=2026-11-20", 2), ("to=2026-11-20", 1), ("quote=USD", 0)):
        assert len((await client.get(f"/v1/fx-rates?{query}")).json()["data"]) == n, query
    page = (await client.get("/v1/fx-rates?limit=2")).json()
    rest = (await client.get(f"/v1/fx-rates?limit=2&cursor={page['next_cursor']}")).json()
    assert [*page["data"], *rest["data"]] == rows
    one = "/v1/fx-rates?base=EUR&quote=TRY&day=2026-11-19"
    assert [(await client.delete(one)).status_code for _ in range(2)] == [204, 404]
    assert (await client.delete("/v1/fx-rates?base=EUR&quote=TRY")).status_code == 400


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ({"rate": "0"}, "rates[0].rate"),
        ({"rate": "-1"}, "rates[0].rate"),
        ({"rate": "1.1234567890123"}, "rates[0].rate"),
        ({"rate": "1e30"}, "rates[0].rate"),
        ({"rate": "NaN"}, "rates[0].rate"),
        ({"base": "TRY"}, "rates[0].quote"),
        ({"base": "ZZZ"}, "rates[0].base"),
        ({"base": "eur"}, "base"),
        ({"day": "2026-02-30"}, "day"),
    ],
    ids=str,
)
async def test_a_rate_that_can_t_be(client: httpx.AsyncClient, fields: Json, path: str) -> None:
    sent = {"base": "EUR", "quote": "TRY", "day": "2026-11-20", "rate": "48"} | fields
    answer = await client.put("/v1/fx-rates", json={"rates": [sent]})
    assert answer.status_code == 400, answer.text
    assert path in answer.text
    assert (await client.get("/v1/fx-rates")).json()["data"] == []


async def test_the_newest_rate_until_the_day(db: Connection, workspace: UUID) -> None:
    async def found(base: str, quote: str, at: datetime = AT) -> Exchange | None:
        return await actions.exchange_for(db, workspace, base, quote, at)

    assert await found("EUR", "TRY") is None
    await actions.put(db, workspace, [_rate(18, "47"), _rate(20, "48"), _rate(21, "49")])
    assert await found("EUR", "TRY") == Exchange(Decimal(48), date(2026, 11, 20))
    back = await found("TRY", "EUR")
    assert back is not None
    assert abs(back.rate * 48 - 1) < Decimal("1e-15")
    assert await found("EUR", "TRY", datetime(2026, 11, 17, tzinfo=UTC)) is None
    assert await found("USD", "TRY") is None


async def test_what_was_exchanged_keeps_its_rate(db: Connection, workspace: UUID, enlist: Enlist) -> None:
    ayse, order = await enlist("Ayşe"), ids.new()
    rule = {"exchange": {"from": {"amount": 5, "currency": "EUR"}, "rate": "48.125", "day": "2026-11-20"}}
    await settling.settle(db, workspace, order, [target(ayse, 240, rule=rule)], "test")
    await actions.put(db, workspace, [_rate(20, "99")])
    kept = await actions.exchange_for(db, workspace, "EUR", "TRY", AT, order)
    assert kept == Exchange(Decimal("48.125"), date(2026, 11, 20))
    other = await actions.exchange_for(db, workspace, "EUR", "TRY", AT, ids.new())
    assert other == Exchange(Decimal(99), date(2026, 11, 20))


async def test_what_waits_for_a_rate_is_told(
    db: Connection, workspace: UUID, enlist: Enlist, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[Any] = []

    async def note(db: Connection, event: RatesArrived) -> None:
        told.append(event)

    monkeypatch.setattr(events, "_handlers", {RatesArrived: [note]})
    ayse, order, gone = await enlist("Ayşe"), ids.new(), ids.new()
    waiting = target(ayse, 240, currency="EUR", rule={"unconverted": "TRY"})
    for each in (order, gone):
        await settling.settle(db, workspace, each, [waiting], "test")
    await settling.settle(db, workspace, gone, [], "test")
    assert (await actions.put(db, workspace, [_rate(20, "1.1", "USD", "CHF")])).waiting == 0
    assert (await actions.put(db, workspace, [_rate(20, "48")])).waiting == 1
    assert told == [RatesArrived(workspace, [order])]
