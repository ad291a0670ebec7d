"""Setting a page to join on up, showing it, and taking in who asks to join."""

import secrets
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec import Struct

from service.accounts.workspaces import store as workspaces
from service.advocacy.consents import gate
from service.advocacy.pages import addresses, checks, showing, store, tokens, wording
from service.advocacy.pages.problems import JoiningClosed, OtherJoinTexts
from service.advocacy.pages.schemas import (
    FoundPage,
    JoiningForm,
    JoiningReceived,
    JoinPageRow,
    JoinRequestRow,
    NewJoinPage,
    PublicJoinPage,
    Written,
)
from service.advocacy.surveys.inviting import one_line
from service.advocacy.terms import store as terms
from service.advocacy.terms.actions import must_have_advocates
from service.advocacy.terms.shapes import AdvocacyTerms
from service.conversions.customers import email_key
from service.kit import clock, ids, keys, mail
from service.kit.db import Connection
from service.kit.problems import InvalidInput, NotFound
from service.kit.secrets import Vault
from service.links.catalogue import actions as links
from service.links.catalogue import checks as link_checks
from service.links.catalogue.schemas import NewLink
from service.links.codes import ALPHABET
from service.programs.applications import store as texts
from service.programs.catalogue import store as programs
from service.programs.preferences.schemas import Language
from service.programs.problems import UnknownProgram
from service.settings import Settings, derive_key, public_url

KEY = "joining links"
_TOKEN = 12


class Place(Struct, frozen=True):
    """A page with all that it shows. `closed`: why nobody joins now."""

    page: JoinPageRow
    program: str
    brand: str
    locale: str
    closed: checks.Closed | None
    terms: AdvocacyTerms | None
    now: datetime


async def place(db: Connection, workspace_id: UUID, program_id: UUID) -> Place:
    """A program's page. Raises UnknownProgram (of archived ones too), NoJoinPage."""
    program = await programs.get_brief(db, workspace_id, program_id)
    if program.status == "archived":
        raise UnknownProgram
    page = await store.get_page(db, workspace_id, program_id)
    now = await clock.now(db)
    agreed = await _terms(db, workspace_id, program_id, now)
    workspace = await workspaces.get_workspace(db, workspace_id)
    closed = checks.closed(page, program.status, agreed, now)
    return Place(page, program.name, workspace.name, workspace.locale, closed, agreed, now)


async def _terms(db: Connection, workspace_id: UUID, program_id: UUID, now: datetime) -> AdvocacyTerms | None:
    row = await terms.terms_at(db, workspace_id, program_id, now)
    return None if row is None else row.terms


async def put(
    db: Connection, settings: Settings, workspace_id: UUID, program_id: UUID, data: NewJoinPage
) -> Place:
    """The page as it was sent, whole. Raises UnknownProgram, NoAdvocacy, InvalidInput (every failing
    field)."""
    await must_have_advocates(db, workspace_id, program_id)
    faults = checks.faults(data, await _terms(db, workspace_id, program_id, await clock.now(db)))
    if data.url is not None:
        faults += await _link_faults(db, settings, workspace_id, data.url)
    if faults:
        raise InvalidInput("a page that can't be", errors=faults)
    token = "".join(secrets.choice(ALPHABET) for _ in range(_TOKEN))
    given = (data.slug, data.enabled, data.url, data.code_pattern, data.member, data.customers_only)
    await store.put_page(db, workspace_id, program_id, token, *given, data.marketing, data.texts)
    return await place(db, workspace_id, program_id)


async def _link_faults(
    db: Connection, settings: Settings, workspace_id: UUID, url: str
) -> list[checks.Fault]:
    """What everybody's link would be refused for."""
    try:
        link_checks.values(NewLink(url=url), await links.grounds(db, workspace_id, settings))
    except link_checks.Faulty as error:
        return [dict(fault) for fault in error.faults]
    return []


async def public_page(
    db: Connection, workspace_id: UUID, program_id: UUID, language: Language | None
) -> PublicJoinPage:
    """The page in one language, without one in the brand's. Raises UnknownProgram, NoJoinPage."""
    found = await place(db, workspace_id, program_id)
    return public(found, language or ("en" if found.locale == "en" else "tr"))


def public(found: Place, language: Language) -> PublicJoinPage:
    """What is shown of a page."""
    return showing.public(found.page, found.program, found.brand, found.closed is None, language)


