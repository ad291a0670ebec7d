"""Holds over the API: decided on by group, and what the ledger is brought to by it."""

from datetime import timedelta
from uuid import UUID

import httpx
import pytest

from service.conversions.reports import Ref, Refund
from service.conversions.taking import take
from service.kit import ids, jobs
from service.kit.db import Connection
from service.settings import Settings
from tests.service.conversions.reviews.conftest import UNSIGNED, WEBHOOK, YESTERDAY, Balances, Shop

OWN = "Ayse.Oz+2@googlemail.com"


def _kinds(found: Balances) -> dict[str, int]:
    return {kind: amount for (kind, _), amount in found.items()}


async def _sum(owner: Connection) -> int:
    total: int = await owner.fetchval("select coalesce(sum(amount), 0) from ledger_postings")
    return total


async def test_a_released_hold_leaves_the_ledger_where_it_would_have_been(
    shop: Shop, trusting_shop: Shop, settings: Settings, owner: Connection
) -> None:
    for each in (shop, trusting_shop):
        await each.sell("1", OWN)
        await each.sell("2", OWN, amount=60_000, tax=10_000)
        await each.sell("3", "baska@ornek.example")
    assert _kinds(await shop.balances()) == {"on_hold": 6_000, "pending": 1_000, "expense": -7_000}
    assert _kinds(await trusting_shop.balances()) == {"pending": 7_000, "expense": -7_000}
    (hold,) = await shop.holds()
    assert (hold["code"], hold["status"], hold["conversions"]) == ("self_referral_email", "open", 2)
    assert hold["amounts"] == [{"amount": 6_000, "currency": "TRY"}]
    assert hold["partner_name"] == "Ayse"
    # A refund while it is held.
    for each in (shop, trusting_shop):
        async with each.database.transaction(each.workspace) as db:
            back = Refund((Ref("id", "2"),), "r1", 15_000, "TRY", YESTERDAY)
            await take(db, each.workspace, WEBHOOK, back)
    before = await owner.fetchval("select count(*) from ledger_postings")
    released = await shop.decide(hold, "release", "an employee who may")
    assert (released["status"], released["reason"]) == ("released", "an employee who may")
    assert released["amounts"] == []
    assert _kinds(await shop.balances()) == {"pending": 5_750, "expense": -5_750}
    assert _kinds(await trusting_shop.balances()) == {"pending": 5_750, "expense": -5_750}
    # By posting: nothing that was there is changed, and the sum is 0.
    assert await owner.fetchval("select count(*) from ledger_postings") > before
    assert await _sum(owner) == 0
    await jobs.run_queued(settings, shop.database, ahead=True)
    assert _kinds(await shop.balances()) == _kinds(await trusting_shop.balances())


async def test_what_is_released_passes_from_then_on(shop: Shop) -> None:
    await shop.sell("1", OWN)
    (hold,) = await shop.holds()
    await shop.decide(hold, "release")
    await shop.sell("2", "ayseoz@gmail.com")
    assert _kinds(await shop.balances()) == {"pending": 2_000, "expense": -2_000}
    (hold,) = await shop.holds()
    assert (hold["status"], hold["conversions"]) == ("released", 1)
    # DecidedHold once more, nothing is decided anew.
    again = await shop.decide(hold, "release", "again")
    assert [each["reason"] for each in again["decisions"]] == ["looked at"]


async def test_a_confirmed_hold_rejects_and_can_be_taken_back(shop: Shop, owner: Connection) -> None:
    await shop.sell("1", OWN)
    await shop.sell("2", "baska@ornek.example")
    (hold,) = await shop.holds()
    confirmed = await shop.decide(hold, "confirm", "bought for herself")
    assert confirmed["status"] == "confirmed"
    assert _kinds(await shop.balances()) == {"pending": 1_000, "expense": -1_000}
    row = await owner.fetchrow("select reason from commissions where status = 'rejected'")
    assert row["reason"] == "bought for herself"
    # Another one of the same opens it again, and what was rejected stays so.
    await shop.sell("3", OWN)
    (hold,) = await shop.holds(status="open")
    assert (hold["conversions"], hold["amounts"]) == (2, [{"amount": 1_000, "currency": "TRY"}])
    assert _kinds(await shop.balances()) == {"pending": 1_000, "on_hold": 1_000, "expense": -2_000}
    released = await shop.decide(hold, "release", "she may after all")
    assert [each["status"] for each in released["decisions"]] == ["released", "confirmed"]
    assert _kinds(await shop.balances()) == {"pending": 3_000, "expense": -3_000}
    assert await _sum(owner) == 0


