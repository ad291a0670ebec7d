"""Asking people: links, and mails through the gate."""

from uuid import UUID

from msgspec import structs

from service.accounts.labels.registry import Language
from service.accounts.workspaces.store import get_workspace
from service.advocacy.consents import gate
from service.advocacy.consents.actions import vault
from service.advocacy.consents.addresses import address_key, normal
from service.advocacy.problems import SurveyClosed
from service.advocacy.surveys import store, tokens, wording
from service.advocacy.surveys.schemas import (
    InviteResult,
    InviteResults,
    InviteRow,
    InviteValues,
    NewInvite,
    NewInvites,
    SurveyRow,
)
from service.advocacy.surveys.tokens import Link
from service.conversions.customers import external_key
from service.kit import ids, mail
from service.kit.db import Connection
from service.kit.problems import InvalidInput
from service.settings import Settings, derive_key, public_url

KEY = "nps links"
PATH = "/n/"


async def invite(
    db: Connection, settings: Settings, workspace_id: UUID, survey: SurveyRow, data: NewInvites
) -> InviteResults:
    """Asks everybody who wasn't asked before, and may be. Raises SurveyClosed, and InvalidInput with every
    failing item."""
    if survey.status == "closed":
        raise SurveyClosed
    _check(workspace_id, data)
    brand = survey.brand or (await get_workspace(db, workspace_id)).name
    asker = _Asker(db, settings, workspace_id, structs.replace(survey, brand=brand))
    results = []
    for at, item in enumerate(data.invites):
        results.append(await asker.ask(at, item, send=data.send))
    told = [result.status for result in results]
    counts = (told.count("created"), told.count("sent"), told.count("known"), told.count("refused"))
    return InviteResults(results, *counts)


def link(settings: Settings, workspace_id: UUID, invite_id: UUID) -> str:
    """The address of an invitation's page."""
    token = tokens.write(derive_key(settings, KEY), Link(workspace_id, invite_id))
    return public_url(settings) + PATH + token


class _Asker:
    """Asks the people of one request, one after another."""

    def __init__(self, db: Connection, settings: Settings, workspace_id: UUID, survey: SurveyRow) -> None:
        self.db, self.settings, self.workspace_id, self.survey = db, settings, workspace_id, survey
        self.sealing = vault(settings)

    async def ask(self, at: int, item: NewInvite, *, send: bool) -> InviteResult:
        """What becomes of an item."""
        values = self._values(item)
        reason = None
        if send and item.email is not None:
            found = await gate.may_send(
                self.db, self.workspace_id, "email", item.email, "survey", item.recipient_type
            )
            reason = found.reason
            if not found.allowed:
                return InviteResult(at, "refused", reason, None, None)
        row = await self._add(ids.new(), values, send)
        if row is None:
            return await self._known(at, values)
        url = link(self.settings, self.workspace_id, row.id)
        if send and item.email is not None:
            written = self._written(item.email, values.language, url)
            await gate.send_mail(self.db, self.workspace_id, written, "survey", item.recipient_type)
        return InviteResult(at, "sent" if send else "created", reason, url, row.expires_at)

    def _values(self, item: NewInvite) -> InviteValues:
        key = None if item.email is None else address_key(self.workspace_id, "email", item.email)
        plain = None if item.email is None else normal("email", item.email)
        return InviteValues(
            address_key=key,
            sealed=None if key is None or plain is None else self.sealing.seal(plain.encode(), key),
            person_key=external_key(self.workspace_id, item.shop.strip(), item.external_id),
            segment=item.segment,
            language=item.language or self.survey.language,
        )

    async def _add(self, invite_id: UUID, values: InviteValues, sent: bool) -> InviteRow | None:
        told = structs.asdict(values) | {"sent": sent, "days": self.survey.days}
        return await store.add_invite(self.db, self.workspace_id, invite_id, self.survey.id, **told)

    async def _known(self, at: int, values: InviteValues) -> InviteResult:
        whose = (values.address_key, values.person_key)
        row = await store.find_invite(self.db, self.workspace_id, self.survey.id, *whose)
        if row is None:
            return InviteResult(at, "known", None, None, None)
        url = link(self.settings, self.workspace_id, row.id)
        return InviteResult(at, "known", None, url, row.expires_at)

    def _written(self, email: str, language: Language, url: str) -> mail.Mail:
        brand = one_line(self.survey.brand or "")
        own = self.survey.question_en if language == "en" else self.survey.question_tr
        question = one_line(wording.question(brand, own, language))
        stop = f"{url}/stop"
        values = {"brand": brand, "question": question, "link": url, "stop": stop}
        written = mail.compose(email.strip(), wording.MAIL, language, days=str(self.survey.days), **values)
        return structs.replace(written, unsubscribe=stop)


def one_line(text: str) -> str:
    """A text as it can stand in a mail's subject.

    >>> one_line("Kahve\\n Durağı")
    'Kahve Durağı'
    """
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _check(workspace_id: UUID, data: NewInvites) -> None:
    errors = []
    for at, item in enumerate(data.invites):
        path = f"invites[{at}]."
        if item.email is None and data.send:
            errors.append({"path": f"{path}email", "message": "is needed to send a mail"})
        elif item.email is not None and address_key(workspace_id, "email", item.email) is None:
            errors.append({"path": f"{path}email", "message": "is no e-mail address"})
        if item.external_id is not None and external_key(workspace_id, "", item.external_id) is None:
            errors.append({"path": f"{path}external_id", "message": "names nobody"})
    if errors:
        raise InvalidInput("people who can't be asked", errors=errors)
