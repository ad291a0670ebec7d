from uuid import UUID

import httpx
import pytest

from tests.service.discovery.desk import Desk


@pytest.fixture
def desk(client: httpx.AsyncClient, drain) -> Desk:
    return Desk(client, drain)


@pytest.fixture
async def workspace_of(client: httpx.AsyncClient, owner) -> UUID:
    """The id of the client's workspace."""
    found: UUID = await owner.fetchval("select id from workspaces where name = 'Brand'")
    return found
