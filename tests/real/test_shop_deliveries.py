"""The collected payloads, sent to inbound addresses as their shops would, end where they should."""

import time
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest

from tests.real.test_shop_payloads import EXPECTED, SIGN, Payload, load
from tests.service.conversions.inbound.conftest import Address, deliveries, integration

__all__ = ["integration"]
STATUS = {
    "Ignored": "ignored",
    "Quarantined": "quarantined",
    "Order": "processed",
    "Refund": "processed",
    "Payment": "processed",
}


@pytest.fixture(scope="session")
def payloads(real_data: Path) -> Path:
    return real_data / "integrations"


async def _send(anonymous: httpx.AsyncClient, address: Address, payload: Payload) -> int:
    query = f"?{urlencode(payload.query)}" if payload.query else ""
    form = payload.kind == "generic" and payload.body
    kind = {"content-type": "application/x-www-form-urlencoded"} if form else {}
    headers = {**payload.headers, **kind}
    headers.pop("content-length", None)
    method = "POST" if payload.body else "GET"
    sent = await anonymous.request(method, address.path + query, content=payload.body, headers=headers)
    return sent.status_code


@pytest.mark.parametrize("kind", ["shopify", "woocommerce", "stripe", "ikas", "iyzico", "ga4", "generic"])
async def test_deliveries_of_a_kind(
    kind: str,
    payloads: Path,
    client: httpx.AsyncClient,
    anonymous: httpx.AsyncClient,
    integration: Any,
    drain: Any,
) -> None:
    named = [(name, load(payloads, name)) for name in EXPECTED]
    mine = [(name, payload) for name, payload in named if payload.kind == kind]
    signs = SIGN.get(kind)
    # The networks' samples are of one order; each is a shop's own here.
    shops = [f"shop {at}" if kind == "generic" else "shop" for at in range(len(mine))]
    addresses = {
        shop: await integration(kind, shop=shop, secrets=["old"] if signs else []) for shop in set(shops)
    }
    for (name, payload), shop in zip(mine, shops, strict=True):
        signed = signs("old", payload, time.time()) if signs else payload
        assert await _send(anonymous, addresses[shop], signed) in (200, 204), name
        assert await _send(anonymous, addresses[shop], signed) in (200, 204), "the same once more"
        if signs:
            assert await _send(anonymous, addresses[shop], signs("other", payload, time.time())) == 401
    await drain()
    found = [each for shop in addresses for each in await deliveries(client, addresses[shop], limit=100)]
    expected = [EXPECTED[name] for name, _ in mine]
    assert sorted(STATUS[reports[0][0]] for reports in expected) == sorted(each["status"] for each in found)
    conversions = (await client.get("/v1/conversions", params={"limit": 100})).json()["data"]
    amounts = sorted(report[2] for reports in expected for report in reports if report[0] == "Order")
    assert amounts == sorted(each["amount"]["amount"] for each in conversions)
