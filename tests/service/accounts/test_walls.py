"""Two workspaces: an id of the other is as unknown as one that never was."""

import asyncpg
import httpx
import pytest

UNKNOWN = "0" * 26


async def _things(client: httpx.AsyncClient, join) -> dict[str, str]:
    key = (await client.post("/v1/api-keys", json={"name": "k", "scopes": ["files:read"]})).json()
    invitation = (
        await client.post("/v1/invitations", json={"email": "x@example.com", "role": "analyst"})
    ).json()
    file = (await client.post("/v1/files?filename=a.txt", content=b"hello")).json()
    person = await join("analyst")
    return {"key": key["id"], "inv": invitation["id"], "fil": file["id"], "usr": person.id}


OPERATIONS = [
    ("GET", "/v1/api-keys/{key}", "key"),
    ("DELETE", "/v1/api-keys/{key}", "key"),
    ("DELETE", "/v1/invitations/{inv}", "inv"),
    ("GET", "/v1/members/{usr}", "usr"),
    ("PATCH", "/v1/members/{usr}", "usr"),
    ("DELETE", "/v1/members/{usr}", "usr"),
    ("GET", "/v1/files/{fil}", "fil"),
    ("GET", "/v1/files/{fil}/content", "fil"),
    ("DELETE", "/v1/files/{fil}", "fil"),
]


async def test_ids_of_another_workspace_are_unknown(client, other_client, join) -> None:
    things = await _things(client, join)
    for method, path, kind in OPERATIONS:
        body = {"json": {"role": "owner"}} if method == "PATCH" else {}
        foreign = await other_client.request(method, path.format(**things), **body)
        unknown = await other_client.request(method, path.format(**{kind: f"{kind}_{UNKNOWN}"}), **body)
        assert foreign.status_code == unknown.status_code == 404, (method, path)
        assert foreign.json() == unknown.json(), (method, path)
    for method, path, _ in OPERATIONS:
        if method == "GET":
            assert (await client.get(path.format(**things))).status_code == 200


@pytest.mark.parametrize("path", ["members", "invitations", "api-keys", "files", "audit-log", "jobs"])
async def test_lists_show_the_own_workspace_alone(client, other_client, join, path: str) -> None:
    things = await _things(client, join)
    text = (await other_client.get(f"/v1/{path}")).text
    assert not any(thing in text for thing in things.values())
    assert "x@example.com" not in text


async def test_settings_are_per_workspace(client, other_client) -> None:
    await client.patch("/v1/workspace", json={"name": "Ours alone"})
    assert (await other_client.get("/v1/workspace")).json()["name"] == "Other brand"


async def test_the_app_sees_one_workspace_s_row(client, other_client, database) -> None:
    async with database.connection() as db:
        for table in ("workspaces", "members", "api_keys", "files", "sessions", "audit_log", "invitations"):
            assert await db.fetchval(f"select count(*) from {table}") == 0


async def test_the_audit_log_can_not_be_rewritten(workspace_id, database) -> None:
    for statement in ("update audit_log set action = 'x'", "delete from audit_log"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            async with database.transaction(workspace_id) as db:
                await db.execute(statement)
