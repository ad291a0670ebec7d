"""GET /v1/rewards/obligations: promises by kind, and what became of them."""

import csv
from collections.abc import Awaitable, Callable
from datetime import timedelta
from io import StringIO
from typing import Any
from uuid import UUID

import httpx
import pytest

from service.kit import ids
from service.kit.db import Connection

Json = dict[str, Any]
Promise = Callable[..., Awaitable[None]]


@pytest.fixture
async def program(client: httpx.AsyncClient) -> Json:
    answer = await client.post("/v1/programs", json={"name": "Fanlar", "kind": "advocacy"})
    assert answer.status_code == 201, answer.text
    made: Json = answer.json()
    return made


@pytest.fixture
async def promise(client: httpx.AsyncClient, program: Json, owner: Connection) -> Promise:
    """Stores rewards: `await promise(3, "points", "pending", due=1)`, `due` in days from now."""
    workspace = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])
    body = {"name": "Ayşe", "program_id": program["id"]}
    partner = ids.read("prt", (await client.post("/v1/partners", json=body)).json()["id"])
    of, advocate = ids.read("prg", program["id"]), ids.new()
    await owner.execute(
        """insert into advocates (workspace_id, id, program_id, partner_id, member, joined_by, consent_at,
               joined_at)
           values ($1, $2, $3, $4, 'customer', 'api', elci_now(), elci_now())""",
        *(workspace, advocate, of, partner),
    )

    async def store(
        n: int,
        kind: str,
        status: str,
        due: int = -1,
        amount: int = 0,
        currency: str | None = None,
        pool: UUID | None = None,
        delivered: bool = False,
        refunded: int = 0,
        earned: int = -30,
    ) -> None:
        for _ in range(n):
            reward = ids.new()
            await owner.execute(
                """insert into rewards (workspace_id, id, program_id, advocate_id, partner_id, cause, rule,
                       trigger, side, kind, amount, currency, pool_id, terms_version, status, refunded,
                       total, due_at, earned_at, delivered_at)
                   values ($1, $2, $3, $4, $5, $15, 'r', 'first_purchase', 'advocate', $6, $7, $8, $9, 1,
                       $10, $11, 100, elci_now() + $12, elci_now() + $13,
                       case when $14 then elci_now() end)""",
                *(workspace, reward, of, advocate, partner, kind, amount, currency, pool, status, refunded),
                *(timedelta(days=due), timedelta(days=earned), delivered, str(reward)),
            )

    return store


async def asked(client: httpx.AsyncClient, **query: Any) -> Json:
    answer = await client.get("/v1/rewards/obligations", params=query)
    assert answer.status_code == 200, answer.text
    told: Json = answer.json()
    return told


async def test_each_promise_stands_somewhere(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient, program: Json, promise: Promise
) -> None:
    body = {"name": "Çek", "kind": "gift_card", "value": {"amount": 5_000, "currency": "TRY"}}
    pool = ids.read("vpl", (await client.post("/v1/voucher-pools", json=body)).json()["id"])
    await promise(2, "voucher", "pending", due=3, pool=pool)
    await promise(1, "voucher", "available", pool=pool)
    await promise(1, "voucher", "on_hold", pool=pool)
    await promise(6, "voucher", "redeemed", pool=pool, delivered=True)
    await promise(1, "voucher", "expired", pool=pool)
    await promise(1, "voucher", "reversed", pool=pool)
    await promise(1, "points", "pending", due=1, amount=100, currency="points", refunded=25)
    await promise(3, "points", "available", amount=100, currency="points")
    await promise(2, "discount", "available")
    found = await asked(client, program_id=program["id"])
    lines = {one["kind"]: one for one in found["data"]}
    voucher = lines["voucher"]
    assert {name: voucher[name] for name in ("promised", "waiting", "ready", "overdue", "delivered")} == {
        "promised": {"count": 12, "amount": 60_000},
        "waiting": {"count": 2, "amount": 10_000},
        "ready": {"count": 1, "amount": 5_000},
        "overdue": {"count": 1, "amount": 5_000},
        "delivered": {"count": 6, "amount": 30_000},
    }
    assert (voucher["expired"]["count"], voucher["withdrawn"]["count"]) == (1, 1)
    assert (voucher["chance"]["delivered"], voucher["chance"]["lost"]) == (6, 2)
    assert voucher["expected_cost"]["amount"] == round(20_000 * 6.5 / 9)
    assert voucher["expected_cost"]["low"] < 20_000 * 6.5 / 9 < voucher["expected_cost"]["high"] <= 20_000
    assert (lines["points"]["waiting"], lines["points"]["delivered"]["amount"]) == (
        {"count": 1, "amount": 75},
        300,
    )
    discount = lines["discount"]
    assert (discount["unpriced"], discount["expected_cost"], discount["ready"]) == (
        2,
        None,
        {"count": 2, "amount": None},
    )
    assert [one["currency"] for one in found["expected_cost"]] == ["TRY", "points"]
    assert found["expected_cost"][0]["amount"] == voucher["expected_cost"]["amount"]
    assert found["unpriced"] == 2
    assert (await asked(other_client))["data"] == []
    foreign = await other_client.get("/v1/rewards/obligations", params={"program_id": program["id"]})
    assert foreign.status_code == 404
    sheet = await client.get("/v1/rewards/obligations.csv")
    rows = {row["kind"]: row for row in csv.DictReader(StringIO(sheet.text.removeprefix("\ufeff")))}
    assert (rows["voucher"]["overdue"], rows["voucher"]["delivered_amount"]) == ("1", "30000")
    assert rows["discount"]["expected_cost"] == ""


