"""Files of collaborations through the API."""

from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

Take = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
def take(client: httpx.AsyncClient, drain: Callable[[], Awaitable[None]]) -> Take:
    """Uploads and imports; the import as it ended."""

    async def run(body: str, **params: Any) -> dict[str, Any]:
        asked = {"kind": "outcomes", **params}
        answer = await client.post("/v1/imports", params=asked, content=body.encode())
        assert answer.status_code == 202, answer.text
        await drain()
        found: dict[str, Any] = (await client.get(f"/v1/imports/{answer.json()['id']}")).json()
        return found

    return run
