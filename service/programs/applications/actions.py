"""A program as those see it who may join, and taking their applications in."""

from uuid import UUID

from service.accounts.workspaces import store as workspaces
from service.influencers.identity import clean_handle, fold_handle
from service.kit import clock, ids, mail
from service.kit.db import Connection
from service.kit.problems import InvalidInput
from service.kit.text import fold_tr
from service.programs.applications import answers, store
from service.programs.applications.problems import ApplicationsClosed, OtherTexts
from service.programs.applications.schemas import ApplicationReceived, AppliedAccount, NewApplication
from service.programs.catalogue import store as programs
from service.programs.catalogue.schemas import ProgramRow
from service.programs.names import email_key
from service.programs.pages.schemas import Consent, PublicProgram
from service.programs.pages.showing import consent, is_open, shown
from service.programs.preferences.schemas import Language
from service.programs.problems import UnknownProgram
from service.settings import Settings

LANGUAGES: tuple[Language, Language] = ("tr", "en")
RECEIVED: dict[Language, str] = {
    "tr": "Başvurunuz bize ulaştı. Sonucu e-posta ile bildireceğiz.",
    "en": "We have your application, and will tell you by e-mail what comes of it.",
}


async def public_program(
    db: Connection, workspace_id: UUID, program_id: UUID, language: str | None
) -> PublicProgram:
    """A program's page; without a language in the workspace's. Raises UnknownProgram (of archived ones
    too)."""
    row, brand, locale = await _program(db, workspace_id, program_id)
    versions = await programs.terms_of(db, workspace_id, program_id, row.terms_version + 1, 1)
    return shown(row, versions[0], brand, _language(language, locale), await clock.now(db))


async def apply(
    db: Connection, settings: Settings, workspace_id: UUID, program_id: UUID, data: NewApplication
) -> ApplicationReceived:
    """Takes an application in. Raises UnknownProgram, ApplicationsClosed, OtherTexts, InvalidInput (every
    failing field), BadAddress. Limits on senders and mailboxes are the handler's (`applications.limits`)."""
    row, brand, locale = await _program(db, workspace_id, program_id)
    language = _language(data.language, locale)
    received = ApplicationReceived("received", RECEIVED[language])
    if data.fax.strip():
        return received
    agreed, spoken = _check(row, brand, data)
    key = email_key(data.email) or ""
    accounts = [AppliedAccount(one.platform, clean_handle(one.handle) or "") for one in data.accounts]
    await store.keep_consent(db, workspace_id, agreed.version, spoken, agreed.text)
    await store.add_application(
        db,
        workspace_id,
        ids.new(),
        program_id,
        " ".join(data.name.split()),
        fold_tr(data.name),
        data.email.strip(),
        key,
        accounts,
        sorted({f"{one.platform}:{fold_handle(one.handle)}" for one in accounts}),
        data.website,
        {name: value for name, value in data.answers.items() if not answers.is_empty(value)},
        language,
        data.terms_version,
        agreed.version,
    )
    return received


def _check(row: ProgramRow, brand: str, data: NewApplication) -> tuple[Consent, Language]:
    """The text that was agreed to, and its language."""
    if not is_open(row):
        raise ApplicationsClosed
    found = list(answers.faults(row.page.questions, data.answers))
    if found:
        errors = [{"path": path, "message": message} for path, message in found]
        raise InvalidInput("answers that don't fit the form", errors=errors[:100])
    mail.check(data.email.strip())
    texts = {language: consent(row.page, brand, language) for language in LANGUAGES}
    for language, text in texts.items():
        if text.version == data.consent_version and data.terms_version == row.terms_version:
            return text, language
    version = texts[data.language or "tr"].version
    raise OtherTexts(
        "show the program's texts again", terms_version=row.terms_version, consent_version=version
    )


async def _program(db: Connection, workspace_id: UUID, program_id: UUID) -> tuple[ProgramRow, str, str]:
    """The program, the brand's name, its language."""
    row = await programs.get_program(db, workspace_id, program_id)
    if row.status == "archived":
        raise UnknownProgram
    workspace = await workspaces.get_workspace(db, workspace_id)
    return row, workspace.name, workspace.locale


def _language(chosen: str | None, locale: str) -> Language:
    return "en" if (chosen or locale) == "en" else "tr"
