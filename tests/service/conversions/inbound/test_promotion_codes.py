"""Checkouts of Stripe name promotion codes by id; what people typed is learned from other events."""

import hashlib
import hmac
import time
from typing import Any

import httpx
import msgspec

from tests.service.conversions.inbound.conftest import Address, Open

Drain = Any
SECRET = "whsec_first"


async def _send(anonymous: httpx.AsyncClient, address: Address, kind: str, thing: dict[str, Any]) -> None:
    event = {"id": f"evt_{thing['id']}", "object": "event", "type": kind, "livemode": True}
    body = msgspec.json.encode({**event, "created": 1795000000, "data": {"object": thing}})
    stamp = str(int(time.time()))
    made = hmac.digest(SECRET.encode(), f"{stamp}.".encode() + body, hashlib.sha256).hex()
    answer = await anonymous.post(
        address.path, content=body, headers={"Stripe-Signature": f"t={stamp},v1={made}"}
    )
    assert answer.status_code == 200, answer.text


async def test_a_code_is_learned_and_named(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, integration: Open, drain: Drain
) -> None:
    address = await integration("stripe", secrets=[SECRET])
    code = {"object": "promotion_code", "id": "promo_1", "code": "AYSE10"}
    await _send(anonymous, address, "promotion_code.created", code)
    await drain()
    checkout = {
        "object": "checkout.session",
        "id": "cs_1",
        "mode": "payment",
        "amount_total": 12990,
        "currency": "try",
        "payment_status": "paid",
        "created": 1795000000,
    }
    known = [{"coupon": "Z4OV52SU", "promotion_code": "promo_1"}]
    unknown = [{"coupon": None, "promotion_code": "promo_2"}]
    await _send(anonymous, address, "checkout.session.completed", {**checkout, "discounts": known})
    await _send(
        anonymous, address, "checkout.session.completed", {**checkout, "id": "cs_2", "discounts": unknown}
    )
    await drain()
    found = (await client.get("/v1/conversions")).json()["data"]
    assert {each["external_id"]: each["coupons"] for each in found} == {
        "cs_1": ["AYSE10"],
        "cs_2": ["promo_2"],
    }
