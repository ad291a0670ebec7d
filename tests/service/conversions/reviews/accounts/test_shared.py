"""Payout accounts that several share: their orders are held, those from before too, and nothing is lost."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from service.kit import ids, jobs
from service.settings import Settings
from tests.service.conversions.reviews.conftest import Shop
from tests.service.ledger.payouts.owing import TURKISH, iban_of

Drain = Callable[[], Awaitable[None]]


async def _pay_to(shop: Shop, partner: UUID, iban: str) -> None:
    path = f"/v1/partners/{ids.show('prt', partner)}/payout-account"
    answer = await shop.client.put(path, json={"iban": iban, "payee": "A B"})
    assert answer.status_code == 200, answer.text


async def _minute(shop: Shop, settings: Settings, drain: Drain) -> None:
    await jobs.run_scheduled(settings, shop.database, "conversions.payout_accounts")
    await drain()


async def _codes(shop: Shop, **params: str) -> list[tuple[str, str]]:
    return sorted((hold["code"], hold["partner_id"]) for hold in await shop.holds(**params))


async def test_partners_who_share_an_account(shop: Shop, settings: Settings, drain: Drain) -> None:
    await shop.sell("1", "a@posta.example")
    await shop.sell("2", "b@posta.example", coupons=("CAN10",))
    before = await shop.balances()
    await _pay_to(shop, shop.ayse, TURKISH)
    await _minute(shop, settings, drain)
    assert await shop.holds() == []
    await _pay_to(shop, shop.can, TURKISH)
    await _minute(shop, settings, drain)
    ayse, can = ids.show("prt", shop.ayse), ids.show("prt", shop.can)
    assert await _codes(shop) == sorted([("shared_account", ayse), ("shared_account", can)])
    assert {kind for kind, _ in await shop.balances()} == {"on_hold", "expense"}
    # An agency's: who is let pass passes, with what comes later.
    (hold,) = await shop.holds(partner_id=ayse)
    await shop.decide(hold, "release")
    await shop.sell("3", "c@posta.example")
    assert await _codes(shop, status="open") == [("shared_account", can)]
    # Who goes elsewhere shares no more; every balance is as without a hold.
    await _pay_to(shop, shop.can, iban_of(7))
    await _minute(shop, settings, drain)
    assert await _codes(shop, status="open") == []
    after = await shop.balances()
    assert after["pending", shop.can] == before["pending", shop.can]
    assert after["pending", shop.ayse] == 2 * before["pending", shop.ayse]


async def test_a_buyer_who_is_paid_to_the_partner_s_account(
    shop: Shop, settings: Settings, drain: Drain
) -> None:
    """Can is paid, in another program, to Ayşe's account, and buys by her code before and after."""
    other = (await shop.client.post("/v1/programs", json={"name": "Other"})).json()["id"]
    can = f"/v1/partners/{ids.show('prt', shop.can)}"
    body = {"email": "can.oz@kendi.example", "program_id": other}
    assert (await shop.client.patch(can, json=body)).status_code == 200
    await shop.sell("1", "Can.Oz+1@kendi.example")
    await shop.sell("2", "a@posta.example")
    await _pay_to(shop, shop.ayse, TURKISH)
    await _pay_to(shop, shop.can, TURKISH)
    await _minute(shop, settings, drain)
    (hold,) = await shop.holds()
    assert (hold["code"], hold["partner_id"]) == ("self_referral_account", ids.show("prt", shop.ayse))
    assert hold["conversions"] == 1
    # Another account now does not undo it.
    await _pay_to(shop, shop.can, iban_of(8))
    await shop.sell("3", "can.oz@kendi.example")
    (hold,) = await shop.holds()
    assert hold["conversions"] == 2
    labels = (await shop.client.get("/v1/labels")).json()["labels"]
    assert labels["review_code"]["self_referral_account"] == "Aynı ödeme hesabından alışveriş"
