"""/v1/conversions: what is told comes back, credited and explained."""

import asyncio
from typing import Any

import httpx
import pytest

from service.kit import ids
from tests.service.conversions.orders.conftest import NOON, lira
from tests.service.links.conftest import Json, Make, made


async def test_everything_that_is_told_comes_back(client: httpx.AsyncClient, sell: Make) -> None:
    line = {"sku": "A", "product_id": "7", "category": "Ayakkabı", "quantity": 2}
    sums = {"net": lira(10_000), "tax": lira(2_000), "discount": lira(500)}
    sent: Json = {
        "shop": "shop.example",
        "shipping": lira(1_200),
        "shipping_tax": lira(200),
        "fees": lira(100),
        "discount": lira(500),
        "lines": [line | sums],
        "country": "TR",
        "delivered_at": NOON,
    }
    shown = await sell(**sent, click_id="clk_x", coupon="YAZ", customer={"external_id": "7"})
    assert {name: shown[name] for name in sent} == sent
    assert (shown["external_id"], shown["amount"], shown["outcome"]) == ("1001", lira(12_000), "created")
    assert (shown["click_ids"], shown["coupons"], shown["is_new"]) == (["clk_x"], ["YAZ"], True)
    # 120 less 20 tax, 10 shipping and 1 fee is less than the line's 100.
    assert (shown["net"], shown["net_basis"]) == (lira(8_900), "order")
    whole = (await client.get(f"/v1/conversions/{shown['id']}")).json()
    assert {name: whole[name] for name in shown if name != "outcome"} == {
        name: value for name, value in shown.items() if name != "outcome"
    }


async def test_the_coupon_pays_and_says_why(client: httpx.AsyncClient, sell: Make, ayse: Json) -> None:
    shown = await sell(coupon="Ayşe10")
    whole = (await client.get(f"/v1/conversions/{shown['id']}")).json()
    assert whole["partner_id"] == ayse["partner_id"]
    assert whole["attribution"]["why"][0]["text"]["en"] == "The order has the coupon AYSE10, rule v1"
    (commission,) = whole["commissions"]
    assert (commission["amount"], commission["status"]) == (lira(1_000), "payable")
    assert commission["rule"]["text"]["en"].startswith("10% of 100.00 net, rule 1")
    assert [touch["share"] for touch in whole["touches"]] == [1]
    (told,) = whole["history"]
    assert (told["channel"], told["kind"], told["report"]["coupons"]) == ("api", "order", ["Ayşe10"])


async def test_a_refund_takes_its_share_back(client: httpx.AsyncClient, sell: Make, ayse: Json) -> None:
    order = await sell(coupon="AYSE10")
    path = f"/v1/conversions/{order['id']}/refunds"
    body = {"external_id": "r1", "amount": lira(3_000), "reason": "iade"}
    first, shown = [await made(client, path, body) for _ in range(2)]
    assert shown == first
    assert (shown["conversion_id"], shown["reason"]) == (order["id"], "iade")
    await made(client, path, {"external_id": "r2", "amount": lira(12_000)})
    whole = (await client.get(f"/v1/conversions/{order['id']}")).json()
    assert whole["refunded"] == lira(12_000)
    assert [one["amount"]["amount"] for one in whole["commissions"]] == [1_000, -250, -750]
    assert len(whole["refunds"]) == 2
    balances = (await client.get("/v1/ledger/accounts")).json()["data"]
    assert {one["balance"]["amount"] for one in balances} <= {0}


async def test_a_refund_before_its_order_waits(client: httpx.AsyncClient, sell: Make, ayse: Json) -> None:
    early = await made(client, "/v1/refunds", {"order": "1001", "external_id": "r1", "amount": lira(6_000)})
    assert early["conversion_id"] is None
    waiting = (await client.get("/v1/refunds?waiting=true")).json()["data"]
    assert [one["id"] for one in waiting] == [early["id"]]
    order = await sell(coupon="AYSE10")
    assert order["refunded"] == lira(6_000)
    assert (await client.get("/v1/refunds?waiting=true")).json()["data"] == []


