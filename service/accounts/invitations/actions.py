"""Inviting, and accepting an invitation."""

from datetime import timedelta
from uuid import UUID

from msgspec import Struct

from service.accounts import audit, tokens
from service.accounts import store as entry
from service.accounts.callers import Caller
from service.accounts.invitations import store
from service.accounts.invitations.schemas import Acceptance, InvitationRow
from service.accounts.members import store as members
from service.accounts.people import passwords
from service.accounts.people import store as people
from service.accounts.people.store import PersonRow
from service.accounts.problems import InvitationEnded, UnknownInvitation, WrongLogin
from service.accounts.roles import ROLES
from service.accounts.schemas import Tokens, email_key
from service.accounts.sessions.actions import open_session
from service.accounts.store import FoundInvitation
from service.kit import ids
from service.kit.db import Connection, Database
from service.kit.problems import InvalidInput
from service.settings import Settings

LIFETIME = timedelta(days=7)
PATH = "/v1/invitations/{}/accept"
SHORTEST_PASSWORD = 10


class Invited(Struct):
    """An invitation and the path of its link, which is known only now."""

    row: InvitationRow
    path: str


async def invite(db: Connection, workspace_id: UUID, email: str, role: str) -> Invited:
    """A new invitation in place of an open one to the same address."""
    token = tokens.random_text(40)
    key = email_key(email)
    await store.replace_invitation(db, workspace_id, key)
    row = await store.add_invitation(
        db, workspace_id, ids.new(), email.strip(), key, role, tokens.digest(token), LIFETIME
    )
    return Invited(row, PATH.format(token))


async def found(database: Database, token: str) -> FoundInvitation:
    """Where the invitation of a token lies. Raises UnknownInvitation."""
    async with database.connection() as db:
        place = await entry.find_invitation(db, tokens.digest(token))
    if place is None:
        raise UnknownInvitation("no invitation has this link")
    return place


async def accept(database: Database, settings: Settings, token: str, data: Acceptance) -> Tokens:
    """A new member, logged in. Raises UnknownInvitation, InvitationEnded, WrongLogin, InvalidInput."""
    place = await found(database, token)
    async with database.transaction(place.workspace_id) as db:
        invitation = await store.get_invitation(db, place.workspace_id, place.id)
        person = await people.find_person(db, email_key(invitation.email))
    if invitation.status != "open":
        raise InvitationEnded(f"it is {invitation.status}")
    new_hash = None if person else await _first_password(data)
    if person:
        await _check_password(person, data.password)
    async with database.transaction(place.workspace_id) as db:
        return await _join(db, settings, place, person, data.name or "", new_hash)


async def _first_password(data: Acceptance) -> str:
    errors = []
    if len(data.password) < SHORTEST_PASSWORD:
        errors.append({"path": "password", "message": f"needs {SHORTEST_PASSWORD} characters or more"})
    if data.name is None:
        errors.append({"path": "name", "message": "is required"})
    if errors:
        raise InvalidInput("a new person needs a name and a password", errors=errors)
    return await passwords.hashed(data.password)


async def _check_password(person: PersonRow, password: str) -> None:
    valid, _ = await passwords.matches(password, person.password_hash)
    if not valid:
        raise WrongLogin("give the password that you already have for this address")


async def _join(
    db: Connection,
    settings: Settings,
    place: FoundInvitation,
    person: PersonRow | None,
    name: str,
    new_hash: str | None,
) -> Tokens:
    claimed = await store.claim_invitation(db, place.workspace_id, place.id)
    if claimed is None:
        raise InvitationEnded("it has just been accepted or taken back")
    person_id = person.id if person else ids.new()
    if new_hash is not None:
        await people.add_person(db, person_id, claimed.email, email_key(claimed.email), name, new_hash)
    await members.add_member(db, place.workspace_id, person_id, claimed.role)
    caller = Caller(place.workspace_id, "person", person_id, claimed.role, ROLES[claimed.role])
    await audit.record(db, caller, "invitation.accepted", ids.show("inv", place.id), {"role": claimed.role})
    return await open_session(db, settings, place.workspace_id, person_id, claimed.role)
