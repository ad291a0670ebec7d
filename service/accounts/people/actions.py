"""A new password: by who knows the old one, or by who reads the person's mail."""

import hmac
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import timedelta

from service.accounts import audit, tokens
from service.accounts import store as entry
from service.accounts.callers import Caller
from service.accounts.people import passwords, store
from service.accounts.people.schemas import PasswordChange, PasswordReset
from service.accounts.people.store import PersonRow
from service.accounts.problems import BadToken, NoSession, WrongLogin
from service.accounts.schemas import Tokens, email_key
from service.accounts.sessions.actions import open_session
from service.accounts.workspaces import store as workspaces
from service.kit import clock, ids, mail
from service.kit.db import Connection, Database
from service.settings import Settings, public_url

LINK_LIFETIME = timedelta(hours=1)
MAIL = mail.Words(
    tr=(
        "elci parolanız",
        "Merhaba {name},\n\nBu adres için yeni bir parola istendi. Bir saat içinde şu belirteçle yeni bir "
        "parola belirleyebilirsiniz:\n\n{token}\n\n({address})\n\nSiz istemediyseniz bir şey yapmanız "
        "gerekmez.\n",
    ),
    en=(
        "Your elci password",
        "Hello {name},\n\na new password was asked for at this address. Within an hour you can set one with "
        "this token:\n\n{token}\n\n({address})\n\nIf it wasn't you, there is nothing to do.\n",
    ),
)


async def change(
    begin: Callable[[], AbstractAsyncContextManager[Connection]],
    settings: Settings,
    caller: Caller,
    data: PasswordChange,
) -> Tokens:
    """Ends every session of the person and opens a new one. Raises NoSession, WrongLogin."""
    if caller.kind != "person":
        raise NoSession("a key has no password")
    async with begin() as db:
        person = await store.get_person(db, caller.id)
    valid, _ = await passwords.matches(data.current_password, person.password_hash)
    if not valid:
        raise WrongLogin("the current password is another one")
    new_hash = await passwords.hashed(data.new_password)
    async with begin() as db:
        if await store.change_password(db, person.id, person.password_hash, new_hash) is None:
            raise WrongLogin("the password has just been changed")
        await audit.record(db, caller, "password.changed", caller.name)
        return await open_session(db, settings, caller.workspace_id, caller.id, caller.role)


async def send_link(database: Database, settings: Settings, email: str) -> None:
    """Mails a token to the person of an address; where there is none, nothing happens."""
    async with database.connection() as db:
        person = await store.find_person(db, email_key(email))
        places = await entry.memberships(db, person.id) if person else []
    if person is None or not places:
        return
    async with database.transaction(places[0].workspace_id) as db:
        language = (await workspaces.get_workspace(db, places[0].workspace_id)).locale
        claims = tokens.Reset(ids.show("usr", person.id), _fingerprint(settings, person))
        key = tokens.signing_key(settings)
        token = tokens.sign(key, tokens.RESET, claims, await clock.now(db), LINK_LIFETIME)
        address = public_url(settings) + "/v1/auth/password/reset"
        words = mail.compose(person.email, MAIL, language, name=person.name, token=token, address=address)
        await mail.send(db, places[0].workspace_id, words)


async def reset(database: Database, settings: Settings, data: PasswordReset) -> None:
    """Sets the password. The token is good once: it names the password it replaces. Raises BadToken."""
    claims, end = tokens.read(tokens.signing_key(settings), tokens.RESET, tokens.Reset, data.token)
    async with database.connection() as db:
        person = await store.get_person(db, ids.read("usr", claims.sub))
        late = await clock.now(db) >= end
    if late or not hmac.compare_digest(claims.was, _fingerprint(settings, person)):
        raise BadToken("the token is too old, or was used")
    new_hash = await passwords.hashed(data.password)
    async with database.connection() as db:
        if await store.change_password(db, person.id, person.password_hash, new_hash) is None:
            raise BadToken("the token was used")
        places = await entry.memberships(db, person.id)
    for place in places:
        async with database.transaction(place.workspace_id) as db:
            await audit.record_system(
                db, place.workspace_id, "password.changed", ids.show("usr", person.id), {"by": "mail"}
            )


def _fingerprint(settings: Settings, person: PersonRow) -> str:
    return hmac.new(tokens.signing_key(settings), person.password_hash.encode(), "sha256").hexdigest()
