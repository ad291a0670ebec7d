"""The audit log: every change is in it, nothing else, and nobody's data."""

from datetime import UTC, datetime, timedelta

PASSWORD = "correct horse battery"


async def _log(client, **query) -> list[dict]:
    answer = await client.get("/v1/audit-log", params={"limit": 100, **query})
    assert answer.status_code == 200, answer.text
    return answer.json()["data"]


async def test_each_change_leaves_its_line(client, join) -> None:
    key = (await client.post("/v1/api-keys", json={"name": "k", "scopes": ["files:read"]})).json()
    await client.delete(f"/v1/api-keys/{key['id']}")
    await client.patch("/v1/workspace", json={"name": "New"})
    invitation = (
        await client.post("/v1/invitations", json={"email": "a@example.com", "role": "owner"})
    ).json()
    await client.delete(f"/v1/invitations/{invitation['id']}")
    person = await join("analyst")
    await client.patch(f"/v1/members/{person.id}", json={"role": "manager"})
    await client.delete(f"/v1/members/{person.id}")
    file = (await client.post("/v1/files", content=b"x")).json()
    await client.delete(f"/v1/files/{file['id']}")
    found = [(one["action"], one["subject"]) for one in reversed(await _log(client))]
    me = (await client.get("/v1/me")).json()
    assert found[0] == ("workspace.created", me["workspace"]["id"])
    assert [one for one in found if one[0] != "invitation.accepted"][1:] == [
        ("key.created", key["id"]),
        ("key.revoked", key["id"]),
        ("workspace.changed", me["workspace"]["id"]),
        ("invitation.created", invitation["id"]),
        ("invitation.revoked", invitation["id"]),
        ("member.changed", person.id),
        ("member.removed", person.id),
        ("file.created", file["id"]),
        ("file.deleted", file["id"]),
    ]
    actors = {one["action"]: one["actor"] for one in await _log(client)}
    assert actors["workspace.created"] == "system"
    assert actors["file.created"] == me["key"]["id"]
    assert actors["invitation.accepted"] == person.id


async def test_a_refused_change_leaves_none(client, join) -> None:
    boss = await join("owner")
    before = await _log(client)
    await client.delete(f"/v1/members/{boss.id}")
    await client.patch("/v1/workspace", json={"timezone": "Mars/Base"})
    assert await _log(client) == before


async def test_it_quotes_nobody(client, join) -> None:
    await client.post("/v1/invitations", json={"email": "canary@example.com", "role": "owner"})
    person = await join("owner", "canary2@example.com")
    await person.client.post(
        "/v1/me/password", json={"current_password": PASSWORD, "new_password": "another password"}
    )
    text = str(await _log(client))
    assert "canary" not in text
    assert "password" not in text.replace("password.changed", "")


async def test_filters(client, join) -> None:
    person = await join("owner")
    await person.client.patch("/v1/workspace", json={"name": "A"})
    await client.patch("/v1/workspace", json={"name": "B"})
    changes = await _log(client, action="workspace.changed")
    assert [one["action"] for one in changes] == ["workspace.changed"] * 2
    assert [one["actor"] for one in await _log(client, actor=person.id, action="workspace.changed")] == [
        person.id
    ]
    workspace = (await client.get("/v1/me")).json()["workspace"]["id"]
    assert len(await _log(client, subject=workspace)) == 3
    middle = changes[0]["created_at"]
    assert middle not in [one["created_at"] for one in await _log(client, to=middle)]
    assert [one["id"] for one in await _log(client, **{"from": middle})] == [changes[0]["id"]]


async def test_times_are_bounds(client) -> None:
    future = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    assert await _log(client, **{"from": future}) == []
    assert len(await _log(client, to=future)) == 1
    for bad in ("yesterday", "2026-01-01T00:00:00", "2026-01-01"):
        assert (await client.get("/v1/audit-log", params={"from": bad})).status_code == 400


async def test_pages_while_rows_come_in(client) -> None:
    for number in range(5):
        await client.patch("/v1/workspace", json={"name": f"W{number}"})
    found, cursor = [], None
    while True:
        query = {"limit": 2, "action": "workspace.changed", **({"cursor": cursor} if cursor else {})}
        page = (await client.get("/v1/audit-log", params=query)).json()
        found += [one["id"] for one in page["data"]]
        await client.patch("/v1/workspace", json={"name": "more"})
        cursor = page["next_cursor"]
        if not page["has_more"]:
            break
    assert len(found) == len(set(found)) == 5


async def test_garbage_cursors_are_400(client) -> None:
    for cursor in ("x", "AAAA", "gqFh", "%00", "🙂"):
        assert (await client.get("/v1/audit-log", params={"cursor": cursor})).status_code == 400
