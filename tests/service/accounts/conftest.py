"""People to test with: they join by invitation, as anybody does."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from uuid import UUID

import httpx
import pytest
from litestar import Litestar
from msgspec import Struct

from service.accounts.invitations.actions import invite
from service.kit import ids
from service.kit.db import Database

PASSWORD = "correct horse battery"


class Joined(Struct):
    """A person who is logged in."""

    id: str
    email: str
    client: httpx.AsyncClient
    tokens: dict[str, str]


Join = Callable[..., Awaitable[Joined]]


async def workspace_of(client: httpx.AsyncClient) -> UUID:
    """The workspace that a client is in."""
    return ids.read("ws", (await client.get("/v1/me")).json()["workspace"]["id"])


@pytest.fixture
async def workspace_id(client: httpx.AsyncClient) -> UUID:
    """The workspace that `client` is in."""
    return await workspace_of(client)


def client_with(app: Litestar, token: str | None) -> httpx.AsyncClient:
    """A client with a key, an access token or nothing."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://elci.test", headers=headers)


@pytest.fixture
async def clients(app: Litestar) -> AsyncIterator[Callable[[str | None], Awaitable[httpx.AsyncClient]]]:
    """Makes clients, and closes them."""
    async with AsyncExitStack() as stack:

        async def make(token: str | None) -> httpx.AsyncClient:
            return await stack.enter_async_context(client_with(app, token))

        yield make


@pytest.fixture
def join(client: httpx.AsyncClient, anonymous: httpx.AsyncClient, database: Database, clients) -> Join:  # type: ignore[no-untyped-def]
    """`await join("analyst")`: a new member of the client's workspace, logged in."""

    async def joined(role: str, email: str = "", into: httpx.AsyncClient | None = None) -> Joined:
        email = email or f"{role}-{ids.new().hex}@example.com"
        workspace_id = await workspace_of(into or client)
        async with database.transaction(workspace_id) as db:
            invited = await invite(db, workspace_id, email, role)
        answer = await anonymous.post(invited.path, json={"name": role.title(), "password": PASSWORD})
        assert answer.status_code == 201, answer.text
        tokens = answer.json()
        return Joined(tokens["person_id"], email, await clients(tokens["access_token"]), tokens)

    return joined
