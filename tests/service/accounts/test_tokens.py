"""Attacks on tokens: each is refused with 401, and a test that passes one fails."""

import base64
import json
from datetime import timedelta

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.accounts import tokens
from service.accounts.problems import BadToken
from service.kit import clock


def _claims(token: str) -> dict:
    return jwt.decode(token, options={"verify_signature": False})


def _unsigned(claims: dict, algorithm: str) -> str:
    parts = [{"alg": algorithm, "typ": "JWT"}, claims]
    encoded = [base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in parts]
    return ".".join([*encoded, ""])


@pytest.fixture
def key(template) -> bytes:
    return tokens.signing_key(template)


async def _status(clients, token: str) -> int:
    return (await (await clients(token)).get("/v1/me")).status_code


async def test_the_real_token_passes(join, clients) -> None:
    person = await join("owner")
    assert await _status(clients, person.tokens["access_token"]) == 200


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "HS256"])
async def test_unsigned(join, clients, algorithm: str) -> None:
    person = await join("owner")
    assert await _status(clients, _unsigned(_claims(person.tokens["access_token"]), algorithm)) == 401


@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
@pytest.mark.parametrize("algorithm", ["HS384", "HS512"])
async def test_another_algorithm_with_the_right_key(join, clients, key: bytes, algorithm: str) -> None:
    person = await join("owner")
    swapped = jwt.encode(_claims(person.tokens["access_token"]), key, algorithm)
    assert await _status(clients, swapped) == 401


async def test_another_key(join, clients) -> None:
    person = await join("owner")
    forged = jwt.encode(_claims(person.tokens["access_token"]), b"x" * 32, "HS256")
    assert await _status(clients, forged) == 401


async def test_changed_claims(join, clients) -> None:
    person = await join("owner")
    head, body, signature = person.tokens["access_token"].split(".")
    for at in range(0, len(body), 7):
        changed = body[:at] + ("A" if body[at] != "A" else "B") + body[at + 1 :]
        assert await _status(clients, ".".join((head, changed, signature))) == 401


@pytest.mark.parametrize("audience", [tokens.REFRESH, tokens.TICKET, tokens.RESET, "elci:partner", "", None])
async def test_another_audience(join, clients, key: bytes, audience: str | None) -> None:
    person = await join("owner")
    claims = {**_claims(person.tokens["access_token"]), "aud": audience}
    assert await _status(clients, jwt.encode(claims, key, "HS256")) == 401


@pytest.mark.parametrize("missing", ["aud", "exp", "iss", "sid"])
async def test_missing_claims(join, clients, key: bytes, missing: str) -> None:
    person = await join("owner")
    claims = _claims(person.tokens["access_token"])
    del claims[missing]
    assert await _status(clients, jwt.encode(claims, key, "HS256")) == 401


@pytest.mark.parametrize("exp", [0, -1, 10**30, "soon", None, [], 1e400])
async def test_impossible_ends(join, clients, key: bytes, exp: object) -> None:
    person = await join("owner")
    claims = {**_claims(person.tokens["access_token"]), "exp": exp}
    assert await _status(clients, jwt.encode(claims, key, "HS256")) == 401


async def test_expired_by_a_second(join, clients, key: bytes, database) -> None:
    person = await join("owner")
    claims = tokens.Session(
        **{name: _claims(person.tokens["access_token"])[name] for name in ("sid", "sub", "ws")}
    )
    async with database.connection() as db:
        now = await clock.now(db)
    for seconds, expected in ((-1, 401), (5, 200)):
        token = tokens.sign(key, tokens.ACCESS, claims, now, timedelta(seconds=seconds))
        assert await _status(clients, token) == expected


async def test_another_token_of_the_same_person_is_no_access_token(join, clients) -> None:
    person = await join("owner")
    assert await _status(clients, person.tokens["refresh_token"]) == 401


async def test_an_access_token_is_no_refresh_token(join, anonymous) -> None:
    person = await join("owner")
    for field in ("access_token",):
        answer = await anonymous.post("/v1/auth/refresh", json={"refresh_token": person.tokens[field]})
        assert answer.status_code == 401


@given(st.text(max_size=300))
def test_any_text_is_refused_and_nothing_else(text: str) -> None:
    with pytest.raises(BadToken):
        tokens.read(b"k" * 32, tokens.ACCESS, tokens.Session, text)


def test_keys_have_enough_randomness() -> None:
    """Of 32 symbols, 12 characters to be found by and 32 to guess: 160 bits."""
    made = {tokens.new_key("secret") for _ in range(1000)}
    assert len(made) == 1000
    secret = next(iter(made))
    assert len(secret) - len(tokens.prefix(secret)) == 32
    assert len({tokens.prefix(one) for one in made}) == 1000
    assert set("".join(one[3:] for one in made)) == set("0123456789abcdefghjkmnpqrstvwxyz")
