"""Who acts for a partner: invited by mail, listed, removed with sessions and keys."""

import re
from collections.abc import Awaitable, Callable

import httpx
import pytest

from service.kit import ids
from service.kit.db import Connection

AsPartner = Callable[[str], Awaitable[httpx.AsyncClient]]
AGENCY = "ajans@ortak.example"


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.accounts.authentication.REMEMBERED_S", 0.0)


async def add_partner(client: httpx.AsyncClient, **fields: object) -> str:
    body = {"name": "Ayşe", "email": "ayse@ortak.example", **fields}
    made = await client.post("/v1/partners", json=body)
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


async def invite(
    client: httpx.AsyncClient, owner: Connection, partner_id: str, **body: str
) -> dict[str, str]:
    """The invitation with its mail and its `token`."""
    made = await client.post(f"/v1/partners/{partner_id}/invite", json=body)
    assert made.status_code == 201, made.text
    mail = await owner.fetchval("select body from outbox where topic = 'mail' order by id desc limit 1")
    token = re.search(r"/p/join/(\w+)", mail["text"])
    assert token is not None
    return made.json() | {"mail": mail, "token": token[1]}


async def accept(client: httpx.AsyncClient, token: str) -> httpx.Response:
    return await client.post("/v1/partner/token", json={"invitation": token})


def bearer(answer: httpx.Response) -> dict[str, str]:
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


async def test_an_invitation_s_way(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, owner: Connection
) -> None:
    partner_id = await add_partner(client)
    made = await invite(client, owner, partner_id, email="Ajans@Ortak.example")
    assert made["status"] == "open"
    assert (made["mail"]["to"], made["mail"]["lang"]) == ("Ajans@Ortak.example", "tr")
    seen = (await anonymous.get(f"/v1/partner/invitations/{made['token']}")).json()
    assert (seen["brand"], seen["partner"], seen["status"]) == ("Brand", "Ayşe", "open")
    answer = await accept(anonymous, made["token"])
    assert answer.json()["partner_id"] == partner_id
    assert (await accept(anonymous, made["token"])).status_code == 409
    seen = (await anonymous.get(f"/v1/partner/invitations/{made['token']}")).json()
    assert seen["status"] == "accepted"
    listed = (await client.get(f"/v1/partners/{partner_id}/invitations")).json()["data"]
    assert [each["status"] for each in listed] == ["accepted"]
    path = f"/v1/partners/{partner_id}/invitations/{made['id']}"
    assert (await client.delete(path)).status_code == 409


async def test_without_an_address_the_partner_s_own(client: httpx.AsyncClient, owner: Connection) -> None:
    partner_id = await add_partner(client)
    made = await invite(client, owner, partner_id, language="en")
    assert (made["email"], made["mail"]["lang"]) == ("ayse@ortak.example", "en")
    assert "Brand invites you" in made["mail"]["subject"]
    nameless = await add_partner(client, email=None)
    assert (await client.post(f"/v1/partners/{nameless}/invite", json={})).status_code == 400


async def test_a_new_one_replaces_an_open_one(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, owner: Connection
) -> None:
    partner_id = await add_partner(client)
    first = await invite(client, owner, partner_id, email=AGENCY)
    second = await invite(client, owner, partner_id, email=AGENCY)
    listed = (await client.get(f"/v1/partners/{partner_id}/invitations")).json()["data"]
    assert [each["status"] for each in listed] == ["open", "revoked"]
    assert (await accept(anonymous, first["token"])).status_code == 409
    for _ in range(2):
        path = f"/v1/partners/{partner_id}/invitations/{second['id']}"
        assert (await client.delete(path)).status_code == 204
    assert (await accept(anonymous, second["token"])).status_code == 409


async def test_archived_and_merged_partners_invite_nobody(client: httpx.AsyncClient) -> None:
    gone = await add_partner(client)
    await client.delete(f"/v1/partners/{gone}")
    told = await client.post(f"/v1/partners/{gone}/invite", json={"email": AGENCY})
    assert (told.status_code, told.json()["type"].rpartition("/")[2]) == (409, "partner-archived")