async def test_another_amount_is_a_conflict_and_stays_out(client: httpx.AsyncClient, sell: Make) -> None:
    first = await sell()
    again = await sell(200)
    assert (again["id"], again["outcome"]) == (first["id"], "unchanged")
    other = await sell(200, amount=lira(99_000))
    assert (other["outcome"], other["amount"]) == ("conflict", lira(12_000))
    assert other["conflicts"] == [
        {"field": "amount", "kept": "12000", "told": "99000", "channel": "api"},
    ]
    found = (await client.get("/v1/conversions?conflicting=true")).json()["data"]
    assert [one["id"] for one in found] == [first["id"]]


async def test_a_change_is_told_later(client: httpx.AsyncClient, sell: Make, ayse: Json) -> None:
    order = await sell(coupon="AYSE10", paid=False)
    assert order["status"] == "open"
    path = f"/v1/conversions/{order['id']}"
    stale = await client.patch(path, json={"paid": True}, headers={"If-Match": '"99"'})
    assert stale.status_code == 412
    answer = await client.patch(path, json={"paid": True, "amount": lira(24_000)})
    assert (answer.json()["status"], answer.json()["amount"]) == ("confirmed", lira(24_000))
    assert answer.json()["conflicts"] == []
    answer = await client.patch(path, json={"cancelled_at": "2026-11-03T00:00:00Z"})
    assert answer.json()["status"] == "cancelled"
    rows = (await client.get(path)).json()["commissions"]
    assert sum(one["amount"]["amount"] for one in rows) == 0
    answer = await client.patch(path, json={"amount": {"amount": 5, "currency": "USD"}})
    assert answer.json()["errors"] == [{"path": "amount.currency", "message": "is not TRY: an order has one"}]


async def test_reassigned_by_hand_and_given_back(client: httpx.AsyncClient, sell: Make, ayse: Json) -> None:
    can = await made(client, "/v1/partners", {"name": "Can", "program_id": ayse["program_id"]})
    order = await sell(coupon="AYSE10")
    path = f"/v1/conversions/{order['id']}/reassign"
    shares = [
        {"partner_id": ayse["partner_id"], "weight": "1/3"},
        {"partner_id": can["id"], "weight": "2/3"},
    ]
    shown = await made(client, path, {"shares": shares, "reason": "both told of it"}, 200)
    assert (shown["partner_id"], shown["attribution"]["by_hand"]) == (can["id"], True)
    assert shown["attribution"]["reason"] == "both told of it"
    assert await _owed(client) == {ayse["partner_id"]: 333, can["id"]: 667}
    shown = await made(client, path, {"shares": [], "reason": "our own staff"}, 200)
    assert shown["partner_id"] is None
    assert await _owed(client) == {}
    shown = (await client.request("DELETE", path)).json()
    assert (shown["partner_id"], shown["attribution"]["by_hand"]) == (ayse["partner_id"], False)
    assert await _owed(client) == {ayse["partner_id"]: 1_000}
    log = (await client.get("/v1/audit-log")).json()["data"]
    assert {"conversion.reassigned", "conversion.credited_by_evidence"} <= {one["action"] for one in log}


async def _owed(client: httpx.AsyncClient) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in (await client.get("/v1/commissions")).json()["data"]:
        found[row["partner_id"]] = found.get(row["partner_id"], 0) + row["amount"]["amount"]
    return {partner: amount for partner, amount in found.items() if amount}


@pytest.mark.parametrize(
    ("body", "paths"),
    [
        ({"shares": [], "reason": " "}, ["reason"]),
        ({"shares": [{"partner_id": "prt_x", "weight": "0.5"}], "reason": "x"}, ["shares"]),
        ({"shares": [{"partner_id": "prt_x", "weight": "1/2"}] * 2, "reason": "x"}, ["shares[1].partner_id"]),
        ({"shares": [{"partner_id": "prt_x", "weight": "0/0"}], "reason": "x"}, ["shares[0].weight"]),
    ],
    ids=["no reason", "a half", "twice", "nothing"],
)
async def test_parts_that_can_not_be(
    client: httpx.AsyncClient, sell: Make, body: Json, paths: list[str]
) -> None:
    order = await sell()
    answer = await client.post(f"/v1/conversions/{order['id']}/reassign", json=body)
    assert answer.status_code == 400, answer.text
    assert [error["path"] for error in answer.json()["errors"]] == paths


