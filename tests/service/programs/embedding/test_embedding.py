"""Tokens for the brand's own site: whom they let in, to what, for how long."""

import asyncio
from uuid import UUID

import httpx
import pytest

from service.accounts.partners.embedding import allowed, held
from service.kit import ids
from service.kit.db import Connection
from service.programs.embedding.naming import chosen
from service.programs.embedding.schemas import NamedRow
from service.programs.problems import NamesSeveral, PartnerArchived

ONE, TWO = ids.new(), ids.new()


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.accounts.authentication.REMEMBERED_S", 0.0)


@pytest.fixture
async def program_id(client: httpx.AsyncClient) -> str:
    return str((await client.post("/v1/programs", json={"name": "Kış"})).json()["id"])


async def ask(client: httpx.AsyncClient, program_id: str, **body: object) -> httpx.Response:
    return await client.post(f"/v1/programs/{program_id}/embed-tokens", json=body)


def bearer(answer: httpx.Response) -> dict[str, str]:
    return {"Authorization": f"Bearer {answer.json()['token']}"}


@pytest.mark.parametrize(
    ("scopes", "method", "path", "may"),
    [
        (["view"], "GET", "/v1/partner/me", True),
        (["view"], "GET", "/v1/partner/stats", True),
        (["view"], "GET", "/v1/partner/conversions.csv", True),
        (["view"], "GET", "/v1/partner/links/lnk_x", True),
        (["view"], "POST", "/v1/partner/tickets", True),
        (["view"], "POST", "/v1/partner/links", False),
        (["links"], "POST", "/v1/partner/links", True),
        (["links"], "GET", "/v1/partner/stats", False),
        (["view", "links"], "PATCH", "/v1/partner/links/lnk_x", False),
        (["view", "links"], "POST", "/v1/partner/links/lnk_x", False),
        (["view", "links"], "GET", "/v1/partner/people", False),
        (["view", "links"], "GET", "/v1/partner/api-keys", False),
        (["view", "links"], "POST", "/v1/partner/api-keys", False),
        (["view", "links"], "GET", "/v1/partner/payout-account", False),
        (["view", "links"], "PATCH", "/v1/partner/me", False),
        (["view", "links"], "POST", "/v1/partner/claims", False),
        (["view", "links"], "GET", "/v1/partner/", False),
        (["view", "links"], "GET", "/v1/links", False),
        (["view", "links"], "GET", "/x/v1/partner/me", False),
    ],
)
def test_what_a_token_may(scopes: list[str], method: str, path: str, may: bool) -> None:
    assert allowed(held(scopes), method, path) is may  # type: ignore[arg-type]


def _row(by: str, one: UUID, status: str = "active") -> NamedRow:
    return NamedRow(by, one, None, status)


def test_whom_two_names_name() -> None:
    assert chosen([]) is None
    found = chosen([_row("email", ONE), _row("external_id", ONE)])
    assert found is not None
    assert found.by == "external_id"
    with pytest.raises(NamesSeveral):
        chosen([_row("email", ONE), _row("external_id", TWO)])
    with pytest.raises(PartnerArchived):
        chosen([_row("external_id", ONE, "archived")])


async def test_a_partner_is_made_once(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, program_id: str
) -> None:
    unnamed = await ask(client, program_id, external_id="u-1")
    assert (unnamed.status_code, unnamed.json()["errors"][0]["path"]) == (400, "name")
    first = await ask(client, program_id, external_id="u-1", name="Ayşe", email="ayse@ortak.example")
    assert first.status_code == 201, first.text
    assert first.json()["created"] is True
    again = (await ask(client, program_id, external_id="u-1")).json()
    by_mail = (await ask(client, program_id, email="AYSE@ortak.example")).json()
    for other in (again, by_mail):
        assert (other["partner_id"], other["created"]) == (first.json()["partner_id"], False)
    partner = (await client.get(f"/v1/partners/{first.json()['partner_id']}")).json()
    assert (partner["program_id"], partner["name"]) == (program_id, "Ayşe")
    me = await anonymous.get("/v1/partner/me", headers=bearer(first))
    assert me.json()["partner_id"] == first.json()["partner_id"]


async def test_two_pages_at_once_make_one_partner(client: httpx.AsyncClient, program_id: str) -> None:
    asked = [ask(client, program_id, external_id="u-1", name="Ayşe") for _ in range(6)]
    answers = await asyncio.gather(*asked)
    assert [answer.status_code for answer in answers] == [201] * 6
    assert len({answer.json()["partner_id"] for answer in answers}) == 1
    assert sum(answer.json()["created"] for answer in answers) == 1


