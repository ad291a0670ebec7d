"""Short ways to an inbound address and to what it becomes."""

import base64
import hashlib
import hmac
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import httpx
import msgspec
import pytest

Json = dict[str, Any]
SECRET = "shpss_first"


class Address(NamedTuple):
    """An integration and the path that its sender calls."""

    id: str
    path: str


Open = Callable[..., Awaitable[Address]]


@pytest.fixture
def integration(client: httpx.AsyncClient) -> Open:
    """Makes an integration: `await integration("shopify", secrets=["x"])`."""

    async def make(kind: str, **fields: Any) -> Address:
        answer = await client.post("/v1/integrations", json={"kind": kind, **fields})
        assert answer.status_code == 201, answer.text
        made = answer.json()
        return Address(made["id"], urlsplit(made["inbound_url"]).path)

    return make


def signed(body: bytes, secret: str = SECRET, topic: str = "orders/paid", **headers: str) -> dict[str, str]:
    """Headers of a delivery of Shopify."""
    made = base64.b64encode(hmac.digest(secret.encode(), body, hashlib.sha256)).decode()
    return {
        "X-Shopify-Topic": topic,
        "X-Shopify-Hmac-Sha256": made,
        "Content-Type": "application/json",
    } | headers


def order(number: int = 1001, **fields: Any) -> bytes:
    """The body of an order of Shopify."""
    body = {
        "id": 820982911946154508 + number,
        "name": f"#{number}",
        "order_number": number,
        "currency": "TRY",
        "current_total_price": "1249.90",
        "total_price": "1249.90",
        "subtotal_price": "1249.90",
        "total_tax": "0.00",
        "financial_status": "paid",
        "created_at": "2026-11-20T10:00:00+03:00",
        "processed_at": "2026-11-20T10:00:00+03:00",
        "updated_at": "2026-11-20T10:00:05+03:00",
        "email": "ayse@shop.example",
        "discount_codes": [],
        "line_items": [],
    }
    return msgspec.json.encode(body | fields)


async def deliveries(client: httpx.AsyncClient, address: Address, **params: Any) -> list[Json]:
    """What has come in, the newest first."""
    answer = await client.get(f"/v1/integrations/{address.id}/deliveries", params=params)
    assert answer.status_code == 200, answer.text
    found: list[Json] = answer.json()["data"]
    return found