async def test_removing_ends_sessions_and_keys(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, owner: Connection, as_partner: AsPartner
) -> None:
    partner_id = await add_partner(client)
    made = await invite(client, owner, partner_id, email=AGENCY)
    agency = await accept(anonymous, made["token"])
    key = await anonymous.post("/v1/partner/api-keys", json={"name": "panel"}, headers=bearer(agency))
    assert key.status_code == 201, key.text
    by_key = {"Authorization": f"Bearer {key.json()['secret']}"}
    listed = (await client.get(f"/v1/partners/{partner_id}/people")).json()["data"]
    own, person = listed
    assert (own["own"], own["id"], own["email"], own["keys"]) == (True, None, "ayse@ortak.example", 0)
    assert (person["email"], person["sessions"], person["keys"]) == (AGENCY, 1, 1)
    assert (await anonymous.get("/v1/partner/people", headers=bearer(agency))).json()["data"] == listed
    assert (await anonymous.get("/v1/partner/me", headers=by_key)).status_code == 200
    removing = f"/v1/partner/people/{person['id']}"
    assert (await anonymous.delete(removing, headers=by_key)).status_code == 403
    again = await invite(client, owner, partner_id, email=AGENCY)
    colleague = await as_partner(partner_id)
    assert (await colleague.delete(removing)).status_code == 204
    for headers in (bearer(agency), by_key):
        assert (await anonymous.get("/v1/partner/me", headers=headers)).status_code == 401
    refreshing = {"refresh_token": agency.json()["refresh_token"]}
    assert (await anonymous.post("/v1/partner/refresh", json=refreshing)).status_code == 401
    assert (await accept(anonymous, again["token"])).status_code == 409
    assert (await colleague.delete(removing)).status_code == 404


async def test_a_brand_removes_people_too(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, owner: Connection
) -> None:
    partner_id, other = await add_partner(client), await add_partner(client, email="m@ortak.example")
    made = await invite(client, owner, partner_id, email=AGENCY)
    agency = await accept(anonymous, made["token"])
    person = (await client.get(f"/v1/partners/{partner_id}/people")).json()["data"][1]
    assert (await client.delete(f"/v1/partners/{other}/people/{person['id']}")).status_code == 404
    assert (await client.delete(f"/v1/partners/{partner_id}/people/{person['id']}")).status_code == 204
    assert (await anonymous.get("/v1/partner/me", headers=bearer(agency))).status_code == 401
    actions = [each["action"] for each in (await client.get("/v1/audit-log")).json()["data"]]
    assert {"partner.invited", "partner.person_removed"} <= set(actions)


async def test_people_come_in_pages(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, owner: Connection
) -> None:
    partner_id = await add_partner(client)
    for number in range(3):
        made = await invite(client, owner, partner_id, email=f"a{number}@ortak.example")
        await accept(anonymous, made["token"])
    found, cursor = [], ""
    for _ in range(4):
        path = f"/v1/partners/{partner_id}/people?limit=1{cursor}"
        page = (await client.get(path)).json()
        found += [each["email"] for each in page["data"]]
        cursor = f"&cursor={page['next_cursor']}"
    assert found == ["ayse@ortak.example", *(f"a{number}@ortak.example" for number in range(3))]
    assert page["next_cursor"] is None


async def test_a_duplicate_s_people_act_for_the_one_that_stands(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, owner: Connection
) -> None:
    keep = await add_partner(client)
    twice = await add_partner(client, email="ayse.oz@ortak.example")
    made = await invite(client, owner, twice, email=AGENCY)
    agency = await accept(anonymous, made["token"])
    merged = await client.post("/v1/partners/merge", json={"keep": keep, "merge": [twice]})
    assert merged.status_code == 200, merged.text
    people = (await client.get(f"/v1/partners/{keep}/people")).json()["data"]
    assert {each["email"] for each in people} == {"ayse@ortak.example", "ayse.oz@ortak.example", AGENCY}
    assert (await anonymous.get("/v1/partner/me", headers=bearer(agency))).status_code == 401
    assert (await owner.fetchval("select partner_id from entry.partner_memberships($1)", AGENCY)) == ids.read(
        "prt", keep
    )


async def test_an_erasure_takes_the_people_along(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, owner: Connection
) -> None:
    influencer = (await client.post("/v1/influencers", json={"name": "Ayşe"})).json()["id"]
    partner_id = await add_partner(client, influencer_id=influencer)
    agency = await accept(anonymous, (await invite(client, owner, partner_id, email=AGENCY))["token"])
    await anonymous.patch("/v1/partner/me", json={"language": "en"}, headers=bearer(agency))
    await invite(client, owner, partner_id, email="baska@ortak.example")
    erased = await client.post(f"/v1/influencers/{influencer}/erase", json={"reason": "asked"})
    assert erased.status_code in (200, 202, 204), erased.text
    for table in ("partner_users", "partner_invitations", "partner_sessions", "partner_preferences"):
        assert await owner.fetchval(f"select count(*) from {table}") == 0, table