async def test_a_period_narrows_what_is_promised_and_not_what_is_learnt(
    client: httpx.AsyncClient, promise: Promise
) -> None:
    await promise(4, "credit", "available", amount=10, currency="TRY", earned=-300, due=-290)
    await promise(1, "credit", "pending", amount=10, currency="TRY", earned=-1, due=9)
    await promise(5, "credit", "expired", amount=10, currency="TRY", earned=-900, due=-800)
    whole = await asked(client)
    assert whole["data"][0]["promised"]["count"] == 10
    (line,) = (await asked(client, **{"from": "2026-11-01T00:00:00Z"}))["data"]
    assert (line["promised"]["count"], line["chance"]["delivered"], line["chance"]["lost"]) == (1, 4, 0)
    assert (await asked(client, to="2020-01-01T00:00:00Z"))["data"] == []
    turned = {"from": "2026-11-02T00:00:00Z", "to": "2026-11-01T00:00:00Z"}
    answer = await client.get("/v1/rewards/obligations", params=turned)
    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, "to")


async def test_open_points_have_a_cost_beside_the_money(
    client: httpx.AsyncClient, program: Json, promise: Promise
) -> None:
    await promise(4, "points", "pending", due=1, amount=100, currency="points")
    await promise(1, "points", "on_hold", amount=100, currency="points", refunded=50)
    await promise(9, "points", "available", amount=100, currency="points")
    await promise(1, "credit", "pending", due=1, amount=700, currency="TRY")
    before = await asked(client)
    assert (before["points_cost"], before["points_without_worth"]) == ([], 450)
    url = f"/v1/programs/{program['id']}/advocacy-terms"
    points: Json = {"name": "Çekirdek", "worth": {"amount": {"amount": 50, "currency": "TRY"}, "per": 10}}
    for _ in range(2):
        answer = await client.post(url, json={"terms": {"points": points}})
        assert answer.status_code == 201, answer.text
    (version, _) = (await client.get(url)).json()["data"]
    assert version["terms"]["points"] == points
    found = await asked(client, program_id=program["id"])
    in_points = next(one for one in found["expected_cost"] if one["currency"] == "points")
    (cost,) = found["points_cost"]
    assert cost == {
        **{"basis": "worth", "currency": "TRY", "points": 450},
        **{side: pytest.approx(in_points[side] * 5, abs=3) for side in ("amount", "low", "high")},
    }
    assert (cost["amount"], found["points_without_worth"]) == (round(450 * 5 * 9.5 / 10), 0)
    assert found["expected_cost"] == before["expected_cost"]
    answer = await client.post(url, json={"terms": {"points": {"name": "Çekirdek"}}})
    assert answer.status_code == 201
    assert (await asked(client))["points_cost"] == []
