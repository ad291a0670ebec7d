"""A shop with partners who earn 10%, of whom some buy by their own codes."""

from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import httpx
import msgspec
import pytest

from service.conversions.facts import Source
from service.conversions.reports import Buyer, Order, Ref
from service.conversions.taking import take
from service.kit import ids
from service.kit.db import Database
from tests.service.conversions.reviews.test_judging import ALL_OFF
from tests.service.conversions.selling import add_coupon, add_partner, add_program, balances

WEBHOOK = Source("", "webhook", True, "dly_1")
UNSIGNED = Source("", "webhook", False, "dly_2")
YESTERDAY = datetime.now(UTC) - timedelta(days=1)
Balances = dict[tuple[str, UUID], int]


class Shop(NamedTuple):
    """A workspace with two partners, who have codes AYSE10 and CAN10."""

    database: Database
    client: httpx.AsyncClient
    workspace: UUID
    ayse: UUID
    can: UUID

    async def sell(self, number: str, email: str, *, by: Source = WEBHOOK, **more: Any) -> str:
        """Takes in an order of 120.00 with 20.00 of tax, by Ayşe's code; its outer id."""
        values: dict[str, Any] = {
            "refs": (Ref("id", number),),
            "amount": 12_000,
            "currency": "TRY",
            "tax": 2_000,
            "paid": True,
            "coupons": ("AYSE10",),
            "buyer": Buyer(email=email),
            "occurred_at": YESTERDAY,
        }
        async with self.database.transaction(self.workspace) as db:
            taken = await take(db, self.workspace, by, Order(**(values | more)))
        assert taken.conversion_id is not None
        return ids.show("cnv", taken.conversion_id)

    async def balances(self) -> Balances:
        """Every account that isn't 0."""
        async with self.database.transaction(self.workspace) as db:
            return await balances(db, self.workspace)

    async def holds(self, **params: Any) -> list[dict[str, Any]]:
        """The holds, the newest first."""
        answer = await self.client.get("/v1/holds", params=params)
        assert answer.status_code == 200, answer.text
        found: list[dict[str, Any]] = answer.json()["data"]
        return found

    async def decide(self, hold: dict[str, Any], what: str, reason: str = "looked at") -> dict[str, Any]:
        """Releases or confirms a hold."""
        answer = await self.client.post(f"/v1/holds/{hold['id']}/{what}", json={"reason": reason})
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()["hold"]
        return found


async def opened(database: Database, client: httpx.AsyncClient) -> Shop:
    """A shop in the client's workspace."""
    workspace = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])
    async with database.transaction(workspace) as db:
        program = await add_program(db, workspace)
        ayse = await add_partner(db, workspace, "Ayse", program)
        can = await add_partner(db, workspace, "Can", program)
        await add_coupon(db, workspace, "AYSE10", ayse)
        await add_coupon(db, workspace, "CAN10", can)
        await db.execute(
            "update partners set email = 'ayse.oz@gmail.com', email_key = 'ayse.oz@gmail.com' where id = $1",
            ayse,
        )
    return Shop(database, client, workspace, ayse, can)


@pytest.fixture
async def shop(database: Database, client: httpx.AsyncClient) -> Shop:
    return await opened(database, client)


@pytest.fixture
async def trusting_shop(
    database: Database, client: httpx.AsyncClient, other_client: httpx.AsyncClient
) -> Shop:
    """Another workspace, in which no rule is on."""
    shop = await opened(database, other_client)
    answer = await other_client.put("/v1/review-rules", json=msgspec.to_builtins(ALL_OFF))
    assert answer.status_code == 202, answer.text
    return shop
