"""Partners log in by a code or an invitation; what a guess is worth; whose wall they stand behind."""

import re
from collections.abc import Awaitable, Callable

import httpx
import pytest
from litestar import Litestar

from service.accounts import tokens
from service.kit import ids
from service.kit.db import Connection, Database

ADDRESS = "ayse@ortak.example"
AsPartner = Callable[[str], Awaitable[httpx.AsyncClient]]


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("service.accounts.partners.routes.ANSWER_S", 0.0)


async def add_partner(client: httpx.AsyncClient, email: str | None = ADDRESS, name: str = "Ayşe") -> str:
    made = await client.post("/v1/partners", json={"name": name, "email": email})
    assert made.status_code == 201, made.text
    return str(made.json()["id"])


async def mailed_code(anonymous: httpx.AsyncClient, owner: Connection, email: str = ADDRESS) -> str:
    asked = await anonymous.post("/v1/partner/login", json={"email": email})
    assert (asked.status_code, asked.json()) == (202, {"expires_in": 600})
    body = await owner.fetchval("select body from outbox order by id desc limit 1")
    return str(re.search(r"\b\d{8}\b", body["subject"])[0])  # type: ignore[index]


async def log_in(anonymous: httpx.AsyncClient, code: str, **more: str) -> httpx.Response:
    return await anonymous.post("/v1/partner/token", json={"email": ADDRESS, "code": code, **more})


def bearer(answer: httpx.Response) -> dict[str, str]:
    return {"Authorization": f"Bearer {answer.json()['access_token']}"}


async def test_a_code_is_good_once(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, owner: Connection
) -> None:
    partner_id = await add_partner(client, "Ayse@Ortak.example")
    code = await mailed_code(anonymous, owner)
    assert (
        await owner.fetchval(
            "select count(*) from partner_codes where position($1 in code_hash) > 0", code.encode()
        )
        == 0
    )
    answer = await log_in(anonymous, code)
    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert told["partner_id"] == partner_id
    assert told["memberships"] == [{"partner_id": partner_id, "name": "Ayşe", "brand": "Brand"}]
    assert (await log_in(anonymous, code)).status_code == 401


async def test_the_answer_does_not_tell_who_is_a_partner(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, owner: Connection
) -> None:
    await add_partner(client)
    known = await anonymous.post("/v1/partner/login", json={"email": ADDRESS})
    unknown = await anonymous.post("/v1/partner/login", json={"email": "kimse@ortak.example"})
    assert (known.status_code, known.content) == (unknown.status_code, unknown.content)
    assert await owner.fetchval("select count(*) from partner_codes") == 2
    assert await owner.fetchval("select count(*) from outbox") == 1
    wrong = await log_in(anonymous, "00000000")
    nobody = await anonymous.post(
        "/v1/partner/token", json={"email": "kimse@ortak.example", "code": "00000000"}
    )
    wrong_body, nobody_body = wrong.json(), nobody.json()
    for body in (wrong_body, nobody_body):
        body.pop("instance", None)
        body.pop("request_id", None)
    assert (wrong.status_code, wrong_body) == (nobody.status_code, nobody_body)


async def test_five_tries(client: httpx.AsyncClient, anonymous: httpx.AsyncClient, owner: Connection) -> None:
    await add_partner(client)
    code = await mailed_code(anonymous, owner)
    wrong = f"{(int(code) + 1) % 10**8:08d}"
    for _ in range(5):
        assert (await log_in(anonymous, wrong)).status_code == 401
    assert (await log_in(anonymous, code)).status_code == 401


async def test_ten_minutes(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, owner: Connection
) -> None:
    await add_partner(client)
    code = await mailed_code(anonymous, owner)
    life = await owner.fetchval("select expires_at - elci_now() from partner_codes")
    assert 590 < life.total_seconds() <= 600
    await owner.execute("update partner_codes set expires_at = elci_now()")
    assert (await log_in(anonymous, code)).status_code == 401


