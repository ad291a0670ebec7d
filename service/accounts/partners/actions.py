"""A partner's log-in: mailing a code, taking it or an invitation for a session, exchanging its tokens."""

import hmac
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from service.accounts import audit, tokens
from service.accounts.callers import CHALLENGE, Caller
from service.accounts.partners import store
from service.accounts.partners.schemas import MembershipView, PartnerLogIn, PartnerTokens
from service.accounts.partners.store import PartnerMembership
from service.accounts.problems import BadToken, ChoosePartner, InvitationEnded, WrongCode
from service.accounts.roles import PARTNER
from service.accounts.schemas import email_key
from service.accounts.sessions.actions import ACCESS_LIFETIME, REFRESH_LIFETIME
from service.kit import clock, ids, mail
from service.kit.db import Connection, Database
from service.kit.problems import InvalidInput
from service.settings import Settings, derive_key

CODE_LIFETIME = timedelta(minutes=10)
MOST_TRIES = 5
MAIL = mail.Words(
    tr=(
        "Giriş kodunuz: {code}",
        "Merhaba,\n\niş ortağı hesabınıza giriş kodunuz:\n\n{code}\n\nKod on dakika geçerlidir. Siz "
        "istemediyseniz bir şey yapmanız gerekmez.\n",
    ),
    en=(
        "Your code: {code}",
        "Hello,\n\nthe code to log in to your partner account is:\n\n{code}\n\nIt is good for ten minutes. "
        "If it wasn't you, there is nothing to do.\n",
    ),
)


async def send_code(database: Database, settings: Settings, email: str) -> None:
    """Mails a code if the address may act for a partner. Whether it may, the table of codes doesn't tell."""
    key, code = email_key(email), f"{secrets.randbelow(10**8):08d}"
    async with database.connection() as db:
        await store.put_code(db, _address(settings, key), _hashed(settings, key, code), CODE_LIFETIME)
        places = await store.memberships(db, key)
    if places:
        async with database.transaction(places[0].workspace_id) as db:
            words = mail.compose(email.strip(), MAIL, places[0].locale, code=code)
            await mail.send(db, places[0].workspace_id, words)


async def log_in(database: Database, settings: Settings, data: PartnerLogIn) -> PartnerTokens:
    """A new session. Raises WrongCode, ChoosePartner, InvitationEnded, InvalidInput."""
    if data.invitation is not None:
        return await _accept(database, settings, data.invitation)
    if data.email is None or data.code is None:
        raise InvalidInput(
            "give an address with its code, or an invitation",
            errors=[{"path": name, "message": "is required"} for name in ("email", "code")],
        )
    key = email_key(data.email)
    wanted = _hashed(settings, key, data.code)
    address = _address(settings, key)
    async with database.connection() as db:
        stored = await store.try_code(db, address, MOST_TRIES)
        places = await store.memberships(db, key)
    if stored is None or not hmac.compare_digest(stored, wanted) or not places:
        raise WrongCode
    chosen = _chosen(places, data.partner_id)
    async with database.connection() as db:
        if await store.use_code(db, address, wanted) is None:
            raise WrongCode
    async with database.transaction(chosen.workspace_id, chosen.partner_id) as db:
        return await _begin(db, settings, key, chosen, places)


def _chosen(places: list[PartnerMembership], partner_id: str | None) -> PartnerMembership:
    """The partner to act for. Who names one that isn't theirs learns as little as with a wrong code."""
    if partner_id is not None:
        places = [one for one in places if ids.show("prt", one.partner_id) == partner_id]
        if not places:
            raise WrongCode
    if len(places) > 1:
        raise ChoosePartner("log in again with a partner_id", partners=_views(places))
    return places[0]


async def _accept(database: Database, settings: Settings, token: str) -> PartnerTokens:
    async with database.connection() as db:
        place = await store.find_invitation(db, tokens.digest(token))
    if place is None:
        raise WrongCode
    async with database.transaction(place.workspace_id) as db:
        claimed = await store.claim_invitation(db, place.workspace_id, place.id)
        if claimed is None:
            raise InvitationEnded("it was used, taken back, or is too old")
        await store.let_in(
            db, place.workspace_id, ids.new(), claimed.partner_id, claimed.email, claimed.email_key
        )
        places = await store.memberships(db, claimed.email_key)
        chosen = next((one for one in places if one.partner_id == claimed.partner_id), None)
        if chosen is None:
            raise InvitationEnded("the partner is archived")
        return await _begin(db, settings, claimed.email_key, chosen, places)