@pytest.mark.parametrize(
    ("fields", "paths"),
    [
        ({"amount": None}, ["amount"]),
        ({"external_id": " "}, ["external_id"]),
        ({"tax": {"amount": 1, "currency": "USD"}}, ["tax.currency"]),
        ({"amount": {"amount": 1, "currency": "ZZZ"}, "tax": None}, ["amount.currency"]),
        ({"amount": lira(10**16)}, ["amount.amount"]),
        ({"amount": lira(-1), "kind": "gift", "country": "tr"}, ["kind", "amount.amount", "country"]),
        ({"lines": [{"net": {"amount": 1, "currency": "EUR"}}]}, ["lines[0].net.currency"]),
        ({"status": "paid"}, ["status"]),
        ({"customer": {"email": "x"}}, ["customer.email"]),
        ({"occurred_at": "2026-11-02T12:00:00"}, ["occurred_at"]),
    ],
    ids=str,
)
async def test_what_no_order_can_be(client: httpx.AsyncClient, fields: Json, paths: list[str]) -> None:
    body: Json = {"external_id": "1", "amount": lira(100), "tax": lira(0)}
    answer = await client.post("/v1/conversions", json=body | fields)
    assert answer.status_code == 400, answer.text
    assert sorted(error["path"] for error in answer.json()["errors"]) == sorted(paths)


async def test_a_lead_needs_no_amount(sell: Make) -> None:
    shown = await sell(kind="lead", amount=None, tax=None)
    assert (shown["amount"], shown["status"]) == (lira(0), "confirmed")


async def test_fifty_at_once_make_one(client: httpx.AsyncClient, ayse: Json) -> None:
    body: Json = {"external_id": "1001", "amount": lira(12_000), "coupon": "AYSE10", "occurred_at": NOON}

    async def told() -> httpx.Response:
        """Where the machine is busy, some find no connection in time and are told to ask again."""
        while (answer := await client.post("/v1/conversions", json=body)).status_code == 503:
            pass
        return answer

    answers = await asyncio.gather(*(told() for _ in range(50)))
    assert sorted(answer.status_code for answer in answers) == [200] * 49 + [201]
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert await _owed(client) == {ayse["partner_id"]: 1_200}


async def test_one_key_is_one_effect(client: httpx.AsyncClient, ayse: Json) -> None:
    """A1, A2: the same key and body again; white space and order of keys are no other body."""
    body = '{"external_id": "1", "amount": {"amount": 5, "currency": "TRY"}}'
    spelt = '{"amount":{"currency":"TRY","amount":5},"external_id":"1"}'
    headers = {"Idempotency-Key": '"k1"', "Content-Type": "application/json"}
    answers = await asyncio.gather(
        *(client.post("/v1/conversions", content=text, headers=headers) for text in [body, spelt] * 10)
    )
    assert {answer.status_code for answer in answers} <= {201, 409}
    other = await client.post("/v1/conversions", content=body.replace("5", "6"), headers=headers)
    assert other.status_code == 422
    assert len((await client.get("/v1/conversions")).json()["data"]) == 1


