"""API keys: shown once, stored hashed, ended within a second."""

import asyncio
import time

import httpx
import pytest

from service.accounts import tokens
from service.accounts.roles import SCOPES


async def _new(client: httpx.AsyncClient, **body) -> dict:
    answer = await client.post("/v1/api-keys", json={"name": "server", "scopes": ["files:read"], **body})
    assert answer.status_code == 201, answer.text
    return answer.json()


async def test_shown_once_and_stored_hashed(client, owner) -> None:
    made = await _new(client)
    secret = made.pop("secret")
    assert secret.startswith("sk_")
    assert (await client.get(f"/v1/api-keys/{made['id']}")).json() == made
    assert (await client.get("/v1/api-keys")).json()["data"][0] == made
    row = await owner.fetchrow("select * from api_keys where name = 'server'")
    assert row["secret_hash"] == tokens.digest(secret)
    assert secret not in str(dict(row))


async def test_used_by_its_scopes(client, clients) -> None:
    made = await _new(client, scopes=["files:read", "jobs:read"])
    user = await clients(made["secret"])
    me = (await user.get("/v1/me")).json()
    assert (me["key"]["id"], me["key"]["prefix"], me["person"]) == (made["id"], made["prefix"], None)
    assert me["scopes"] == ["files:read", "jobs:read"]
    assert (await user.get("/v1/jobs")).status_code == 200
    assert (await user.get("/v1/audit-log")).status_code == 403


async def test_the_first_key_may_do_everything(client) -> None:
    assert set((await client.get("/v1/me")).json()["scopes"]) == SCOPES


async def test_revoked_within_a_second(client, clients) -> None:
    made = await _new(client)
    user = await clients(made["secret"])
    assert (await user.get("/v1/files")).status_code == 200
    assert (await client.delete(f"/v1/api-keys/{made['id']}")).status_code == 204
    begun = time.monotonic()
    while (await user.get("/v1/files")).status_code == 200:
        assert time.monotonic() - begun < 1.0
        await asyncio.sleep(0.02)
    assert (await client.delete(f"/v1/api-keys/{made['id']}")).status_code == 204
    assert (await client.get(f"/v1/api-keys/{made['id']}")).json()["revoked_at"] is not None


async def test_expired(client, clients, owner) -> None:
    made = await _new(client, expires_at="2100-01-01T00:00:00Z")
    await owner.execute("update api_keys set expires_at = elci_now() where name = 'server'")
    assert (await (await clients(made["secret"])).get("/v1/files")).status_code == 401


@pytest.mark.parametrize("end", ["2020-01-01T00:00:00Z", "2020-01-01T00:00:00", "tomorrow"])
async def test_ends_that_can_not_be(client, end: str) -> None:
    body = {"name": "x", "scopes": ["files:read"], "expires_at": end}
    assert (await client.post("/v1/api-keys", json=body)).status_code == 400


async def test_near_misses_are_refused(client, clients) -> None:
    secret = (await _new(client))["secret"]
    prefix = tokens.prefix(secret)
    for wrong in (
        prefix,
        secret[:-1],
        secret + "0",
        secret.upper(),
        "pk_" + secret[3:],
        prefix + "0" * 32,
        secret[:-1] + ("1" if secret[-1] != "1" else "2"),
    ):
        assert (await (await clients(wrong)).get("/v1/me")).status_code == 401


async def test_nobody_gives_more_than_they_have(client, clients) -> None:
    helper = await clients((await _new(client, scopes=["keys:write", "files:read"]))["secret"])
    body = {"name": "more", "scopes": ["files:read", "members:write"]}
    answer = await helper.post("/v1/api-keys", json=body)
    assert answer.status_code == 403
    assert answer.json()["scopes"] == ["members:write"]
    assert (
        await helper.post("/v1/api-keys", json={"name": "k", "scopes": ["files:read"]})
    ).status_code == 201


async def test_without_scopes_it_has_its_maker_s(client, clients) -> None:
    maker = await clients((await _new(client, scopes=["keys:write", "files:read"]))["secret"])
    assert (await _new(maker, scopes=None))["scopes"] == ["files:read", "keys:write"]
    assert set((await _new(client, scopes=None))["scopes"]) == SCOPES


@pytest.mark.parametrize(
    "body",
    [
        {"scopes": []},
        {"scopes": ["self"]},
        {"scopes": ["files:delete"]},
        {"scopes": ["FILES:READ"]},
        {"kind": "publishable"},
        {"kind": "other"},
        {"role": "owner"},
        {"name": ""},
        {"name": "a\u0000b"},
    ],
)
async def test_bad_bodies(client, body: dict) -> None:
    answer = await client.post("/v1/api-keys", json={"name": "x", "scopes": ["files:read"], **body})
    assert answer.status_code == 400, answer.text


async def test_publishable_keys_read_nothing(client, clients) -> None:
    made = (await client.post("/v1/api-keys", json={"name": "page", "kind": "publishable"})).json()
    assert made["secret"].startswith("pk_")
    assert made["scopes"] == []
    page = await clients(made["secret"])
    for path in ("me", "workspace", "api-keys", "files", "labels"):
        assert (await page.get(f"/v1/{path}")).status_code == 403
    assert (await page.post("/v1/auth/tickets", json={"path": "/v1/me"})).status_code == 403


async def test_last_use_is_noted_to_the_minute(client, clients, owner) -> None:
    made = await _new(client)
    user = await clients(made["secret"])
    await user.get("/v1/files")
    first = await owner.fetchval("select last_used_at from api_keys where name = 'server'")
    assert first is not None
    await asyncio.sleep(0.6)
    await user.get("/v1/files")
    assert await owner.fetchval("select last_used_at from api_keys where name = 'server'") == first
    await owner.execute(
        "update api_keys set last_used_at = elci_now() - interval '61 s' where name = 'server'"
    )
    await asyncio.sleep(0.6)
    await user.get("/v1/files")
    assert await owner.fetchval("select last_used_at from api_keys where name = 'server'") > first


async def test_noting_the_use_never_waits(client, clients, owner) -> None:
    """A row lock on the key (another worker's update that hangs) must not hold up who uses the key."""
    made = await _new(client)
    async with owner.transaction():
        await owner.execute("select from api_keys where name = 'server' for update")
        answer = await asyncio.wait_for((await clients(made["secret"])).get("/v1/files"), 2)
        assert answer.status_code == 200


async def test_pages(client) -> None:
    made = {(await _new(client, name=f"k{number}"))["id"] for number in range(5)}
    first = (await client.get("/v1/api-keys?limit=4")).json()
    second = (await client.get("/v1/api-keys", params={"limit": 4, "cursor": first["next_cursor"]})).json()
    found = [one["id"] for one in first["data"] + second["data"]]
    assert len(found) == len(set(found)) == 6
    assert made < set(found)
    assert not second["has_more"]
