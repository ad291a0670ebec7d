"""Changing a password, and a new one by mail."""

import asyncio

import pytest
from litestar import Litestar

from service.accounts import tokens
from service.kit.db import Connection

OLD, NEW = "correct horse battery", "another good password"


async def _log_in(anonymous, email: str, password: str) -> int:
    answer = await anonymous.post("/v1/auth/token", json={"email": email, "password": password})
    return answer.status_code


async def _mailed(owner: Connection) -> list[dict]:
    return [row[0] for row in await owner.fetch("select body from outbox where topic = 'mail' order by id")]


async def _token(owner: Connection) -> str:
    return next(line for line in (await _mailed(owner))[-1]["text"].splitlines() if line.startswith("ey"))


async def test_changed_by_who_knows_the_old_one(join, anonymous, clients) -> None:
    person = await join("analyst")
    body = {"current_password": OLD, "new_password": NEW}
    answer = await person.client.post("/v1/me/password", json=body)
    assert answer.status_code == 200
    assert await _log_in(anonymous, person.email, OLD) == 401
    assert await _log_in(anonymous, person.email, NEW) == 200
    await asyncio.sleep(0.6)
    assert (await person.client.get("/v1/me")).status_code == 401
    refresh = {"refresh_token": person.tokens["refresh_token"]}
    assert (await anonymous.post("/v1/auth/refresh", json=refresh)).status_code == 401
    assert (await (await clients(answer.json()["access_token"])).get("/v1/me")).status_code == 200


async def test_not_changed_by_who_does_not(join, client) -> None:
    person = await join("analyst")
    wrong = {"current_password": "not the password", "new_password": NEW}
    assert (await person.client.post("/v1/me/password", json=wrong)).status_code == 401
    short = {"current_password": OLD, "new_password": "short"}
    assert (await person.client.post("/v1/me/password", json=short)).status_code == 400
    key = await client.post("/v1/me/password", json={"current_password": OLD, "new_password": NEW})
    assert key.status_code == 409


async def test_of_two_changes_at_once_one_counts(join, anonymous) -> None:
    person = await join("analyst")
    answers = await asyncio.gather(
        *(
            person.client.post(
                "/v1/me/password", json={"current_password": OLD, "new_password": f"{NEW} {number}"}
            )
            for number in range(3)
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200, 401, 401]


async def test_a_new_one_by_mail(join, anonymous, owner: Connection) -> None:
    person = await join("analyst", "Deniz@example.com")
    assert (
        await anonymous.post("/v1/auth/password/forgot", json={"email": "deniz@EXAMPLE.com"})
    ).status_code == 204
    mail = (await _mailed(owner))[-1]
    assert mail["to"] == "Deniz@example.com"
    body = {"token": await _token(owner), "password": NEW}
    assert (await anonymous.post("/v1/auth/password/reset", json=body)).status_code == 204
    assert await _log_in(anonymous, person.email, NEW) == 200
    assert await _log_in(anonymous, person.email, OLD) == 401
    again = await anonymous.post("/v1/auth/password/reset", json={**body, "password": "a third password"})
    assert again.status_code == 401
    await asyncio.sleep(0.6)
    assert (await person.client.get("/v1/me")).status_code == 401


async def test_an_unknown_address_answers_alike(join, anonymous, owner: Connection) -> None:
    person = await join("analyst")
    sent = len(await _mailed(owner))
    answers = [
        await anonymous.post("/v1/auth/password/forgot", json={"email": email})
        for email in (person.email, "nobody@example.com")
    ]
    assert [answer.status_code for answer in answers] == [204, 204]
    took = [answer.elapsed.total_seconds() for answer in answers]
    assert abs(took[0] - took[1]) < 0.15
    assert len(await _mailed(owner)) == sent + 1


async def test_mails_to_one_address_are_limited(join, anonymous) -> None:
    await join("analyst", "often@example.com")
    answers = [
        (await anonymous.post("/v1/auth/password/forgot", json={"email": "often@example.com"})).status_code
        for _ in range(6)
    ]
    assert answers == [204] * 4 + [429] * 2


async def test_a_token_of_another_kind_sets_no_password(join, anonymous) -> None:
    person = await join("analyst")
    for field in ("access_token", "refresh_token"):
        body = {"token": person.tokens[field], "password": NEW}
        assert (await anonymous.post("/v1/auth/password/reset", json=body)).status_code == 401
    assert await _log_in(anonymous, person.email, OLD) == 200


async def test_the_token_is_bound_to_the_password_it_replaces(
    join, anonymous, owner: Connection, app: Litestar
) -> None:
    person = await join("analyst")
    await anonymous.post("/v1/auth/password/forgot", json={"email": person.email})
    token = await _token(owner)
    await person.client.post("/v1/me/password", json={"current_password": OLD, "new_password": NEW})
    answer = await anonymous.post(
        "/v1/auth/password/reset", json={"token": token, "password": "a third one!"}
    )
    assert answer.status_code == 401
    claims, _ = tokens.read(tokens.signing_key(app.state.settings), tokens.RESET, tokens.Reset, token)
    assert OLD not in claims.was


async def test_an_invitation_speaks_the_workspace_s_language(client, anonymous, owner: Connection) -> None:
    for locale, subject in (("tr", "Brand sizi elci'ye davet ediyor"), ("en", "Brand invites you to elci")):
        await client.patch("/v1/workspace", json={"locale": locale})
        invitation = {"email": "new@example.com", "role": "analyst"}
        assert (await client.post("/v1/invitations", json=invitation)).status_code == 201
        mail = (await _mailed(owner))[-1]
        assert (mail["to"], mail["subject"]) == ("new@example.com", subject)
        link = next(line for line in mail["text"].splitlines() if line.startswith("http"))
        assert (await anonymous.get(link.partition("/v1")[1] + link.partition("/v1")[2])).status_code == 200


@pytest.mark.parametrize("name", ["A\r\nBcc: x@y.z", "A\u2028B"])
async def test_a_workspace_s_name_is_no_header(client, name: str) -> None:
    assert (await client.patch("/v1/workspace", json={"name": name})).status_code == 400
