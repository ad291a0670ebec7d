"""Orders through the API, paid by what was agreed when they were placed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from tests.service.discovery.api import Json, made

SALE: Json = {"kind": "sale", "rate": "0.10"}


async def _order(client: httpx.AsyncClient, name: str, coupon: str, at: datetime, **fields: Any) -> Json:
    body = {
        "external_id": name,
        "kind": "sale",
        "amount": {"amount": 124_990, "currency": "TRY"},
        "coupon": coupon,
        "occurred_at": at.isoformat(),
        **fields,
    }
    return await made(client, "/v1/conversions", body)


async def _earned(client: httpx.AsyncClient, order: Json) -> list[tuple[str, int, str]]:
    path = f"/v1/commissions?conversion_id={order['id']}"
    rows = (await client.get(path)).json()["data"]
    return sorted((row["partner_id"], row["amount"]["amount"], row["rule"]["text"]["en"]) for row in rows)


async def _sum(client: httpx.AsyncClient, partner: Json) -> int:
    rows = (await client.get(f"/v1/commissions?partner_id={partner['id']}")).json()["data"]
    return sum(row["amount"]["amount"] for row in rows)


async def _partner(client: httpx.AsyncClient, program: Json, name: str, coupon: str) -> Json:
    partner = await made(client, "/v1/partners", {"name": name, "program_id": program["id"]})
    await made(client, "/v1/coupons", {"code": coupon, "partner_id": partner["id"]})
    return partner


async def test_an_order_is_paid_by_the_terms_of_its_time(client: httpx.AsyncClient) -> None:
    """A refund after the terms have changed takes back what was earned by the old ones."""
    program = await made(client, "/v1/programs", {"name": "Yaz", "rules": [SALE]})
    who = await _partner(client, program, "Ayşe", "AYSE10")
    order = await _order(client, "1", "ayşe10", datetime.now(UTC) - timedelta(days=1))
    told = "10% of 1,249.90 net, rule 1"
    assert await _earned(client, order) == [(who["id"], 12_499, told)]
    await client.patch(f"/v1/programs/{program['id']}", json={"rules": [SALE | {"rate": "0.5"}]})
    refund = {"external_id": "r1", "amount": {"amount": 62_495, "currency": "TRY"}}
    await made(client, f"/v1/conversions/{order['id']}/refunds", refund)
    assert await _sum(client, who) == 6249
    later = await _order(client, "2", "AYSE10", datetime.now(UTC))
    assert [amount for _, amount, _ in await _earned(client, later)] == [62_495]


async def test_tiers_and_caps_count_what_was_earned(client: httpx.AsyncClient) -> None:
    tiers = [{"rate": "0.2", "from_sales": 2}]
    cap = {"amount": {"amount": 40_000, "currency": "TRY"}, "per": "all"}
    rules = [SALE | {"tiers": tiers, "tiers_per": "all", "cap": cap}]
    program = await made(client, "/v1/programs", {"name": "Yaz", "rules": rules})
    who = await _partner(client, program, "Ayşe", "AYSE10")
    start = datetime.now(UTC) - timedelta(days=3)
    found = [await _order(client, str(n), "AYSE10", start + timedelta(hours=n)) for n in range(3)]
    amounts = [[amount for _, amount, _ in await _earned(client, each)] for each in found]
    assert amounts == [[12_499], [24_998], [2_503]]
    assert await _sum(client, who) == 40_000


async def test_a_duplicate_keeps_what_it_earned(client: httpx.AsyncClient) -> None:
    """Orders from before a merge stay booked where they are, also when they are refunded afterwards."""
    program = await made(client, "/v1/programs", {"name": "Yaz", "rules": [SALE]})
    keep = await _partner(client, program, "Ayşe", "AYSE10")
    two = await _partner(client, program, "Ayşe Ö.", "OZ10")
    old = await _order(client, "1", "OZ10", datetime.now(UTC) - timedelta(days=1))
    merge = {"keep": keep["id"], "merge": [two["id"]]}
    dry = await made(client, "/v1/partners/merge?dry_run=true", merge, status=200)
    assert dry["moved"] == {"links": 0, "coupons": 1, "conversions": 1, "commissions": 1}
    await made(client, "/v1/partners/merge", merge, status=200)
    new = await _order(client, "2", "OZ10", datetime.now(UTC) + timedelta(seconds=1))
    assert [who for who, _, _ in await _earned(client, new)] == [keep["id"]]
    refund = {"external_id": "r1", "amount": {"amount": 62_495, "currency": "TRY"}}
    await made(client, f"/v1/conversions/{old['id']}/refunds", refund)
    assert {who for who, _, _ in await _earned(client, old)} == {two["id"]}
    assert await _sum(client, keep) == 12_499 + 6249
    balances = (await client.get(f"/v1/partners/{keep['id']}/balance")).json()
    assert "18748" in str(balances)


async def test_a_coupon_that_is_another_s_since(client: httpx.AsyncClient) -> None:
    """What it brought before stays credited to whoever had it then."""
    program = await made(client, "/v1/programs", {"name": "Yaz", "rules": [SALE]})
    one = await _partner(client, program, "Ayşe", "YAZ10")
    two = await made(client, "/v1/partners", {"name": "Can", "program_id": program["id"]})
    old = await _order(client, "1", "YAZ10", datetime.now(UTC) - timedelta(days=1))
    coupon = (await client.get("/v1/coupons?code=yaz10")).json()["data"][0]
    answer = await client.patch(f"/v1/coupons/{coupon['id']}", json={"partner_id": two["id"]})
    assert answer.status_code == 200
    refund = {"external_id": "r1", "amount": {"amount": 62_495, "currency": "TRY"}}
    await made(client, f"/v1/conversions/{old['id']}/refunds", refund)
    new = await _order(client, "2", "YAZ10", datetime.now(UTC) + timedelta(seconds=1))
    assert (await _sum(client, one), await _sum(client, two)) == (6249, 12_499)
    assert [who for who, _, _ in await _earned(client, new)] == [two["id"]]
