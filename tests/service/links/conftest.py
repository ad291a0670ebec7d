"""Short ways to make things through the API."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

Json = dict[str, Any]
Make = Callable[..., Awaitable[Json]]
HOSTS = ["shop.example", "*.shop.example", "trendyol.com", "*.trendyol.com", "amazon.com.tr"]


async def allow(client: httpx.AsyncClient, *hosts: str, link_hosts: list[str] | None = None) -> None:
    """Sets the workspace's lists."""
    body: Json = {"destination_hosts": list(hosts) or HOSTS}
    if link_hosts is not None:
        body["link_hosts"] = link_hosts
    answer = await client.patch("/v1/workspace", json=body)
    assert answer.status_code == 200, answer.text


async def made(client: httpx.AsyncClient, path: str, body: Any, status: int = 201) -> Json:
    """The answer to a POST that has to work."""
    answer = await client.post(path, json=body)
    assert answer.status_code == status, f"{path}: {answer.text}"
    found: Json = answer.json()
    return found


@pytest.fixture
async def listed(client: httpx.AsyncClient) -> None:
    """A workspace whose links may lead somewhere."""
    await allow(client)


@pytest.fixture
def link(client: httpx.AsyncClient, listed: None) -> Make:
    """Makes a link: `await link(code="x")`."""

    async def make(**fields: Any) -> Json:
        return await made(client, "/v1/links", {"url": "https://shop.example/x", **fields})

    return make


@pytest.fixture
def partner(client: httpx.AsyncClient) -> Make:
    """Makes a partner: `await partner(name="Ayşe")`."""

    async def make(**fields: Any) -> Json:
        return await made(client, "/v1/partners", {"name": "Ayşe Öz", **fields})

    return make
