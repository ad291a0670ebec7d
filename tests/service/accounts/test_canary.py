"""What must not be seen: secrets and addresses in logs, errors, the document or the tables."""

import msgspec
import pytest

from service.accounts import problems
from service.kit import openapi, translation
from service.kit.problems import Problem

PASSWORD = "canary-password-7Q"


@pytest.fixture
async def secrets(capsys, client, join, anonymous, clients) -> list[str]:
    """Everything that a round of ordinary and wrong requests has to hide."""
    person = await join("owner", "canary-mail@example.com")
    key = (await client.post("/v1/api-keys", json={"name": "k", "scopes": ["files:read"]})).json()["secret"]
    wrong_key = key[:-4] + "0000"
    await (await clients(wrong_key)).get("/v1/me")
    log_in = {"email": person.email, "password": PASSWORD}
    await anonymous.post("/v1/auth/token", json=log_in)
    await anonymous.post("/v1/auth/token", json={**log_in, "more": PASSWORD})
    change = {"current_password": PASSWORD, "new_password": PASSWORD + "2"}
    await person.client.post("/v1/me/password", json=change)
    refresh = person.tokens["refresh_token"]
    await anonymous.post("/v1/auth/refresh", json={"refresh_token": refresh})
    await anonymous.post("/v1/auth/refresh", json={"refresh_token": refresh})
    await anonymous.post("/v1/auth/password/forgot", json={"email": person.email})
    await anonymous.get("/v1/invitations/canary-invitation-token/accept")
    own_key = client.headers["Authorization"].split()[1]
    return [
        PASSWORD,
        key[20:],
        wrong_key[20:],
        own_key[20:],
        refresh[-30:],
        person.tokens["access_token"][-30:],
        "canary-mail",
        "canary-invitation-token",
    ]


async def test_logs(secrets: list[str], capsys) -> None:
    said = capsys.readouterr()
    assert "/v1/auth/token" in said.out + said.err, "the log was not captured"
    assert [secret for secret in secrets if secret in said.out + said.err] == []


async def test_tables(secrets: list[str], owner) -> None:
    """Every text of every table: addresses may stand in people and mail, secrets nowhere."""
    tables = await owner.fetch("select relname from pg_class where relkind = 'r' and relnamespace = 2200")
    found = []
    for (table,) in tables:
        for (row,) in await owner.fetch(f"select t::text from {table} t"):
            found += [(table, secret) for secret in secrets if secret in row]
    assert {secret for _, secret in found} <= {"canary-mail"}
    assert {table for table, _ in found} <= {"people", "invitations", "outbox"}


@pytest.mark.parametrize(
    "body", [{"email": "canary", "password": PASSWORD}, [PASSWORD], PASSWORD, {"password": [PASSWORD]}]
)
async def test_errors_do_not_quote_what_was_sent(anonymous, body: object) -> None:
    answer = await anonymous.post("/v1/auth/token", json=body)
    assert answer.status_code == 400
    assert "canary" not in answer.text


def test_document(app) -> None:
    text = msgspec.json.encode(openapi.document(app)).decode()
    assert app.state.settings.secret_key not in text
    assert "sk_0" not in text


def test_every_problem_is_translated() -> None:
    kinds = [kind for kind in vars(problems).values() if isinstance(kind, type) and issubclass(kind, Problem)]
    assert [kind.title for kind in kinds if kind.title not in translation.titles()] == []