async def switch(database: Database, settings: Settings, caller: Caller, partner_id: str) -> PartnerTokens:
    """A session for another partner of the same address. Raises WrongCode, BadToken."""
    if caller.session_id is None:
        raise BadToken("a key acts for one partner", headers=CHALLENGE)
    async with database.connection() as db:
        session = await store.find_session(db, caller.session_id)
        places = [] if session is None else await store.memberships(db, session.email_key)
    if session is None:
        raise BadToken("the session has ended", headers=CHALLENGE)
    chosen = _chosen(places, partner_id)
    async with database.transaction(chosen.workspace_id, chosen.partner_id) as db:
        return await _begin(db, settings, session.email_key, chosen, places)


async def _begin(
    db: Connection,
    settings: Settings,
    key: str,
    chosen: PartnerMembership,
    places: list[PartnerMembership],
) -> PartnerTokens:
    session_id = ids.new()
    made = _pair(settings, chosen, session_id, await clock.now(db), places)
    await store.sweep_sessions(db, chosen.workspace_id, chosen.partner_id)
    await store.add_session(
        db,
        chosen.workspace_id,
        session_id,
        chosen.partner_id,
        key,
        tokens.digest(made.refresh_token),
        REFRESH_LIFETIME,
    )
    caller = Caller(chosen.workspace_id, "partner", chosen.partner_id, PARTNER, frozenset({PARTNER}))
    await audit.record(db, caller, "session.opened", caller.name)
    return made


async def refresh(database: Database, settings: Settings, token: str) -> PartnerTokens:
    """The next pair of tokens. A refresh token that is used twice ends its session. Raises BadToken."""
    claims, end = tokens.read(tokens.signing_key(settings), tokens.PARTNER_REFRESH, tokens.Session, token)
    async with database.connection() as db:
        session = await store.find_session(db, claims.sid)
        places = [] if session is None else await store.memberships(db, session.email_key)
    if session is None or session.now >= end:
        raise BadToken("the session has ended", headers=CHALLENGE)
    chosen = next(one for one in places if one.partner_id == session.partner_id)
    made = _pair(settings, chosen, claims.sid, session.now, places)
    digests = tokens.digest(token), tokens.digest(made.refresh_token)
    async with database.transaction(session.workspace_id, session.partner_id) as db:
        rotated = await store.rotate(db, session.workspace_id, claims.sid, *digests, REFRESH_LIFETIME)
        if rotated is None:
            await store.end_session(db, session.workspace_id, claims.sid)
    # Raised behind the transaction, which has to keep the session's end.
    if rotated is None:
        raise BadToken("the refresh token was used before: the session is ended", headers=CHALLENGE)
    return made


async def log_out(database: Database, settings: Settings, token: str) -> None:
    """Ends the session of a refresh token; one that has ended already is fine. Raises BadToken."""
    claims, _ = tokens.read(tokens.signing_key(settings), tokens.PARTNER_REFRESH, tokens.Session, token)
    workspace_id = ids.read("ws", claims.ws)
    async with database.transaction(workspace_id) as db:
        await store.end_session(db, workspace_id, claims.sid)


async def end(database: Database, caller: Caller) -> None:
    """Ends the caller's own session; a key has none."""
    if caller.session_id is not None:
        async with database.transaction(caller.workspace_id) as db:
            await store.end_session(db, caller.workspace_id, caller.session_id)


def _pair(
    settings: Settings,
    chosen: PartnerMembership,
    session_id: UUID,
    now: datetime,
    places: list[PartnerMembership],
) -> PartnerTokens:
    key = tokens.signing_key(settings)
    partner_id = ids.show("prt", chosen.partner_id)
    claims = tokens.Session(session_id, partner_id, ids.show("ws", chosen.workspace_id))
    return PartnerTokens(
        access_token=tokens.sign(key, tokens.PARTNER_ACCESS, claims, now, ACCESS_LIFETIME),
        expires_in=int(ACCESS_LIFETIME.total_seconds()),
        refresh_token=tokens.sign(key, tokens.PARTNER_REFRESH, claims, now, REFRESH_LIFETIME),
        partner_id=partner_id,
        memberships=_views(places),
    )


def _views(places: list[PartnerMembership]) -> list[MembershipView]:
    return [MembershipView(ids.show("prt", one.partner_id), one.partner, one.workspace) for one in places]


def _address(settings: Settings, key: str) -> bytes:
    return hmac.digest(derive_key(settings, "addresses of log-in codes"), key.encode(), "sha256")


def _hashed(settings: Settings, key: str, code: str) -> bytes:
    """Keyed, as eight digits alone are found again in a second; with the address, as codes repeat."""
    text = f"{key}\0{code}".encode()
    return hmac.digest(derive_key(settings, "log-in codes"), text, "sha256")
