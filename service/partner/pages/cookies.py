"""The pages' cookies, and the tokens that prove that a form came from a page of ours.

`visit` names a browser and holds nothing; `session` is a signed reference to a partner's session, which ends
where the session does; `code` is the sealed address that a code went to; `lang` is the language.
"""

import hmac
import secrets
from datetime import datetime, timedelta
from typing import Final, Literal
from uuid import UUID

import msgspec
from litestar.datastructures import Cookie

from service.accounts import tokens
from service.accounts.problems import BadToken
from service.accounts.sessions.actions import REFRESH_LIFETIME
from service.kit.secrets import Unsealable, vault
from service.settings import Settings, derive_key, public_url

Name = Literal["visit", "session", "code", "lang"]
CODE_LIFETIME: Final = timedelta(minutes=15)
YEAR: Final = timedelta(days=365)
_PURPOSE = "log-in pages"


class Asked(msgspec.Struct, frozen=True):
    """Whom a code was mailed to, until when it is waited for, and the page that was wanted."""

    email: str
    until: datetime
    next: str


def is_secure(settings: Settings) -> bool:
    """Whether browsers reach the service by https."""
    return public_url(settings).startswith("https://")


def named(settings: Settings, name: Name) -> str:
    """The cookie's name. `__Host-`: no other host of the domain can set it."""
    return f"__Host-elci_{name}" if is_secure(settings) else f"elci_{name}"


def made(settings: Settings, name: Name, value: str, lifetime: timedelta | None = None) -> Cookie:
    """A cookie that no script reads and no other site's form sends."""
    return Cookie(
        key=named(settings, name),
        value=value,
        path="/",
        max_age=None if lifetime is None else int(lifetime.total_seconds()),
        secure=is_secure(settings),
        httponly=True,
        samesite="lax",
    )


def ended(settings: Settings, name: Name) -> Cookie:
    """What makes a browser forget the cookie."""
    return made(settings, name, "", timedelta(0))


def new_visit() -> str:
    """A browser's name: 160 random bits."""
    return tokens.random_text(32)


def new_session(settings: Settings, access_token: str, now: datetime) -> Cookie:
    """The cookie of a session that was just begun."""
    key = tokens.signing_key(settings)
    claims, _ = tokens.read(key, tokens.PARTNER_ACCESS, tokens.Session, access_token)
    signed = tokens.sign(key, tokens.PARTNER_PAGE, claims, now, REFRESH_LIFETIME)
    return made(settings, "session", signed, REFRESH_LIFETIME)


def session_of(settings: Settings, cookies: dict[str, str]) -> tuple[UUID, datetime] | None:
    """The session that a cookie refers to, and when the cookie ends; None where there is none of ours."""
    given = cookies.get(named(settings, "session"))
    if not given:
        return None
    try:
        key = tokens.signing_key(settings)
        claims, end = tokens.read(key, tokens.PARTNER_PAGE, tokens.Session, given)
    except BadToken:
        return None
    return claims.sid, end


def asked(settings: Settings, asked: Asked) -> Cookie:
    """The cookie between the two steps of a log-in."""
    sealed = vault(settings, _PURPOSE).seal(msgspec.json.encode(asked))
    return made(settings, "code", sealed.hex(), CODE_LIFETIME)


def asked_of(settings: Settings, cookies: dict[str, str], now: datetime) -> Asked | None:
    """Whom a code was mailed to from this browser."""
    try:
        sealed = bytes.fromhex(cookies.get(named(settings, "code"), ""))
        found = msgspec.json.decode(vault(settings, _PURPOSE).open(sealed), type=Asked)
    except (ValueError, Unsealable, msgspec.MsgspecError):
        return None
    return found if now < found.until else None


def proof(settings: Settings, visit: str, session_id: UUID | None) -> str:
    """What a form of this browser, and of this session, carries.

    Another site can neither read it nor make it; and nobody gets another browser to log in as themselves,
    because a form made for one `visit` is refused with another.
    """
    text = f"{visit}\0{session_id or ''}".encode()
    return hmac.digest(derive_key(settings, "forms of pages"), text, "sha256").hex()


def is_proven(settings: Settings, visit: str | None, session_id: UUID | None, given: str) -> bool:
    """Whether a form is one of this browser's."""
    if not visit:
        return False
    return secrets.compare_digest(proof(settings, visit, session_id).encode(), given.encode())