async def ask(
    db: Connection, settings: Settings, workspace_id: UUID, program_id: UUID, data: JoiningForm
) -> JoiningReceived:
    """Takes a form in and mails a link to confirm. What happens, and how long it takes, is the same whoever
    the address belongs to.

    Raises UnknownProgram, NoJoinPage, JoiningClosed, OtherJoinTexts, BadAddress.
    """
    found = await place(db, workspace_id, program_id)
    language: Language = data.language or ("en" if found.locale == "en" else "tr")
    received = JoiningReceived("received", wording.RECEIVED[language])
    if data.fax.strip():
        return received
    if found.closed is not None:
        raise JoiningClosed
    await _keep_texts(db, workspace_id, found, data)
    email = data.email.strip()
    mail.check(email)
    key = email_key(workspace_id, email)
    if key is None:
        raise mail.BadAddress
    request_id = ids.new()
    brought_by, referral_id = await _invited_by(db, workspace_id, program_id, data.ref)
    written = Written(" ".join(data.name.split()), email, _named(data.board_name))
    await store.add_request(
        db,
        workspace_id,
        request_id,
        program_id,
        key,
        vault().seal(msgspec.json.encode(written), request_id.bytes),
        language,
        brought_by,
        referral_id,
        data.consent_version,
        data.marketing_version,
        wording.DAYS,
    )
    values = {
        "brand": one_line(found.brand),
        "program": one_line(found.program),
        "days": str(wording.DAYS),
        "link": confirming_url(settings, workspace_id, request_id, language),
    }
    letter = mail.compose(email, wording.MAIL, language, **values)
    await gate.send_mail(db, workspace_id, letter, "transactional")
    return received


def _named(board_name: str | None) -> str | None:
    return None if board_name is None else " ".join(board_name.split())


async def _keep_texts(db: Connection, workspace_id: UUID, found: Place, data: JoiningForm) -> None:
    """Keeps what was agreed to, with what was told of the data, as it was shown. Raises OtherJoinTexts."""
    shown = [(language, public(found, language)) for language in wording.LANGUAGES]
    agreed = [(wording.kept(each.notice, each.consent), language) for language, each in shown]
    offered = [(each.marketing, language) for language, each in shown if each.marketing is not None]
    kept = [(text, language) for text, language in agreed if text.version == data.consent_version][:1]
    if data.marketing_version is not None:
        kept += [pair for pair in offered if pair[0].version == data.marketing_version][:1]
    if len(kept) < 1 + (data.marketing_version is not None):
        now = public(found, data.language or "tr")
        raise OtherJoinTexts(
            "show the page's texts again",
            consent_version=now.consent.version,
            marketing_version=None if now.marketing is None else now.marketing.version,
        )
    for text, language in kept:
        await texts.keep_consent(db, workspace_id, text.version, language, text.text)


async def _invited_by(
    db: Connection, workspace_id: UUID, program_id: UUID, ref: str | None
) -> tuple[UUID | None, UUID | None]:
    """The advocate whose invitation was opened, and the invitation. What is unknown is nobody's."""
    prefix = (ref or "").partition("_")[0]
    if ref is None or prefix not in ("adv", "ref"):
        return None, None
    try:
        named = ids.read(prefix, ref)
    except NotFound:
        return None, None
    advocate_id = await store.who_invites(db, workspace_id, program_id, named)
    return advocate_id, named if advocate_id is not None and prefix == "ref" else None


def vault() -> Vault:
    """What is written by somebody who has not confirmed yet is sealed with it."""
    return Vault(keys.key("seal joining"))


def written(row: JoinRequestRow) -> Written:
    """What somebody wrote. Raises NotFound once it is there no more."""
    if row.sealed is None:
        raise NotFound
    return msgspec.json.decode(vault().open(row.sealed, row.id.bytes), type=Written)


def confirming_url(settings: Settings, workspace_id: UUID, request_id: UUID, language: Language) -> str:
    """The address in the mail."""
    token = tokens.write(derive_key(settings, KEY), tokens.Asked(workspace_id, request_id))
    return f"{public_url(settings)}{addresses.CONFIRM}{token}?lang={language}"


async def find(db: Connection, name: str) -> FoundPage:
    """Whose page an address is. Raises NotFound."""
    return await store.find_page(db, addresses.token_of(name))
