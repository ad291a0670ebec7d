"""Invitations: good once, for seven days, for the address they were sent to."""

import asyncio

import pytest

from service.accounts.invitations.actions import invite

PASSWORD = "correct horse battery"
NEW = {"name": "Deniz", "password": PASSWORD}


@pytest.fixture
def path(database, workspace_id):
    async def made(email: str = "deniz@example.com", role: str = "analyst") -> str:
        async with database.transaction(workspace_id) as db:
            return (await invite(db, workspace_id, email, role)).path

    return made


async def test_created_and_listed_without_the_link(client, owner) -> None:
    made = await client.post("/v1/invitations", json={"email": "deniz@example.com", "role": "manager"})
    assert made.status_code == 201
    assert made.json()["status"] == "open"
    listed = (await client.get("/v1/invitations")).json()["data"]
    assert listed == [made.json()]
    assert await owner.fetchval("select length(token_hash) from invitations") == 32


async def test_accepted_once(path, anonymous, client) -> None:
    link = await path()
    seen = (await anonymous.get(link)).json()
    assert (seen["workspace"], seen["email"], seen["registered"], seen["status"]) == (
        "Brand",
        "deniz@example.com",
        False,
        "open",
    )
    joined = await anonymous.post(link, json=NEW)
    assert joined.status_code == 201
    assert joined.json()["role"] == "analyst"
    assert (await anonymous.post(link, json=NEW)).status_code == 409
    assert (await client.get("/v1/invitations")).json()["data"][0]["status"] == "accepted"
    assert (await anonymous.get(link)).json()["registered"]


async def test_of_many_acceptances_at_once_one_wins(path, anonymous, owner) -> None:
    link = await path()
    answers = await asyncio.gather(*(anonymous.post(link, json=NEW) for _ in range(5)))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 4
    assert await owner.fetchval("select count(*) from people") == 1
    assert await owner.fetchval("select count(*) from members") == 1


@pytest.mark.parametrize("change", ["expires_at = elci_now()", "revoked_at = elci_now()"])
async def test_ended(path, anonymous, owner, change: str) -> None:
    link = await path()
    await owner.execute(f"update invitations set {change}")
    answer = await anonymous.post(link, json=NEW)
    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/invitation-ended"


async def test_taken_back(path, anonymous, client) -> None:
    link = await path()
    invitation = (await client.get("/v1/invitations")).json()["data"][0]["id"]
    for _ in range(2):
        assert (await client.delete(f"/v1/invitations/{invitation}")).status_code == 204
    assert (await anonymous.post(link, json=NEW)).status_code == 409


async def test_an_accepted_one_is_not_taken_back(path, anonymous, client) -> None:
    await anonymous.post(await path(), json=NEW)
    invitation = (await client.get("/v1/invitations")).json()["data"][0]["id"]
    assert (await client.delete(f"/v1/invitations/{invitation}")).status_code == 409


async def test_a_second_invitation_replaces_the_first(path, anonymous) -> None:
    first, second = await path("Deniz@example.com"), await path("deniz@EXAMPLE.com")
    assert (await anonymous.post(first, json=NEW)).status_code == 409
    assert (await anonymous.post(second, json=NEW)).status_code == 201


async def test_a_member_is_not_invited_again(client, join) -> None:
    person = await join("analyst")
    answer = await client.post("/v1/invitations", json={"email": person.email.upper(), "role": "owner"})
    assert answer.status_code == 409
    assert answer.json()["type"] == "/problems/already-member"


async def test_a_known_person_proves_it_with_the_password(join, other_client, database, anonymous) -> None:
    """An invitation must not become a way to set somebody's password."""
    person = await join("owner")
    other = (await other_client.get("/v1/me")).json()["workspace"]["id"]
    from service.kit import ids

    async with database.transaction(ids.read("ws", other)) as db:
        link = (await invite(db, ids.read("ws", other), person.email, "analyst")).path
    wrong = await anonymous.post(link, json={"name": "Thief", "password": "another password"})
    assert wrong.status_code == 401
    right = await anonymous.post(link, json={"password": PASSWORD})
    assert right.status_code == 201
    assert right.json()["person_id"] == person.id
    log_in = await anonymous.post(
        "/v1/auth/token",
        json={"email": person.email, "password": PASSWORD, "workspace_id": right.json()["workspace_id"]},
    )
    assert log_in.status_code == 200


@pytest.mark.parametrize(
    ("body", "paths"),
    [
        ({"password": "short"}, {"password", "name"}),
        ({"name": "A", "password": "short"}, {"password"}),
        ({"password": PASSWORD}, {"name"}),
        ({"name": " ", "password": PASSWORD}, {"name"}),
    ],
)
async def test_a_new_person_needs_name_and_password(path, anonymous, body: dict, paths: set[str]) -> None:
    answer = await anonymous.post(await path(), json=body)
    assert answer.status_code == 400
    assert {error["path"] for error in answer.json()["errors"]} == paths


async def test_unknown_links_are_404(anonymous) -> None:
    assert (await anonymous.get("/v1/invitations/nothing/accept")).status_code == 404
    assert (await anonymous.post("/v1/invitations/nothing/accept", json=NEW)).status_code == 404


@pytest.mark.parametrize(
    "email", ["", "a", "a@b", "@b.c", "a b@c.d", "a@b.c\n", "a@b.c\nBcc: x@y.z", "<a@b.c>"]
)
async def test_addresses_that_are_none(client, email: str) -> None:
    answer = await client.post("/v1/invitations", json={"email": email, "role": "analyst"})
    assert answer.status_code == 400
