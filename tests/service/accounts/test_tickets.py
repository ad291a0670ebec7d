"""Tickets: one path, GET only, a few minutes, and no longer than who made them."""

import asyncio
from datetime import timedelta

import pytest

from service.accounts import tokens
from service.kit import clock


async def _ticket(client, path: str, ttl_s: int = 60) -> str:
    answer = await client.post("/v1/auth/tickets", json={"path": path, "ttl_s": ttl_s})
    assert answer.status_code == 201, answer.text
    return answer.json()["ticket"]


async def test_of_a_key_and_of_a_person(client, join, anonymous) -> None:
    person = await join("analyst")
    for maker in (client, person.client):
        ticket = await _ticket(maker, "/v1/files")
        answer = await anonymous.get("/v1/files", params={"ticket": ticket, "limit": 3})
        assert answer.status_code == 200


async def test_opens_its_own_path_by_get_alone(client, anonymous) -> None:
    ticket = await _ticket(client, "/v1/files")
    for method, path in (
        ("GET", "/v1/api-keys"),
        ("GET", "/v1/files/x"),
        ("POST", "/v1/files"),
        ("GET", "/v1/me"),
    ):
        answer = await anonymous.request(method, path, params={"ticket": ticket})
        assert answer.status_code == 401, (method, path)


async def test_holds_no_more_than_its_maker(client, clients, anonymous) -> None:
    key = (await client.post("/v1/api-keys", json={"name": "k", "scopes": ["jobs:read"]})).json()
    ticket = await _ticket(await clients(key["secret"]), "/v1/files")
    assert (await anonymous.get("/v1/files", params={"ticket": ticket})).status_code == 403


async def test_dies_with_its_key(client, clients, anonymous) -> None:
    key = (await client.post("/v1/api-keys", json={"name": "k", "scopes": ["files:read"]})).json()
    ticket = await _ticket(await clients(key["secret"]), "/v1/files")
    await client.delete(f"/v1/api-keys/{key['id']}")
    assert (await anonymous.get("/v1/files", params={"ticket": ticket})).status_code == 401


async def test_dies_with_its_session(join, anonymous) -> None:
    person = await join("analyst")
    ticket = await _ticket(person.client, "/v1/files")
    await anonymous.post("/v1/auth/logout", json={"refresh_token": person.tokens["refresh_token"]})
    assert (await anonymous.get("/v1/files", params={"ticket": ticket})).status_code == 401


async def test_expires(join, anonymous, template, database) -> None:
    person = await join("analyst")
    ticket = await _ticket(person.client, "/v1/files", 1)
    await asyncio.sleep(1.1)
    assert (await anonymous.get("/v1/files", params={"ticket": ticket})).status_code == 401


async def test_of_a_key_expires(client, anonymous, template, database) -> None:
    prefix = (await client.get("/v1/me")).json()["key"]["prefix"]
    async with database.connection() as db:
        now = await clock.now(db)
    claims = tokens.Ticket("key", prefix, "/v1/files")
    for seconds, expected in ((-1, 401), (5, 200)):
        ticket = tokens.sign(
            tokens.signing_key(template), tokens.TICKET, claims, now, timedelta(seconds=seconds)
        )
        assert (await anonymous.get("/v1/files", params={"ticket": ticket})).status_code == expected


@pytest.mark.parametrize(
    "body",
    [
        {"path": "/v1/files", "ttl_s": 301},
        {"path": "/v1/files", "ttl_s": 0},
        {"path": "/v1/files?limit=1"},
        {"path": "/healthz"},
        {"path": "https://evil.example/v1/files"},
        {"path": ""},
        {},
    ],
)
async def test_bad_bodies(client, body: dict) -> None:
    assert (await client.post("/v1/auth/tickets", json=body)).status_code == 400


async def test_a_ticket_is_in_no_log(client, anonymous, capsys) -> None:
    ticket = await _ticket(client, "/v1/files")
    await anonymous.get("/v1/files", params={"ticket": ticket})
    await anonymous.get("/v1/members", params={"ticket": ticket})
    said = capsys.readouterr()
    assert "/v1/files" in said.out + said.err
    assert ticket[-20:] not in said.out + said.err
