"""Log-in, refresh and log-out, and what ends a session at once."""

import asyncio
import statistics
import time

import pytest

from service.accounts.people import passwords

PASSWORD = "correct horse battery"
REVOKED_WITHIN_S = 1.0


async def _log_in(anonymous, email: str, password: str = PASSWORD, **more):
    return await anonymous.post("/v1/auth/token", json={"email": email, "password": password, **more})


async def _fails_within(client, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if (await client.get("/v1/me")).status_code == 401:
            return True
        await asyncio.sleep(0.05)
    return False


async def test_log_in(join, anonymous, clients) -> None:
    person = await join("manager", "Ayşe@Example.com")
    answer = await _log_in(anonymous, " ayşe@example.COM".strip())
    assert answer.status_code == 200
    made = answer.json()
    assert (made["person_id"], made["role"], made["token_type"]) == (person.id, "manager", "Bearer")
    me = (await (await clients(made["access_token"])).get("/v1/me")).json()
    assert me["person"] == {"id": person.id, "name": "Manager", "email": "Ayşe@Example.com"}
    assert me["workspace"]["role"] == "manager"
    assert [one["id"] for one in me["workspaces"]] == [me["workspace"]["id"]]


async def test_an_unknown_address_reads_like_a_wrong_password(join, anonymous) -> None:
    person = await join("owner")
    wrong = await _log_in(anonymous, person.email, "not the password")
    unknown = await _log_in(anonymous, "nobody@example.com", "not the password")
    assert wrong.status_code == unknown.status_code == 401
    assert wrong.json() == unknown.json()


async def test_an_unknown_address_takes_as_long(join, anonymous) -> None:
    """Without the hash of nobody, an unknown address is answered in a tenth of the time."""
    person = await join("owner")
    took: dict[str, list[float]] = {"known": [], "unknown": []}
    for number in range(4):
        for kind, email in (("known", person.email), ("unknown", f"nobody{number}@example.com")):
            begun = time.perf_counter()
            answer = await _log_in(anonymous, email, "not the password")
            took[kind].append(time.perf_counter() - begun)
            assert answer.status_code == 401
    ratio = statistics.median(took["unknown"]) / statistics.median(took["known"])
    assert 0.5 < ratio < 2


def test_the_hash_of_nobody_costs_what_hashes_cost_now() -> None:
    today = passwords._HASHER.hash("anything")
    assert passwords.NOBODY.split("$")[:4] == today.split("$")[:4]


async def test_a_refresh_token_is_good_once(join, anonymous, clients) -> None:
    person = await join("owner")
    first = person.tokens["refresh_token"]
    second = (await anonymous.post("/v1/auth/refresh", json={"refresh_token": first})).json()
    assert second["refresh_token"] != first
    fresh = await clients(second["access_token"])
    assert (await fresh.get("/v1/me")).status_code == 200
    assert (await anonymous.post("/v1/auth/refresh", json={"refresh_token": first})).status_code == 401
    again = await anonymous.post("/v1/auth/refresh", json={"refresh_token": second["refresh_token"]})
    assert again.status_code == 401
    assert await _fails_within(fresh, REVOKED_WITHIN_S)
    assert await _fails_within(person.client, REVOKED_WITHIN_S)


async def test_of_many_uses_at_once_one_wins_and_the_session_ends(join, anonymous, owner) -> None:
    """With a select before the update instead of the compare-and-set, several won."""
    person = await join("owner")
    body = {"refresh_token": person.tokens["refresh_token"]}
    answers = await asyncio.gather(*(anonymous.post("/v1/auth/refresh", json=body) for _ in range(12)))
    assert sorted(answer.status_code for answer in answers) == [200] + [401] * 11
    won = next(answer.json() for answer in answers if answer.status_code == 200)
    later = await anonymous.post("/v1/auth/refresh", json={"refresh_token": won["refresh_token"]})
    assert later.status_code == 401
    assert await owner.fetchval("select count(*) from sessions where revoked_at is not null") == 1


async def test_log_out(join, anonymous) -> None:
    person = await join("owner")
    body = {"refresh_token": person.tokens["refresh_token"]}
    assert (await anonymous.post("/v1/auth/logout", json=body)).status_code == 204
    assert await _fails_within(person.client, REVOKED_WITHIN_S)
    assert (await anonymous.post("/v1/auth/refresh", json=body)).status_code == 401
    assert (await anonymous.post("/v1/auth/logout", json=body)).status_code == 204


async def test_other_sessions_go_on_after_a_log_out(join, anonymous, clients) -> None:
    person = await join("owner")
    other = (await _log_in(anonymous, person.email)).json()
    await anonymous.post("/v1/auth/logout", json={"refresh_token": person.tokens["refresh_token"]})
    assert (await (await clients(other["access_token"])).get("/v1/me")).status_code == 200


async def test_an_invitation_alone_opens_nothing(join, other_client, anonymous) -> None:
    person = await join("owner", "both@example.com")
    other = (await other_client.get("/v1/me")).json()["workspace"]["id"]
    answer = await other_client.post("/v1/invitations", json={"email": person.email, "role": "analyst"})
    assert answer.status_code == 201
    assert (await _log_in(anonymous, person.email, workspace_id=other)).status_code == 401


async def test_two_workspaces_of_one_person(client, other_client, join, anonymous) -> None:
    await join("owner", "both@example.com")
    second = await join_again(other_client, anonymous, join)
    choose = await _log_in(anonymous, "both@example.com")
    assert choose.status_code == 409
    assert {one["role"] for one in choose.json()["workspaces"]} == {"owner", "analyst"}
    chosen = await _log_in(anonymous, "both@example.com", workspace_id=second)
    assert chosen.json()["role"] == "analyst"
    foreign = await _log_in(anonymous, "both@example.com", workspace_id="ws_" + "0" * 26)
    assert foreign.status_code == 401


async def join_again(other_client, anonymous, join) -> str:
    joined = await join("analyst", "both@example.com", into=other_client)
    return joined.tokens["workspace_id"]


async def test_a_new_role_counts_from_the_next_second(client, join) -> None:
    person = await join("analyst")
    assert (await person.client.patch("/v1/workspace", json={})).status_code == 403
    await client.patch(f"/v1/members/{person.id}", json={"role": "owner"})
    await asyncio.sleep(0.6)
    assert (await person.client.patch("/v1/workspace", json={})).status_code == 200


async def test_a_removed_member_is_out_within_a_second(client, join, anonymous) -> None:
    person = await join("analyst")
    assert (await person.client.get("/v1/me")).status_code == 200
    await client.delete(f"/v1/members/{person.id}")
    assert await _fails_within(person.client, REVOKED_WITHIN_S)
    body = {"refresh_token": person.tokens["refresh_token"]}
    assert (await anonymous.post("/v1/auth/refresh", json=body)).status_code == 401
    assert (await _log_in(anonymous, person.email)).status_code == 401


async def test_guesses_at_one_person_are_limited_whoever_sends_them(join, anonymous) -> None:
    person = await join("owner")
    answers = [
        await anonymous.post(
            "/v1/auth/token",
            json={"email": person.email.upper(), "password": "wrong"},
            headers={"X-Forwarded-For": f"203.0.113.{number}"},
        )
        for number in range(12)
    ]
    assert [answer.status_code for answer in answers] == [401] * 10 + [429] * 2
    assert int(answers[-1].headers["Retry-After"]) > 0


@pytest.mark.parametrize(
    "body", [{}, {"email": "no address", "password": "x"}, {"email": "a@b", "password": ""}]
)
async def test_bad_bodies_are_400(anonymous, body: dict) -> None:
    assert (await anonymous.post("/v1/auth/token", json=body)).status_code == 400
