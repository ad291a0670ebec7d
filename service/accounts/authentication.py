"""Who sends a request: a key, a person's access token, or a ticket for one path.

It runs before stored answers are replayed and before the body is read, so permission is checked here too.
"""

import hmac
from time import monotonic
from uuid import UUID

import asyncpg
import structlog
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from service.accounts import store, tokens
from service.accounts.callers import CHALLENGE, Caller, needed, permitted
from service.accounts.partners import store as partners
from service.accounts.partners.store import FoundPartner
from service.accounts.problems import BadToken
from service.accounts.roles import PARTNER, PUBLISHABLE, ROLES, SELF, TRACK
from service.accounts.store import FoundKey, FoundSession
from service.kit import ids
from service.kit.db import Connection, Database
from service.kit.problems import Unauthorized
from service.settings import Settings

log = structlog.get_logger("elci.accounts")

# A key that is revoked has to fail within a second, on every worker.
REMEMBERED_S = 0.5
_MOST_REMEMBERED = 10_000


class Memory:
    """Callers that were looked up within the last half second."""

    def __init__(self) -> None:
        self._kept: dict[bytes, tuple[float, Caller]] = {}

    def find(self, secret: bytes) -> Caller | None:
        kept = self._kept.get(secret)
        return kept[1] if kept is not None and monotonic() < kept[0] else None

    def keep(self, secret: bytes, caller: Caller) -> Caller:
        if len(self._kept) >= _MOST_REMEMBERED:
            self._kept.clear()
        self._kept[secret] = (monotonic() + REMEMBERED_S, caller)
        return caller


class Authentication(ASGIMiddleware):
    """Puts the caller into `scope["state"]["caller"]`; raises Unauthorized, Forbidden."""

    scopes = (ScopeType.HTTP,)

    def __init__(self) -> None:
        self._memory = Memory()

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        if needed(scope["route_handler"]) is not None:
            scope["state"]["caller"] = await self._caller(scope)
            permitted(scope)
        await next_app(scope, receive, send)

    async def _caller(self, scope: Scope) -> Caller:
        state = scope["litestar_app"].state
        token = _bearer(scope) or _page_key(scope)
        if token is None:
            return await by_ticket(state.database, state.settings, _take_ticket(scope), scope["path"])
        # The audience of a token is in what it signs, so one memory serves keys and tokens.
        secret = tokens.digest(token)
        found = self._memory.find(secret)
        return found or self._memory.keep(secret, await by_bearer(state.database, state.settings, token))


authentication = Authentication()


def _bearer(scope: Scope) -> str | None:
    """What stands behind `Authorization: Bearer`; None without the header. Raises Unauthorized."""
    for name, value in scope["headers"]:
        if name == b"authorization":
            scheme, _, token = value.decode("latin-1").strip().partition(" ")
            if scheme.lower() != "bearer" or not token.strip():
                raise Unauthorized("the header has to read `Authorization: Bearer ...`", headers=CHALLENGE)
            return token.strip()
    return None


def _page_key(scope: Scope) -> str | None:
    """The publishable key in the query of an operation for web pages: a beacon can't send a header.

    Such a key stands in the page's source anyway. A secret one is not read here, so that nobody gets used to
    writing it into addresses.
    """
    if needed(scope["route_handler"]) != TRACK:
        return None
    found = [piece for piece in scope["query_string"].split(b"&") if piece.startswith(b"key=pk_")]
    return found[0].removeprefix(b"key=").decode("latin-1") if len(found) == 1 else None


def _take_ticket(scope: Scope) -> str:
    """The ticket of a GET, removed from the query so that nothing behind sees or logs it."""
    pieces = scope["query_string"].split(b"&")
    tickets = [piece for piece in pieces if piece.startswith(b"ticket=")]
    if not tickets or scope.get("method") != "GET":
        raise Unauthorized("a key or an access token is needed", headers=CHALLENGE)
    scope["query_string"] = b"&".join(piece for piece in pieces if piece not in tickets)
    return tickets[0].removeprefix(b"ticket=").decode("latin-1")


