import httpx
import pytest

from tests.service.discovery.desk import Desk


@pytest.fixture
def desk(client: httpx.AsyncClient, drain) -> Desk:
    return Desk(client, drain)