async def test_a_thousand_guesses_are_stopped(client: httpx.AsyncClient, app: Litestar) -> None:
    """Whatever addresses they come from."""
    # An address of its own: for some moments a process remembers who is stopped.
    await add_partner(client, email := "hedef@ortak.example")
    told = []
    for guess in range(1000):
        transport = httpx.ASGITransport(app=app, client=(f"198.51.{100 + guess // 250}.{guess % 250}", 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://elci.test") as stranger:
            body = {"email": email, "code": f"{guess:08d}"}
            told.append((await stranger.post("/v1/partner/token", json=body)).status_code)
    assert set(told) == {401, 429}
    assert told.count(401) <= 15
    assert told[-1] == 429


async def test_an_archived_partner_is_nobody(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, owner: Connection
) -> None:
    partner_id = await add_partner(client)
    session = await log_in(anonymous, await mailed_code(anonymous, owner))
    await client.delete(f"/v1/partners/{partner_id}")
    ended = await anonymous.post(
        "/v1/partner/refresh", json={"refresh_token": session.json()["refresh_token"]}
    )
    assert ended.status_code == 401
    before = await owner.fetchval("select count(*) from outbox")
    await anonymous.post("/v1/partner/login", json={"email": ADDRESS})
    assert await owner.fetchval("select count(*) from outbox") == before


async def test_refresh_tokens_are_good_once(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, owner: Connection
) -> None:
    await add_partner(client)
    first = (await log_in(anonymous, await mailed_code(anonymous, owner))).json()
    second = await anonymous.post("/v1/partner/refresh", json={"refresh_token": first["refresh_token"]})
    assert second.status_code == 200, second.text
    reused = await anonymous.post("/v1/partner/refresh", json={"refresh_token": first["refresh_token"]})
    assert reused.status_code == 401
    after = await anonymous.post(
        "/v1/partner/refresh", json={"refresh_token": second.json()["refresh_token"]}
    )
    assert after.status_code == 401


async def test_one_address_for_several_partners(
    client: httpx.AsyncClient,
    other_client: httpx.AsyncClient,
    anonymous: httpx.AsyncClient,
    owner: Connection,
) -> None:
    here, there = await add_partner(client), await add_partner(other_client, name="Ayşe Öz")
    code = await mailed_code(anonymous, owner)
    asked = await log_in(anonymous, code)
    assert asked.status_code == 409
    assert {each["partner_id"] for each in asked.json()["partners"]} == {here, there}
    chosen = await log_in(anonymous, code, partner_id=there)
    assert chosen.status_code == 200, chosen.text
    switched = await anonymous.post("/v1/partner/switch", json={"partner_id": here}, headers=bearer(chosen))
    assert switched.json()["partner_id"] == here
    foreign = await add_partner(client, "mehmet@ortak.example")
    refused = await anonymous.post("/v1/partner/switch", json={"partner_id": foreign}, headers=bearer(chosen))
    assert refused.status_code == 401


async def test_an_invitation_works_once(
    client: httpx.AsyncClient, anonymous: httpx.AsyncClient, owner: Connection
) -> None:
    partner_id = await add_partner(client, None)
    await owner.execute(
        """insert into partner_invitations
               (workspace_id, id, partner_id, email, email_key, token_hash, expires_at)
           select workspace_id, $2, id, $3, $3, $4, elci_now() + interval '1 day'
           from partners where id = $1""",
        *(ids.read("prt", partner_id), ids.new(), "ajans@ortak.example", tokens.digest("davet")),
    )
    first = await anonymous.post("/v1/partner/token", json={"invitation": "davet"})
    assert first.json()["partner_id"] == partner_id
    assert (await anonymous.post("/v1/partner/token", json={"invitation": "davet"})).status_code == 409
    assert (await anonymous.post("/v1/partner/token", json={"invitation": "baska"})).status_code == 401
    code = await mailed_code(anonymous, owner, "ajans@ortak.example")
    again = await anonymous.post("/v1/partner/token", json={"email": "ajans@ortak.example", "code": code})
    assert again.json()["partner_id"] == partner_id


async def test_partners_and_brands_keep_to_their_own_operations(
    client: httpx.AsyncClient, as_partner: AsPartner
) -> None:
    partner = await as_partner(await add_partner(client))
    for path in ("/v1/me", "/v1/partners", "/v1/links", "/v1/influencers", "/v1/api-keys"):
        assert (await partner.get(path)).status_code == 403, path
    assert (await client.post("/v1/partner/tickets", json={"path": "/v1/partner/me"})).status_code == 403
    assert (await partner.post("/v1/partner/tickets", json={"path": "/v1/partner/me"})).status_code == 201


async def test_a_partner_s_transaction_sees_the_partner_s_rows_alone(
    client: httpx.AsyncClient, database: Database, owner: Connection
) -> None:
    mine, theirs = await add_partner(client), await add_partner(client, "mehmet@ortak.example")
    workspace_id = await owner.fetchval("select workspace_id from partners limit 1")
    async with database.transaction(workspace_id, ids.read("prt", mine)) as db:
        seen = [
            row[0] for row in await db.fetch("select id from partners where workspace_id = $1", workspace_id)
        ]
    assert seen == [ids.read("prt", mine)]
    assert ids.read("prt", theirs) not in seen
