"""What an order would pay: by the rules, by where the partner stands, by rules that are only thought of."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from service.kit import ids
from service.kit.db import Database
from service.kit.money import Money
from service.ledger import settling
from service.ledger.targets import Target
from tests.service.discovery.api import Json, made

NET: Json = {"amount": 124_990, "currency": "TRY"}
TIERS = [{"rate": "0.10", "from_sales": 2}]
RULES = [{"kind": "sale", "rate": "0.05", "tiers": TIERS, "tiers_per": "all"}]


async def _program(client: httpx.AsyncClient, **fields: Any) -> Json:
    return await made(client, "/v1/programs", {"name": "Yaz", "rules": RULES, **fields})


async def _preview(client: httpx.AsyncClient, program: Json, **order: Any) -> Json:
    return await made(client, f"/v1/programs/{program['id']}/preview", {"net": NET, **order}, status=200)


async def test_a_partner_who_is_not_there_yet(client: httpx.AsyncClient) -> None:
    program = await _program(client)
    found = await _preview(client, program)
    assert (found["terms_version"], found["stopped"]) == (1, None)
    (one,) = found["commissions"]
    assert (one["partner_id"], one["key"], one["amount"]) == (
        None,
        "rule-1",
        {"amount": 6250, "currency": "TRY"},
    )
    assert one["rule"]["text"]["en"] == "5% of 1,249.90 net, rule 1"
    assert (await client.get("/v1/commissions")).json()["data"] == []


async def test_where_a_partner_stands(client: httpx.AsyncClient, database: Database) -> None:
    agency = await made(client, "/v1/partners", {"name": "Ajans"})
    program = await _program(client, overrides=[{"partner_id": agency["id"], "rate": "0.5"}])
    who = await made(client, "/v1/partners", {"name": "Ayşe", "program_id": program["id"]})
    workspace = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])
    async with database.transaction(workspace) as db:
        target = Target(
            partner_id=ids.read("prt", who["id"]),
            program_id=ids.read("prg", program["id"]),
            kind="sale",
            key="rule-1",
            earned=Money(10, "TRY"),
            base=100,
            refunded=0,
            total=100,
            occurred_at=datetime.now(UTC) - timedelta(days=1),
            due_at=None,
            rule={},
        )
        await settling.settle(db, workspace, ids.new(), [target], "test")
    found = await _preview(client, program, partner_id=who["id"])
    own, override = found["commissions"]
    assert (own["partner_id"], own["amount"]["amount"], own["rule"]["tier"]) == (who["id"], 12_499, 1)
    assert (override["partner_id"], override["amount"]["amount"]) == (agency["id"], 6250)
    before = await _preview(client, program, partner_id=who["id"], occurred_at="2020-01-01T00:00:00Z")
    assert before["commissions"][0]["amount"]["amount"] == 6250
    await client.patch(f"/v1/partners/{who['id']}", json={"status": "paused"})
    paused = await _preview(client, program, partner_id=who["id"])
    assert (paused["stopped"], paused["commissions"]) == ("partner_paused", [])


async def test_rules_that_are_thought_about(client: httpx.AsyncClient) -> None:
    program = await _program(client)
    rules = [
        {"kind": "sale", "rate": "0.2", "categories": ["Bot"], "groups": ["gold"], "countries": ["TR"]},
        {"kind": "sale", "flat": {"amount": 5, "currency": "TRY"}},
    ]
    lines = [{"category": "Bot", "net": 100_000}, {"category": "Terlik"}]
    order = {"rules": rules, "lines": lines, "country": "TR", "group": "gold"}
    found = await _preview(client, program, **order)
    assert found["terms_version"] is None
    assert [one["amount"]["amount"] for one in found["commissions"]] == [20_000, 5]
    assert (await client.get(f"/v1/programs/{program['id']}")).json()["terms_version"] == 1


async def test_a_program_that_pays_in_another_currency(client: httpx.AsyncClient) -> None:
    program = await _program(client, currency="EUR")
    (one,) = (await _preview(client, program))["commissions"]
    assert (one["amount"], one["rule"]["unconverted"]) == ({"amount": 6250, "currency": "TRY"}, "EUR")
    rates = {"rates": [{"base": "TRY", "quote": "EUR", "day": "2020-01-01", "rate": "0.02"}]}
    answer = await client.put("/v1/fx-rates", json=rates)
    assert answer.status_code == 200, answer.text
    (one,) = (await _preview(client, program))["commissions"]
    assert one["amount"] == {"amount": 125, "currency": "EUR"}


@pytest.mark.parametrize(
    ("order", "status", "path"),
    [
        ({"net": {"amount": 1, "currency": "XQQ"}}, 400, "net.currency"),
        ({"net": {"amount": -1, "currency": "TRY"}}, 400, "net.amount"),
        ({"rules": [{"kind": "sale", "rate": "10"}]}, 400, "rules[0].rate"),
        ({"quantity": 0}, 400, "quantity"),
        ({"partner_id": "alone"}, 400, "partner_id"),
        ({"partner_id": "mine", "group": "gold"}, 400, "group"),
        ({"partner_id": "never"}, 404, None),
    ],
)
async def test_orders_that_cannot_be(
    client: httpx.AsyncClient, order: Json, status: int, path: str | None
) -> None:
    program = await _program(client)
    alone = await made(client, "/v1/partners", {"name": "A"})
    mine = await made(client, "/v1/partners", {"name": "B", "program_id": program["id"]})
    known = {"alone": alone["id"], "mine": mine["id"], "never": ids.show("prt", ids.new())}
    sent = {"net": NET, **order}
    if "partner_id" in order:
        sent["partner_id"] = known[order["partner_id"]]
    answer = await client.post(f"/v1/programs/{program['id']}/preview", json=sent)
    assert answer.status_code == status
    if path is not None:
        assert [error["path"] for error in answer.json()["errors"]] == [path]


async def test_times_that_nobody_means_are_named(client: httpx.AsyncClient) -> None:
    program = await _program(client)
    order = {"net": NET, "occurred_at": "9999-12-31T23:59:59Z", "first_at": "0001-01-01T00:00:00+14:00"}
    refused = await made(client, f"/v1/programs/{program['id']}/preview", order, status=400)
    assert {error["path"] for error in refused["errors"]} == {"occurred_at", "first_at"}