async def test_of_two_reasons_one_that_is_released_leaves_the_other(shop: Shop) -> None:
    await shop.sell("1", OWN, by=UNSIGNED)
    holds = {hold["code"]: hold for hold in await shop.holds()}
    assert set(holds) == {"self_referral_email", "unverified"}
    await shop.decide(holds["self_referral_email"], "release")
    assert _kinds(await shop.balances()) == {"on_hold": 1_000, "expense": -1_000}
    await shop.decide(holds["unverified"], "release")
    assert _kinds(await shop.balances()) == {"pending": 1_000, "expense": -1_000}


async def test_what_was_rejected_for_another_reason_stays_rejected(shop: Shop, owner: Connection) -> None:
    await shop.sell("1", OWN)
    commission = ids.show("com", await owner.fetchval("select id from commissions"))
    answer = await shop.client.patch(
        f"/v1/commissions/{commission}", json={"status": "rejected", "reason": "not delivered"}
    )
    assert answer.status_code == 200, answer.text
    (hold,) = await shop.holds()
    await shop.decide(hold, "confirm", "bought for herself")
    await shop.decide(hold, "release", "she may")
    assert await owner.fetchval("select reason from commissions") == "not delivered"
    assert _kinds(await shop.balances()) == {}


async def test_many_at_once(shop: Shop, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.conversions.reviews.holds.actions.AT_ONCE", 2)
    for n in range(5):
        await shop.sell(str(n), OWN)
    (hold,) = await shop.holds()
    await shop.decide(hold, "release")
    assert _kinds(await shop.balances()) == {"on_hold": 3_000, "pending": 2_000, "expense": -5_000}
    await jobs.run_queued(settings, shop.database, ahead=True)
    assert _kinds(await shop.balances()) == {"pending": 5_000, "expense": -5_000}


async def test_lists_narrow_and_page(shop: Shop) -> None:
    own = await shop.sell("1", OWN)
    days = [
        await shop.sell(f"u{n}", f"{n}@ornek.example", by=UNSIGNED, occurred_at=YESTERDAY - timedelta(days=n))
        for n in range(3)
    ]
    assert [hold["code"] for hold in await shop.holds()] == [*["unverified"] * 3, "self_referral_email"]
    assert len(await shop.holds(code="unverified")) == 3
    (hold,) = await shop.holds(conversion_id=own)
    assert hold["evidence"]["customer_id"].startswith("cus_")
    assert await shop.holds(partner_id=ids.show("prt", shop.can)) == []
    assert len(await shop.holds(partner_id=ids.show("prt", shop.ayse), status="open")) == 4
    assert [each["id"] for each in await shop.holds(ids=hold["id"])] == [hold["id"]]
    page = (await shop.client.get("/v1/holds", params={"limit": 3})).json()
    rest = (await shop.client.get("/v1/holds", params={"cursor": page["next_cursor"]})).json()
    assert [hold["id"] for hold in rest["data"]] == [hold["id"]]
    held = (await shop.client.get(f"/v1/holds/{page['data'][0]['id']}/conversions")).json()
    assert [each["conversion_id"] for each in held["data"]] == [days[2]]
    assert held["data"][0]["evidence"] == {"shop": "", "channel": "webhook"}


async def test_what_is_no_longer_so_ends_by_itself(shop: Shop) -> None:
    await shop.sell("1", "baska@ornek.example", by=UNSIGNED)
    (hold,) = await shop.holds()
    assert hold["status"] == "open"
    # A signed source tells of the same order.
    await shop.sell("1", "baska@ornek.example", country="TR")
    (hold,) = await shop.holds()
    assert (hold["status"], hold["conversions"]) == ("ended", 0)
    assert _kinds(await shop.balances()) == {"pending": 1_000, "expense": -1_000}
    held = (await shop.client.get(f"/v1/holds/{hold['id']}/conversions")).json()["data"]
    assert held[0]["ended_at"] is not None


@pytest.mark.parametrize("what", ["", "/conversions"])
async def test_others_are_unknown(shop: Shop, other_client: httpx.AsyncClient, what: str) -> None:
    await shop.sell("1", OWN)
    (hold,) = await shop.holds()
    for asked in (hold["id"], ids.show("hol", UUID(int=5)), "hol_x"):
        answer = await other_client.get(f"/v1/holds/{asked}{what}")
        assert answer.status_code == 404
    answer = await other_client.post(f"/v1/holds/{hold['id']}/release", json={"reason": "x"})
    assert answer.status_code == 404
    assert (await other_client.get("/v1/holds")).json()["data"] == []
    assert (await shop.holds())[0]["status"] == "open"


async def test_a_reason_is_needed(shop: Shop) -> None:
    await shop.sell("1", OWN)
    (hold,) = await shop.holds()
    for body in ({}, {"reason": ""}, {"reason": "x", "status": "paid"}):
        answer = await shop.client.post(f"/v1/holds/{hold['id']}/confirm", json=body)
        assert answer.status_code == 400
