"""A person's log-in: opening a session, exchanging its refresh token, ending it."""

from datetime import datetime, timedelta
from uuid import UUID

from service.accounts import audit, tokens
from service.accounts import store as entry
from service.accounts.callers import Caller
from service.accounts.people import passwords
from service.accounts.people import store as people
from service.accounts.people.store import PersonRow
from service.accounts.problems import BadToken, ChooseWorkspace, WrongLogin
from service.accounts.roles import ROLES
from service.accounts.schemas import Tokens, email_key
from service.accounts.sessions import store
from service.accounts.sessions.schemas import LogIn
from service.accounts.store import Membership
from service.accounts.tokens import CHALLENGE
from service.kit import clock, ids
from service.kit.db import Connection, Database
from service.settings import Settings

ACCESS_LIFETIME = timedelta(minutes=15)
REFRESH_LIFETIME = timedelta(days=30)


async def log_in(database: Database, settings: Settings, data: LogIn) -> Tokens:
    """A new session. Raises WrongLogin, ChooseWorkspace."""
    async with database.connection() as db:
        person = await people.find_person(db, email_key(data.email))
    # No connection is held while the hash is computed.
    valid, stronger = await passwords.matches(data.password, person.password_hash if person else None)
    if person is None or not valid:
        raise WrongLogin
    async with database.connection() as db:
        chosen = _choose(await entry.memberships(db, person.id), data.workspace_id)
    async with database.transaction(chosen.workspace_id) as db:
        if stronger is not None:
            await people.strengthen(db, person.id, person.password_hash, stronger)
        return await _begin(db, settings, person, chosen)


def _choose(memberships: list[Membership], workspace_id: str | None) -> Membership:
    """The workspace to enter. Who names a foreign one learns as little as with a wrong password."""
    if workspace_id is not None:
        memberships = [one for one in memberships if ids.show("ws", one.workspace_id) == workspace_id]
    if not memberships:
        raise WrongLogin
    if len(memberships) > 1:
        choices = [
            {"id": ids.show("ws", one.workspace_id), "name": one.name, "role": one.role}
            for one in memberships
        ]
        raise ChooseWorkspace("log in again with a workspace_id", workspaces=choices)
    return memberships[0]


async def _begin(db: Connection, settings: Settings, person: PersonRow, chosen: Membership) -> Tokens:
    await store.sweep(db, chosen.workspace_id, person.id)
    made = await open_session(db, settings, chosen.workspace_id, person.id, chosen.role)
    caller = Caller(chosen.workspace_id, "person", person.id, chosen.role, ROLES[chosen.role])
    await audit.record(db, caller, "session.opened", caller.name)
    return made


async def open_session(
    db: Connection, settings: Settings, workspace_id: UUID, person_id: UUID, role: str
) -> Tokens:
    """A new session and its first pair of tokens."""
    session_id = ids.new()
    made = _pair(settings, workspace_id, session_id, person_id, role, await clock.now(db))
    digest = tokens.digest(made.refresh_token)
    await store.add_session(db, workspace_id, session_id, person_id, digest, REFRESH_LIFETIME)
    return made


async def refresh(database: Database, settings: Settings, token: str) -> Tokens:
    """The next pair of tokens. A refresh token that is used twice ends its session. Raises BadToken."""
    claims, end = tokens.read(tokens.signing_key(settings), tokens.REFRESH, tokens.Session, token)
    workspace_id = ids.read("ws", claims.ws)
    async with database.transaction(workspace_id) as db:
        session = await entry.find_session(db, claims.sid)
        if session is None or session.now >= end:
            raise BadToken("the session has ended", headers=CHALLENGE)
        made = _pair(settings, workspace_id, claims.sid, session.person_id, session.role, session.now)
        digests = tokens.digest(token), tokens.digest(made.refresh_token)
        rotated = await store.rotate(db, workspace_id, claims.sid, *digests, REFRESH_LIFETIME)
        if rotated is None:
            await _end_reused(db, workspace_id, claims.sid)
    # Raised behind the transaction, which has to keep the session's end.
    if rotated is None:
        raise BadToken("the refresh token was used before: the session is ended", headers=CHALLENGE)
    return made


async def _end_reused(db: Connection, workspace_id: UUID, session_id: UUID) -> None:
    person_id = await store.end_session(db, workspace_id, session_id)
    if person_id is not None:
        subject = ids.show("usr", person_id)
        await audit.record_system(db, workspace_id, "session.ended", subject, {"reason": "token reused"})


async def log_out(database: Database, settings: Settings, token: str) -> None:
    """Ends the session of a refresh token; one that has ended already is fine. Raises BadToken."""
    claims, _ = tokens.read(tokens.signing_key(settings), tokens.REFRESH, tokens.Session, token)
    workspace_id = ids.read("ws", claims.ws)
    async with database.transaction(workspace_id) as db:
        person_id = await store.end_session(db, workspace_id, claims.sid)
        if person_id is not None:
            subject = ids.show("usr", person_id)
            await audit.record_system(db, workspace_id, "session.ended", subject, {"reason": "log-out"})


def _pair(
    settings: Settings, workspace_id: UUID, session_id: UUID, person_id: UUID, role: str, now: datetime
) -> Tokens:
    key = tokens.signing_key(settings)
    outer = ids.show("ws", workspace_id), ids.show("usr", person_id)
    claims = tokens.Session(session_id, outer[1], outer[0])
    return Tokens(
        access_token=tokens.sign(key, tokens.ACCESS, claims, now, ACCESS_LIFETIME),
        expires_in=int(ACCESS_LIFETIME.total_seconds()),
        refresh_token=tokens.sign(key, tokens.REFRESH, claims, now, REFRESH_LIFETIME),
        workspace_id=outer[0],
        person_id=outer[1],
        role=role,
    )
