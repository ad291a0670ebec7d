"""A program with a partner who has a coupon, by the API."""

from typing import Any

import httpx
import pytest

from tests.service.links.conftest import Json, Make, made

NOON = "2026-11-02T12:00:00Z"
TERMS: Json = {
    "name": "Elçiler",
    "rules": [{"kind": "sale", "rate": "0.10"}],
    "hold": {"days": 14, "from": "event"},
}


def lira(amount: int) -> Json:
    return {"amount": amount, "currency": "TRY"}


@pytest.fixture
async def ayse(client: httpx.AsyncClient) -> Json:
    """A partner with the coupon AYSE10 in a program that pays a tenth."""
    program = await made(client, "/v1/programs", TERMS)
    partner = await made(client, "/v1/partners", {"name": "Ayşe", "program_id": program["id"]})
    await made(client, "/v1/coupons", {"code": "AYSE10", "partner_id": partner["id"]})
    return {"partner_id": partner["id"], "program_id": program["id"]}


@pytest.fixture
def sell(client: httpx.AsyncClient) -> Make:
    """Tells of an order: `await sell(external_id="1001")`; `status` is the one that is expected."""

    async def make(status: int = 201, **fields: Any) -> Json:
        body: Json = {"external_id": "1001", "amount": lira(12_000), "tax": lira(2_000), "occurred_at": NOON}
        return await made(client, "/v1/conversions", body | fields, status)

    return make
