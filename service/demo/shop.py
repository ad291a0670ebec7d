"""The made-up shop's webhooks, shaped and signed as Shopify does: paid orders, and refunds.

Prices have 10% tax in them; under 500 TRY the parcel costs 49.90. A coupon takes 10% off the goods.
"""

import base64
import hashlib
import hmac
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from service.demo.month import PRODUCTS, Return, Sale

SHOP = "telvecik.example"
_TAX = 10  # percent, included
_FREE_FROM, _PARCEL = 50_000, 4_990
_COUPON = 10  # percent
_FIRST_ID = 6_204_118_530_001_000  # above 2**52, as the shop's real ids are


class Hook(NamedTuple):
    """A webhook's body and headers."""

    body: bytes
    headers: dict[str, str]


def order(sale: Sale, click: str | None, coupon: str | None, email: str, secret: str) -> Hook:
    """`orders/paid` of a sale."""
    lines = [_line(sale, at, coupon is not None) for at in range(len(sale.items))]
    goods = sum(_paid(line) for line in lines)
    discount = sum(_cents(line["total_discount"]) for line in lines)
    parcel = 0 if goods >= _FREE_FROM else _PARCEL
    tax = sum(_cents(line["tax_lines"][0]["price"]) for line in lines) + _tax_in(parcel)
    delivered = sale.delivered_at
    body = {
        "id": _FIRST_ID + sale.number,
        "name": f"#{sale.number}",
        "order_number": sale.number,
        "created_at": sale.at.isoformat(timespec="seconds"),
        "processed_at": sale.at.isoformat(timespec="seconds"),
        "updated_at": (delivered or sale.at).isoformat(timespec="seconds"),
        "currency": "TRY",
        "financial_status": "paid",
        "taxes_included": True,
        "subtotal_price": _decimal(goods),
        "total_discounts": _decimal(discount),
        "total_tax": _decimal(tax),
        "total_price": _decimal(goods + parcel),
        "current_total_price": _decimal(goods + parcel),
        "total_shipping_price_set": _money(parcel),
        "shipping_lines": [{"price": _decimal(parcel), "tax_lines": [{"price": _decimal(_tax_in(parcel))}]}],
        "landing_site": "/kahve" if click is None else f"/kahve?elci={click}",
        "discount_codes": []
        if coupon is None
        else [{"code": coupon, "amount": _decimal(discount), "type": "percentage"}],
        "customer": {"id": 7_000_000_000_000 + sale.buyer, "email": email},
        "email": email,
        "billing_address": {"country_code": "TR"},
        "line_items": lines,
        "fulfillments": []
        if delivered is None
        else [{"shipment_status": "delivered", "updated_at": delivered.isoformat(timespec="seconds")}],
    }
    return _hook("orders/paid", body, secret)


def refund(back: Return, sale: Sale, coupon: bool, secret: str) -> Hook:
    """`refunds/create` of what went back."""
    lines = [_line(sale, at, coupon) for at in range(len(sale.items))]
    goods = sum(map(_paid, lines))
    parcel = 0 if goods >= _FREE_FROM else _PARCEL
    amount = goods + parcel if back.wholly else _paid(lines[0])
    body = {
        "id": _FIRST_ID + 500_000 + sale.number,
        "order_id": _FIRST_ID + sale.number,
        "created_at": back.at.isoformat(timespec="seconds"),
        "processed_at": back.at.isoformat(timespec="seconds"),
        "note": "iade",
        "refund_line_items": [],
        "transactions": [
            {
                "id": sale.number,
                "kind": "refund",
                "status": "success",
                "amount": _decimal(amount),
                "currency": "TRY",
            }
        ],
    }
    return _hook("refunds/create", body, secret)


def _hook(topic: str, body: dict[str, Any], secret: str) -> Hook:
    raw = msgspec.json.encode(body)
    signature = base64.b64encode(hmac.digest(secret.encode(), raw, hashlib.sha256)).decode()
    headers = {
        "Content-Type": "application/json",
        "X-Shopify-Topic": topic,
        "X-Shopify-Shop-Domain": SHOP,
        "X-Shopify-Webhook-Id": hashlib.sha256(raw).hexdigest()[:32],
        "X-Shopify-Hmac-Sha256": signature,
    }
    return Hook(raw, headers)


def _line(sale: Sale, at: int, coupon: bool) -> dict[str, Any]:
    product, quantity = sale.items[at]
    sku, name, category, price = PRODUCTS[product]
    discount = price * quantity * _COUPON // 100 if coupon else 0
    return {
        "id": _FIRST_ID + sale.number * 10 + at,
        "product_id": 9_000_000_000 + product,
        "sku": sku,
        "title": name,
        "product_type": category,
        "quantity": quantity,
        "price": _decimal(price),
        "total_discount": _decimal(discount),
        "discount_allocations": [{"amount": _decimal(discount)}] if discount else [],
        "tax_lines": [{"rate": _TAX / 100, "price": _decimal(_tax_in(price * quantity - discount))}],
    }


def _paid(line: dict[str, Any]) -> int:
    return _cents(line["price"]) * int(line["quantity"]) - _cents(line["total_discount"])


def _tax_in(amount: int) -> int:
    return round(amount * _TAX / (100 + _TAX))


def _money(cents: int) -> dict[str, Any]:
    return {"shop_money": {"amount": _decimal(cents), "currency_code": "TRY"}}


def _decimal(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02d}"


def _cents(text: str) -> int:
    return int(text.replace(".", ""))


def stated_at(hook: Hook) -> datetime:
    """When the shop would have sent it."""
    told = msgspec.json.decode(hook.body)
    return datetime.fromisoformat(told.get("updated_at") or told["processed_at"])