async def by_bearer(database: Database, settings: Settings, token: str) -> Caller:
    """The caller of a key or an access token. Raises Unauthorized."""
    if token.startswith(("sk_", "pk_", "em_")):
        found = await _find_key(database, tokens.prefix(token))
        stored = found.secret_hash if found else b""
        if not hmac.compare_digest(stored, tokens.digest(token)) or found is None:
            raise Unauthorized("there is no such key, or it has ended", headers=CHALLENGE)
        return key_caller(found)
    key = tokens.signing_key(settings)
    if tokens.audience(token) == tokens.PARTNER_ACCESS:
        claims, end = tokens.read(key, tokens.PARTNER_ACCESS, tokens.Session, token)
        partner = await _find_partner(database, claims.sid)
        if partner.now >= end:
            raise BadToken("the access token has expired", headers=CHALLENGE)
        return partner_caller(partner, claims.sid)
    claims, end = tokens.read(key, tokens.ACCESS, tokens.Session, token)
    session = await _find_session(database, claims.sid)
    if session.now >= end:
        raise BadToken("the access token has expired", headers=CHALLENGE)
    return person_caller(session, claims.sid)


async def by_ticket(database: Database, settings: Settings, ticket: str, path: str) -> Caller:
    """The caller who let the ticket be made. Raises Unauthorized."""
    claims, end = tokens.read(tokens.signing_key(settings), tokens.TICKET, tokens.Ticket, ticket)
    if claims.path.rstrip("/") != path.rstrip("/"):
        raise BadToken("the ticket is for another path", headers=CHALLENGE)
    if claims.kind == "key":
        key = await _find_key(database, claims.sub)
        if key is not None and key.now < end:
            return key_caller(key)
    elif claims.kind == "partner":
        partner = await _find_partner(database, UUID(claims.sub))
        if partner.now < end:
            return partner_caller(partner, UUID(claims.sub))
    else:
        session = await _find_session(database, UUID(claims.sub))
        if session.now < end:
            return person_caller(session, UUID(claims.sub))
    raise BadToken("the ticket has expired", headers=CHALLENGE)


def key_caller(found: FoundKey) -> Caller:
    """The caller that a live key is."""
    if found.partner_id is not None:
        scopes = frozenset({PARTNER, *found.scopes})
    else:
        scopes = PUBLISHABLE if found.kind == "publishable" else frozenset(found.scopes) | {SELF}
    return Caller(found.workspace_id, "key", found.id, found.kind, scopes, partner_id=found.partner_id)


def person_caller(found: FoundSession, session_id: UUID) -> Caller:
    """The caller that a live session is, with the role that the member has now."""
    scopes = ROLES[found.role] | {SELF}
    return Caller(found.workspace_id, "person", found.person_id, found.role, scopes, session_id)


def partner_caller(found: FoundPartner, session_id: UUID) -> Caller:
    """The caller that a live session of a partner's is."""
    of = found.partner_id
    return Caller(found.workspace_id, "partner", of, PARTNER, frozenset({PARTNER}), session_id, of)


async def _find_partner(database: Database, sid: UUID) -> FoundPartner:
    async with database.connection() as db:
        found = await partners.find_session(db, sid)
    if found is None:
        raise BadToken("the session has ended", headers=CHALLENGE)
    return found


async def _find_session(database: Database, sid: UUID) -> FoundSession:
    async with database.connection() as db:
        found = await store.find_session(db, sid)
    if found is None:
        raise BadToken("the session has ended", headers=CHALLENGE)
    return found


async def _find_key(database: Database, prefix: str) -> FoundKey | None:
    async with database.connection() as db:
        found = await store.find_key(db, prefix)
        if found is not None and found.stale:
            await _note_use(db, found)
    return found


async def _note_use(db: Connection, found: FoundKey) -> None:
    # A full disk or a read-only standby must not keep a key from reading.
    try:
        await store.touch_key(db, found.workspace_id, found.id)
    except asyncpg.PostgresError as error:
        log.warning("last use of a key not noted", key=ids.show("key", found.id), reason=type(error).__name__)