async def test_who_is_in_no_program_joins(client: httpx.AsyncClient, program_id: str) -> None:
    body = {"name": "Ayşe", "email": "ayse@ortak.example"}
    alone = (await client.post("/v1/partners", json=body)).json()
    token = (await ask(client, program_id, email="ayse@ortak.example", external_id="u-1")).json()
    assert (token["partner_id"], token["created"]) == (alone["id"], False)
    assert (await client.get(f"/v1/partners/{alone['id']}")).json()["program_id"] == program_id
    # By the external id from now on, whatever becomes of the address.
    await client.patch(f"/v1/partners/{alone['id']}", json={"email": None})
    assert (await ask(client, program_id, external_id="u-1")).json()["partner_id"] == alone["id"]


async def test_two_partners_are_not_one(client: httpx.AsyncClient, program_id: str) -> None:
    one = (await ask(client, program_id, external_id="u-1", name="Ayşe")).json()
    two = (await ask(client, program_id, email="m@ortak.example", name="Mehmet")).json()
    both = await ask(client, program_id, external_id="u-1", email="m@ortak.example")
    assert both.status_code == 409
    assert set(both.json()["partner_ids"]) == {one["partner_id"], two["partner_id"]}


async def test_a_token_looks_and_no_more(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, program_id: str
) -> None:
    headers = bearer(await ask(client, program_id, external_id="u-1", name="Ayşe"))
    assert (await anonymous.get("/v1/partner/me", headers=headers)).status_code == 200
    for method, path in (
        ("PATCH", "/v1/partner/me"),
        ("GET", "/v1/partner/people"),
        ("GET", "/v1/partner/api-keys"),
        ("POST", "/v1/partner/api-keys"),
        ("POST", "/v1/partner/switch"),
        ("GET", "/v1/partners"),
        ("GET", "/v1/me"),
    ):
        refused = await anonymous.request(method, path, headers=headers, json={})
        assert refused.status_code == 403, path
    asked = {"path": "/v1/partner/people", "ttl_s": 60}
    ticket = (await anonymous.post("/v1/partner/tickets", json=asked, headers=headers)).json()["ticket"]
    assert (await anonymous.get(f"/v1/partner/people?ticket={ticket}")).status_code == 403
    asked = {"path": "/v1/partner/me", "ttl_s": 60}
    ticket = (await anonymous.post("/v1/partner/tickets", json=asked, headers=headers)).json()["ticket"]
    assert (await anonymous.get(f"/v1/partner/me?ticket={ticket}")).status_code == 200


async def test_a_token_ends(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, owner: Connection, program_id: str
) -> None:
    first = await ask(client, program_id, external_id="u-1", name="Ayşe", ttl_s=60)
    life = await owner.fetchval("select expires_at - elci_now() from api_keys where kind = 'embed'")
    assert 50 < life.total_seconds() <= 60
    await owner.execute(
        "update api_keys set expires_at = elci_now() - interval '2 days' where kind = 'embed'"
    )
    assert (await anonymous.get("/v1/partner/me", headers=bearer(first))).status_code == 401
    second = await ask(client, program_id, external_id="u-1")
    assert await owner.fetchval("select count(*) from api_keys where kind = 'embed'") == 1
    assert (await client.delete(f"/v1/api-keys/{second.json()['id']}")).status_code == 204
    assert (await anonymous.get("/v1/partner/me", headers=bearer(second))).status_code == 401
    third = await ask(client, program_id, external_id="u-1")
    await client.delete(f"/v1/partners/{third.json()['partner_id']}")
    assert (await anonymous.get("/v1/partner/me", headers=bearer(third))).status_code == 401
    assert (await ask(client, program_id, external_id="u-1")).status_code == 409


async def test_nobody_gives_more_than_they_see(client: httpx.AsyncClient, program_id: str) -> None:
    weak = {"name": "weak", "scopes": ["programs:write", "links:read", "conversions:read", "ledger:read"]}
    key = (await client.post("/v1/api-keys", json=weak)).json()["secret"]
    headers = {"Authorization": f"Bearer {key}"}
    path = f"/v1/programs/{program_id}/embed-tokens"
    body = {"external_id": "u-1", "name": "Ayşe"}
    refused = await client.post(path, json={**body, "scopes": ["view", "links"]}, headers=headers)
    assert (refused.status_code, refused.json()["scopes"]) == (403, ["links:write"])
    assert (await client.post(path, json=body, headers=headers)).status_code == 201


async def test_what_is_asked_wrongly(
    client: httpx.AsyncClient, other_client: httpx.AsyncClient, program_id: str
) -> None:
    for body in ({}, {"external_id": "u", "ttl_s": 59}, {"external_id": "u", "scopes": ["payouts"]}):
        assert (await ask(client, program_id, **body)).status_code == 400, body
    assert (await ask(other_client, program_id, external_id="u", name="x")).status_code == 404
    await client.delete(f"/v1/programs/{program_id}")
    assert (await ask(client, program_id, external_id="u", name="x")).status_code == 404
