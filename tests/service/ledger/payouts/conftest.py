"""A brand that owes its partners money."""

import httpx
import pytest

from service.kit import ids
from service.kit.db import Database
from tests.service.ledger.payouts.owing import Brand


@pytest.fixture
async def brand(client: httpx.AsyncClient, database: Database) -> Brand:
    workspace = ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])
    return Brand(client, database, workspace)