async def test_a_batch_says_what_became_of_each(client: httpx.AsyncClient, ayse: Json, drain: Any) -> None:
    """A8."""
    items: list[Json] = [
        {"external_id": f"o{at}", "amount": lira(1_000), "coupon": "AYSE10", "occurred_at": NOON}
        for at in range(100)
    ]
    items[10] = {"external_id": "x"}
    items[20] = items[20] | {"amount": 5}
    items[30] = items[30] | {"surprise": True}
    first = await made(client, "/v1/conversions/bulk", {"conversions": items}, 200)
    assert (first["created"], first["failed"], first["unchanged"]) == (97, 3, 0)
    failed = {one["index"]: one["errors"][0]["path"] for one in first["data"] if one["result"] == "failed"}
    assert failed == {10: "amount", 20: "amount", 30: "surprise"}
    await drain()
    accounts = (await client.get(f"/v1/ledger/accounts?partner_id={ayse['partner_id']}")).json()["data"]
    assert {one["balance"]["amount"] for one in accounts if one["balance"]["amount"] > 0} == {9_700}
    job = (await client.get(f"/v1/jobs/{first['job_id']}")).json()
    assert (job["status"], job["result"]) == ("succeeded", {"conversions": 97})
    again = await made(client, "/v1/conversions/bulk", {"conversions": items}, 200)
    assert (again["created"], again["failed"], again["unchanged"]) == (0, 3, 97)
    assert again["job_id"] is None


async def test_lists_are_narrowed(client: httpx.AsyncClient, sell: Make, ayse: Json) -> None:
    paid = await sell(coupon="AYSE10", customer={"email": "a@shop.example"}, order_number="#77")
    lead = await sell(external_id="2", kind="lead", shop="other.example", test=True)
    for query, rows in (
        (f"partner_id={ayse['partner_id']}", [paid]),
        (f"customer_id={paid['customer_id']}", [paid]),
        ("external_id=1001", [paid]),
        ("external_id=%2377", [paid]),
        ("shop=other.example", [lead]),
        ("kind=lead", [lead]),
        ("test=false", [paid]),
        ("credited=true", [paid]),
        ("status=cancelled", []),
        ("channel=api", [lead, paid]),
        ("from=2026-11-03T00:00:00Z", []),
        ("limit=1", [lead]),
        (f"ids={paid['id']}", [paid]),
    ):
        data = (await client.get(f"/v1/conversions?{query}")).json()["data"]
        assert [one["id"] for one in data] == [row["id"] for row in rows], query


async def test_another_workspace_sees_nothing(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient, sell: Make
) -> None:
    order = await sell()
    for path in (f"/v1/conversions/{order['id']}", f"/v1/conversions/{ids.show('cnv', ids.new())}"):
        answer = await other_client.get(path)
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/conversion-not-found")
    assert (await other_client.get("/v1/conversions")).json()["data"] == []


async def test_a_refunds_name_is_one_orders(client: httpx.AsyncClient, sell: Make) -> None:
    first, second = await sell(), await sell(external_id="2")
    body = {"external_id": "r1", "amount": lira(5)}
    await made(client, f"/v1/conversions/{first['id']}/refunds", body)
    answer = await client.post(f"/v1/conversions/{second['id']}/refunds", json=body)
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/refund-exists")
    answer = await client.post(
        f"/v1/conversions/{second['id']}/refunds",
        json={"external_id": "r2", "amount": {"amount": 5, "currency": "USD"}},
    )
    assert answer.status_code == 400


FAR = (
    "9999-12-31T23:59:59Z",
    "9999-12-31T23:59:59-12:00",
    "0001-01-01T00:00:00+14:00",
    "1969-12-31T00:00:00Z",
)


@pytest.mark.parametrize("at", FAR)
async def test_times_that_nobody_means_are_named(
    client: httpx.AsyncClient, sell: Make, ayse: Json, at: str
) -> None:
    times = dict.fromkeys(("occurred_at", "delivered_at", "cancelled_at"), at)
    refused = await sell(status=400, coupon="AYSE10", **times)
    assert {error["path"] for error in refused["errors"]} == set(times)
    order = await sell(coupon="AYSE10")
    answer = await client.patch(f"/v1/conversions/{order['id']}", json={"delivered_at": at})
    assert (answer.status_code, answer.json()["errors"][0]["path"]) == (400, "delivered_at")
    body: Json = {"external_id": "r1", "amount": {"amount": 1, "currency": "USD"}, "occurred_at": at}
    refused = await made(client, f"/v1/conversions/{order['id']}/refunds", body, 400)
    assert {error["path"] for error in refused["errors"]} == {"occurred_at", "amount.currency"}
