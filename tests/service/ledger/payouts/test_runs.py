"""Runs over the API: who is paid what, what is carried forward, and what becomes of a payout."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import httpx
import pytest

from service.kit import ids
from service.kit.db import Connection
from service.ledger import settling
from tests.service.discovery.api import Json, made
from tests.service.ledger.bookkeeping import PAST, SOON, moved_when_posted, target
from tests.service.ledger.payouts.owing import Brand, sums

Drain = Callable[[], Awaitable[None]]


async def test_a_run_pays_each_partner_once_per_currency(brand: Brand, drain: Drain) -> None:
    ayse, can, efe, gul = [await brand.partner(name) for name in ("Ayşe", "Can", "Efe", "Gül")]
    ece = await brand.partner("Ece", account=False)
    for partner, amount in ((ayse, 1_000), (ayse, 234), (can, 500), (ece, 700)):
        await brand.earn(partner, amount)
    await brand.earn(ayse, 90, currency="EUR")
    await brand.earn(efe, 300, due_at=SOON)
    plan = await made(brand.client, "/v1/payouts/plan", {}, status=200)
    assert [one["amount"] for one in plan["totals"]] == [
        {"amount": 90, "currency": "EUR"},
        {"amount": 1_734, "currency": "TRY"},
    ]
    assert [one["reason"] for one in plan["skipped"]] == ["no_account"]
    assert await brand.payouts() == []
    run = await brand.start(note="October")
    assert run["status"] == "queued"
    await drain()
    run = await brand.run(run)
    assert run["status"] == "finished"
    assert [(each["payouts"], each["amount"]["amount"]) for each in run["totals"]] == [(1, 90), (2, 1_734)]
    payouts = await brand.payouts(run_id=run["id"], currency="TRY")
    assert sums(payouts) == {ayse: 1_234, can: 500}
    assert {one["status"] for one in payouts} == {"created"}
    assert [one["note"] for one in payouts] == ["October"] * 2
    assert await brand.balance(ayse) == {"paid": 1_234, "expense": -1_234}
    assert await brand.balance(ece) == {"payable": 700, "expense": -700}
    assert await brand.balance(efe) == {"pending": 300, "expense": -300}
    assert await brand.balance(gul) == {}
    (skip,) = (await brand.get(f"/v1/payout-runs/{run['id']}/skipped"))["data"]
    assert (skip["partner_id"], skip["reason"]) == (ece, "no_account")
    rows = await brand.get(f"/v1/payouts/{payouts[-1]['id']}/commissions")
    assert sorted(row["amount"]["amount"] for row in rows["data"]) == [234, 1_000]
    # Again: there is nothing left to pay.
    again = await brand.start(note="October")
    await drain()
    assert again["id"] != run["id"]
    assert (await brand.run(again))["totals"] == []
    commissions = (await brand.client.get("/v1/commissions", params={"partner_id": ayse})).json()["data"]
    assert {one["status"] for one in commissions} == {"paid"}


async def test_a_run_that_is_not_over_is_answered_again(brand: Brand) -> None:
    first = await brand.start(currency="TRY")
    assert (await brand.start(currency="TRY"))["id"] == first["id"]
    assert (await brand.start(currency="EUR"))["id"] != first["id"]
    listed = (await brand.get("/v1/payout-runs?limit=1"))["data"]
    assert [one["currency"] for one in listed] == ["EUR"]


async def test_a_cancelled_run_goes_on_when_it_is_asked_for_again(brand: Brand, drain: Drain) -> None:
    ayse = await brand.partner("Ayşe")
    await brand.earn(ayse, 100)
    run = await brand.start()
    assert (await brand.client.delete(f"/v1/jobs/{run['job_id']}")).status_code in (200, 202, 204)
    await drain()
    assert (await brand.run(run))["status"] == "cancelled"
    assert await brand.payouts() == []
    again = await brand.start()
    assert (again["id"], again["status"]) == (run["id"], "queued")
    await drain()
    assert sums(await brand.payouts()) == {ayse: 100}


async def test_minimums_of_the_program_and_of_the_run(brand: Brand, drain: Drain) -> None:
    terms = {"name": "P", "min_payout": {"amount": 1_000, "currency": "TRY"}}
    program = (await made(brand.client, "/v1/programs", terms))["id"]
    ayse = await brand.partner("Ayşe", program_id=program)
    can = await brand.partner("Can")
    for partner in (ayse, can):
        await brand.earn(partner, 999)
    # The program's minimum is of its currency.
    await brand.earn(ayse, 5, currency="EUR")
    run = await brand.start()
    await drain()
    assert sums(await brand.payouts()) == {can: 999, ayse: 5}
    (skip,) = (await brand.get(f"/v1/payout-runs/{run['id']}/skipped?reason=below_minimum"))["data"]
    assert (skip["partner_id"], skip["amount"]["amount"]) == (ayse, 999)
    await brand.earn(ayse, 1)
    await brand.start(minimum=[{"amount": 1_001, "currency": "TRY"}])
    await drain()
    assert len(await brand.payouts()) == 2
    await brand.start(program_id=program)
    await drain()
    assert sums(await brand.payouts(currency="TRY"))[ayse] == 1_000


async def test_what_was_earned_before_a_moment(brand: Brand, drain: Drain) -> None:
    ayse = await brand.partner("Ayşe")
    await brand.earn(ayse, 100, occurred_at=PAST - timedelta(days=40))
    await brand.earn(ayse, 70)
    await brand.start(earned_before=(PAST - timedelta(days=20)).isoformat())
    await drain()
    assert sums(await brand.payouts()) == {ayse: 100}
    assert await brand.balance(ayse) == {"paid": 100, "payable": 70, "expense": -170}


async def test_a_refund_after_a_payout_is_carried_forward(brand: Brand, drain: Drain) -> None:
    ayse = await brand.partner("Ayşe")
    order = await brand.earn(ayse, 1_000)
    await brand.start()
    await drain()
    await brand.earn(ayse, 1_000, order, refunded=6_000)
    assert await brand.balance(ayse) == {"paid": 1_000, "payable": -600, "expense": -400}
    run = await brand.start()
    await drain()
    (skip,) = (await brand.run(run))["skipped"]
    assert (skip["reason"], skip["amount"]["amount"]) == ("negative", -600)
    await brand.earn(ayse, 700)
    await brand.start()
    await drain()
    assert [one["amount"]["amount"] for one in await brand.payouts()] == [100, 1_000]
    assert await brand.balance(ayse) == {"paid": 1_100, "expense": -1_100}


async def test_a_failed_payout_is_payable_again(brand: Brand, drain: Drain, owner: Connection) -> None:
    ayse = await brand.partner("Ayşe")
    await brand.earn(ayse, 1_000)
    await brand.start()
    await drain()
    (payout,) = await brand.payouts()
    assert (await brand.decide(payout, "sent"))["sent_at"] is not None
    path = f"/v1/payouts/{payout['id']}"
    assert (await brand.client.patch(path, json={"status": "failed"})).status_code == 400
    failed = await brand.decide(payout, "failed", reason="the account is closed")
    assert (failed["status"], failed["reason"]) == ("failed", "the account is closed")
    assert await brand.decide(payout, "failed", reason="the account is closed") == failed
    answer = await brand.client.patch(path, json={"status": "paid"})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/payout-state")
    assert await brand.balance(ayse) == {"payable": 1_000, "expense": -1_000}
    await brand.start()
    await drain()
    again = (await brand.payouts())[0]
    assert (again["amount"]["amount"], again["status"]) == (1_000, "created")
    assert again["reference"] != payout["reference"]
    at = "2026-11-20T10:00:00Z"
    assert (await brand.decide(again, "paid", at=at))["paid_at"] == at
    ((payable_at, paid_at),) = (await moved_when_posted(owner, brand.workspace)).values()
    assert payable_at < paid_at
    # A bank sends back what it had paid.
    await brand.decide(again, "failed", reason="returned")
    assert await brand.balance(ayse) == {"payable": 1_000, "expense": -1_000}
    assert [*(await moved_when_posted(owner, brand.workspace)).values()] == [(payable_at, paid_at)]
    assert await brand.paid_sum() == 0


@pytest.mark.parametrize("how", ["refunded", "rejected"])
async def test_what_was_taken_back_meanwhile_is_not_paid_after_a_failure(
    brand: Brand, drain: Drain, how: str
) -> None:
    ayse = await brand.partner("Ayşe")
    order = await brand.earn(ayse, 1_000)
    await brand.earn(ayse, 50)
    await brand.start()
    await drain()
    if how == "refunded":
        await brand.earn(ayse, 1_000, order, refunded=10_000)
    else:
        params = {"conversion_id": ids.show("cnv", order)}
        (row,) = (await brand.client.get("/v1/commissions", params=params)).json()["data"]
        body = {"status": "rejected", "reason": "made up"}
        assert (await brand.client.patch(f"/v1/commissions/{row['id']}", json=body)).status_code == 200
    assert (await brand.balance(ayse))["payable"] == -1_000
    (payout,) = await brand.payouts()
    await brand.decide(payout, "failed", reason="closed")
    assert await brand.balance(ayse) == {"payable": 50, "expense": -50}
    await brand.start()
    await drain()
    assert (await brand.payouts())[0]["amount"]["amount"] == 50


async def test_the_bank_s_file_is_what_the_ledger_says(brand: Brand, drain: Drain) -> None:
    names = ["Ayşe Öz", "=CMD|' /C calc'!A0", 'Can "C", A.Ş.']
    partners = [await brand.partner(name) for name in names]
    for n, partner in enumerate(partners):
        await brand.earn(partner, 1_234_567 + n)
    run = await brand.start()
    await drain()
    lines = await brand.bank_file(run)
    assert sum(round(float(line["amount"]) * 100) for line in lines) == await brand.paid_sum()
    assert {line["payee"] for line in lines} == {names[0], "'" + names[1], names[2]}
    assert all(line["iban"].startswith("TR") and len(line["iban"]) == 26 for line in lines)
    turkish = await brand.bank_file(run, layout="tr")
    assert {line["Tutar"] for line in turkish} == {"12345,67", "12345,68", "12345,69"}
    assert turkish[0]["Referans"] in turkish[0]["Açıklama"]
    (payout,) = [one for one in await brand.payouts() if one["partner_id"] == partners[0]]
    await brand.decide(payout, "failed", reason="closed")
    assert len(await brand.bank_file(run)) == 2
    body = {"run_id": run["id"], "status": "sent"}
    decided = (await made(brand.client, "/v1/payouts/decide", body, status=200))["data"]
    assert [one["status"] for one in decided] == ["sent"] * 2
    assert await brand.bank_file(run, only_open="true") == []
    assert len(await brand.bank_file(run)) == 2
    assert await brand.bank_file(run, currency="EUR") == []


async def test_many_are_decided_at_once(brand: Brand, drain: Drain) -> None:
    for name in ("Ayşe", "Can"):
        await brand.earn(await brand.partner(name), 100)
    await brand.start()
    await drain()
    first, second = await brand.payouts()
    await brand.decide(first, "failed", reason="x")
    unknown = ids.show("pay", ids.new())
    asked = [first["id"], second["id"], unknown, "nonsense"]
    body = {"ids": asked, "status": "paid"}
    decided = (await made(brand.client, "/v1/payouts/decide", body, status=200))["data"]
    assert [(one["status"], one["problem"]) for one in decided] == [
        (None, "payout-state"),
        ("paid", None),
        (None, "payout-not-found"),
        (None, "payout-not-found"),
    ]
    for wrong in ({"status": "paid"}, {"status": "paid", "ids": asked, "run_id": "prn_x"}):
        assert (await brand.client.post("/v1/payouts/decide", json=wrong)).status_code == 400


async def test_merged_records_are_paid_together(brand: Brand, drain: Drain) -> None:
    kept, twin = await brand.partner("Ayşe"), await brand.partner("Ayşe Ö", account=False)
    await brand.earn(kept, 300)
    order = await brand.earn(twin, 200)
    await made(brand.client, "/v1/partners/merge", {"keep": kept, "merge": [twin]}, status=200)
    # By the duplicate's id too.
    await brand.start(partner_ids=[twin])
    await drain()
    (payout,) = await brand.payouts(partner_id=kept)
    assert (payout["partner_id"], payout["amount"]["amount"]) == (kept, 500)
    await brand.earn(twin, 200, order, refunded=5_000)
    assert (await brand.balance(kept))["payable"] == -100
    await brand.decide(payout, "failed", reason="closed")
    assert await brand.balance(kept) == {"payable": 400, "expense": -400}
    await brand.start()
    await drain()
    assert (await brand.payouts())[0]["amount"]["amount"] == 400


async def test_a_payment_from_outside_and_an_advance(brand: Brand, drain: Drain) -> None:
    ayse = await brand.partner("Ayşe")
    await brand.earn(ayse, 300, occurred_at=PAST - timedelta(days=2))
    await brand.earn(ayse, 200)
    body = {"partner_id": ayse, "amount": {"amount": 350, "currency": "TRY"}, "reference": "EFT 1"}
    payout = await made(brand.client, "/v1/payouts/outside", body)
    assert (payout["status"], payout["method"], payout["commissions"]) == ("paid", "outside", 1)
    assert payout["advance"]["amount"] == 50
    # The same payment again is the same; another amount under its name is none.
    assert (await made(brand.client, "/v1/payouts/outside", body, status=200))["id"] == payout["id"]
    body["amount"]["amount"] = 351
    assert (await brand.client.post("/v1/payouts/outside", json=body)).status_code == 409
    assert await brand.balance(ayse) == {"paid": 350, "payable": 150, "expense": -500}
    more = {"partner_id": ayse, "amount": {"amount": 250, "currency": "TRY"}}
    assert (await brand.client.post("/v1/payouts/outside", json=more)).status_code == 400
    advance = await made(brand.client, "/v1/payouts/outside", more | {"advance": True})
    assert (advance["commissions"], advance["advance"]["amount"]) == (1, 50)
    assert (await brand.balance(ayse))["payable"] == -100
    await brand.earn(ayse, 400)
    await brand.start()
    await drain()
    (run_payout,) = await brand.payouts(method="bank")
    assert (run_payout["amount"]["amount"], run_payout["settled"]["amount"]) == (300, 100)
    assert await brand.balance(ayse) == {"paid": 900, "expense": -900}
    # The advance turns out not to have arrived: it is owed.
    await brand.decide(advance, "failed", reason="never came")
    await brand.start()
    await drain()
    assert sum(sums([one for one in await brand.payouts() if one["status"] != "failed"]).values()) == 900


async def test_a_partner_with_many_rows(brand: Brand, drain: Drain, owner: Connection) -> None:
    ayse = await brand.partner("Ayşe")
    wanted = {ids.new(): [target(ids.read("prt", ayse), 7, due_at=PAST)] for _ in range(1_203)}
    async with brand.database.transaction(brand.workspace) as db:
        await settling.settle_many(db, brand.workspace, wanted, "test")
    await brand.start()
    await drain()
    (payout,) = await brand.payouts()
    assert (payout["amount"]["amount"], payout["commissions"]) == (8_421, 1_203)
    assert await owner.fetchval("select count(*) from ledger_entries where kind = 'payout'") == 25
    seen, cursor = 0, ""
    while True:
        page = await brand.get(f"/v1/payouts/{payout['id']}/commissions?limit=100{cursor}")
        seen += len(page["data"])
        if not page["has_more"]:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert seen == 1_203


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"partner_ids": ["prt_nobody"]}, 404),
        ({"program_id": ids.show("prg", ids.new())}, 404),
        ({"partner_ids": []}, 400),
        ({"minimum": [{"amount": -1, "currency": "TRY"}]}, 400),
        ({"currency": "lira"}, 400),
        ({"status": "paid"}, 400),
    ],
)
async def test_what_can_t_be_asked_for(client: httpx.AsyncClient, body: Json, status: int) -> None:
    assert (await client.post("/v1/payouts", json=body)).status_code == status
