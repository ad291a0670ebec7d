"""Signed tokens (JWT, HS256), and random secrets with their hashes. Pure: time is given."""

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any, Final, TypeVar
from uuid import UUID

import jwt
import msgspec

from service.accounts.problems import BadToken
from service.settings import Settings, derive_key

ISSUER: Final = "elci"
ALGORITHM: Final = "HS256"
_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"

# One audience for each use, so that no token can stand in for another kind.
ACCESS: Final = "elci:api"
REFRESH: Final = "elci:refresh"
TICKET: Final = "elci:ticket"
RESET: Final = "elci:password-reset"
PARTNER_ACCESS: Final = "elci:partner"
PARTNER_REFRESH: Final = "elci:partner-refresh"
PARTNER_PAGE: Final = "elci:partner-page"

CHALLENGE: Final = {"WWW-Authenticate": 'Bearer realm="elci", error="invalid_token"'}

_PREFIX_LENGTH = len("sk_") + 12

T = TypeVar("T", bound=msgspec.Struct)


class Session(msgspec.Struct, frozen=True):
    """What an access or a refresh token names: one person's log-in to one workspace."""

    sid: UUID
    sub: str
    ws: str


class Ticket(msgspec.Struct, frozen=True):
    """A caller (a session's id, or a key's prefix) and the one path that may be read."""

    kind: str
    sub: str
    path: str


class Reset(msgspec.Struct, frozen=True):
    """A person, and a digest of the password that is to be replaced: the token dies with it."""

    sub: str
    was: str


def signing_key(settings: Settings) -> bytes:
    """The key that signs every token of this installation."""
    return derive_key(settings, "signing of tokens")


def sign(key: bytes, audience: str, claims: msgspec.Struct, now: datetime, ttl: timedelta) -> str:
    """A token for one audience; `now` is the database's. `jti` carries 128 random bits."""
    payload = {
        **msgspec.to_builtins(claims),
        "iss": ISSUER,
        "aud": audience,
        "jti": secrets.token_urlsafe(16),
        "iat": int(now.timestamp()),
        "exp": int((now + ttl).timestamp()),
    }
    return jwt.encode(payload, key, ALGORITHM)


def read(key: bytes, audience: str, kind: type[T], token: str) -> tuple[T, datetime]:
    """A token's claims and its end, which the caller compares with the database's clock.

    Raises BadToken where signature, algorithm, issuer, audience or shape are not ours.
    """
    try:
        payload: dict[str, Any] = jwt.decode(
            token,
            key,
            algorithms=[ALGORITHM],
            audience=audience,
            issuer=ISSUER,
            # exp is compared with the database's clock, which the worker's need not agree with.
            options={"require": ["exp", "aud", "iss"], "verify_exp": False, "verify_iat": False},
        )
        return msgspec.convert(payload, kind), datetime.fromtimestamp(payload["exp"], UTC)
    except (jwt.InvalidTokenError, msgspec.ValidationError, ValueError, TypeError, OverflowError) as error:
        raise BadToken("the token is not one that elci gave", headers=CHALLENGE) from error


def audience(token: str) -> str | None:
    """Whom a token says it is for: not proven, only which of the checks is the one to make."""
    try:
        claimed = jwt.decode(token, options={"verify_signature": False}).get("aud")
    except jwt.InvalidTokenError:
        return None
    return claimed if isinstance(claimed, str) else None


def new_key(kind: str) -> str:
    """A key of 60 random bits to be found by, and 160 to be guessed."""
    return {"publishable": "pk_", "embed": "em_"}.get(kind, "sk_") + random_text(12 + 32)


def prefix(key: str) -> str:
    """The part of a key that is stored as it is and shown in lists."""
    return key[:_PREFIX_LENGTH]


def random_text(length: int) -> str:
    """Random characters of 5 bits each, easy to read aloud and to select with a double click."""
    return "".join(secrets.choice(_ALPHABET) for _ in range(length))


def digest(secret: str) -> bytes:
    """SHA-256: what is stored of a secret whose own randomness makes guessing hopeless."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).digest()
