"""Members: roles change at once, and one owner always stays."""

import asyncio

import pytest


async def test_list_and_get(client, join) -> None:
    people = [await join(role) for role in ("owner", "manager", "analyst")]
    listed = (await client.get("/v1/members")).json()
    assert {one["id"] for one in listed["data"]} == {person.id for person in people}
    assert not listed["has_more"]
    one = (await client.get(f"/v1/members/{people[2].id}")).json()
    assert (one["role"], one["email"], one["name"]) == ("analyst", people[2].email, "Analyst")


async def test_pages_have_no_gaps(client, join) -> None:
    people = {(await join("analyst")).id for _ in range(3)}
    found, cursor = [], None
    while True:
        query = {"limit": 2, **({"cursor": cursor} if cursor else {})}
        page = (await client.get("/v1/members", params=query)).json()
        found += [one["id"] for one in page["data"]]
        cursor = page["next_cursor"]
        if not page["has_more"]:
            break
    assert len(found) == 3
    assert set(found) == people


async def test_the_last_owner_stays(client, join) -> None:
    boss, helper = await join("owner"), await join("manager")
    for answer in (
        await client.delete(f"/v1/members/{boss.id}"),
        await client.patch(f"/v1/members/{boss.id}", json={"role": "manager"}),
    ):
        assert answer.status_code == 409
        assert answer.json()["type"] == "/problems/last-owner"
    assert (await client.patch(f"/v1/members/{boss.id}", json={"role": "owner"})).status_code == 200
    assert (await client.patch(f"/v1/members/{helper.id}", json={"role": "owner"})).status_code == 200
    assert (await client.delete(f"/v1/members/{boss.id}")).status_code == 204


@pytest.mark.parametrize("method", ["DELETE", "PATCH"])
async def test_two_owners_who_remove_each_other(join, owner, method: str) -> None:
    """Without the lock on the owners, both went through and the workspace had no owner."""
    for _ in range(3):
        first, second = await join("owner"), await join("owner")
        body = {"json": {"role": "analyst"}} if method == "PATCH" else {}
        answers = await asyncio.gather(
            first.client.request(method, f"/v1/members/{second.id}", **body),
            second.client.request(method, f"/v1/members/{first.id}", **body),
        )
        assert sorted(answer.status_code for answer in answers)[0] in (200, 204)
        assert await owner.fetchval("select count(*) from members where role = 'owner'") >= 1
        await owner.execute("delete from members")


@pytest.mark.parametrize("role", ["owner", "manager"])
async def test_nobody_gives_more_than_they_have(client, clients, join, role: str) -> None:
    """A key that may manage members, and nothing else, could otherwise make itself an owner."""
    key = await client.post("/v1/api-keys", json={"name": "hr", "scopes": ["members:read", "members:write"]})
    helper = await clients(key.json()["secret"])
    person = await join("analyst")
    for answer in (
        await helper.patch(f"/v1/members/{person.id}", json={"role": role}),
        await helper.post("/v1/invitations", json={"email": "me@example.com", "role": role}),
    ):
        assert answer.status_code == 403
        assert "workspace:read" in answer.json()["scopes"]


async def test_nobody_removes_who_has_more(client, clients, join) -> None:
    key = await client.post("/v1/api-keys", json={"name": "hr", "scopes": ["members:write"]})
    boss = await join("owner")
    await join("owner")
    assert (await (await clients(key.json()["secret"])).delete(f"/v1/members/{boss.id}")).status_code == 403


@pytest.mark.parametrize(
    "body", [{}, {"role": "god"}, {"role": None}, {"role": "owner", "workspace_id": "ws_1"}]
)
async def test_bad_bodies(client, join, body: dict) -> None:
    person = await join("analyst")
    assert (await client.patch(f"/v1/members/{person.id}", json=body)).status_code == 400
