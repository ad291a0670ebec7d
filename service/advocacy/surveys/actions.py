"""Making and changing surveys; answers, refusals and forgetting."""

from uuid import UUID

from msgspec import UNSET, structs

from service.accounts import audit
from service.accounts.callers import Caller
from service.advocacy.consents import actions as consents
from service.advocacy.consents import store as consent_store
from service.advocacy.consents.schemas import Entry
from service.advocacy.surveys import answering, store
from service.advocacy.surveys.answering import Answer
from service.advocacy.surveys.schemas import Invited, NewSurvey, PageState, SurveyPatch, SurveyRow
from service.advocacy.surveys.tokens import Link
from service.conversions.customers import email_key
from service.influencers.events import InfluencersErased
from service.influencers.profiles.store import contacts_of
from service.kit import ids
from service.kit.db import Connection
from service.kit.problems import InvalidInput
from service.kit.text import is_storable
from service.settings import Settings

REFUSED_AT = "HS_WEB"


async def make(db: Connection, caller: Caller, data: NewSurvey) -> SurveyRow:
    """A new survey. Raises InvalidInput."""
    values = structs.asdict(data)
    _check(values)
    survey_id = ids.new()
    await store.add_survey(db, caller.workspace_id, survey_id, **values, created_by=caller.name)
    await audit.record(db, caller, "survey.created", ids.show("nps", survey_id))
    return await store.get_survey(db, caller.workspace_id, survey_id)


async def change(db: Connection, caller: Caller, survey_id: UUID, data: SurveyPatch) -> SurveyRow:
    """Changes what is sent. Raises UnknownSurvey, InvalidInput."""
    row = await store.get_survey(db, caller.workspace_id, survey_id)
    sent = {name: value for name, value in structs.asdict(data).items() if value is not UNSET}
    _check(sent)
    made = {name: getattr(row, name) for name in SurveyPatch.__struct_fields__} | sent
    await store.change_survey(db, caller.workspace_id, survey_id, **made)
    await audit.record(db, caller, "survey.changed", ids.show("nps", survey_id), {"fields": sorted(sent)})
    return await store.get_survey(db, caller.workspace_id, survey_id)


async def answer(db: Connection, link: Link, invited: Invited, said: Answer) -> PageState:
    """Takes an answer; how it stands afterwards. The first one counts."""
    now = answering.state(invited)
    if now != "open" or said.score is None:
        return now
    values = (said.score, said.comment, invited.segment, invited.language)
    await store.answer(db, link.workspace_id, link.invite_id, invited.survey_id, *values)
    return "answered"


async def refuse(db: Connection, settings: Settings, link: Link, invited: Invited) -> bool:
    """Whoever was asked wants no more mails; False where there is no address."""
    if invited.sealed is None or invited.address_key is None:
        return False
    opened = consents.vault(settings).open(invited.sealed, invited.address_key).decode()
    newest = await consent_store.newest(db, link.workspace_id, "email", invited.address_key)
    if newest is not None and newest.status == "withdrawn" and newest.occurred_at <= invited.now:
        return True
    entry = Entry(
        channel="email",
        address=opened,
        address_key=invited.address_key,
        person_key=None,
        recipient_type="individual" if newest is None else newest.recipient_type,
        status="withdrawn",
        source=REFUSED_AT,
        text_version=None,
        origin="own",
        occurred_at=invited.now,
    )
    await consents.put(db, settings, link.workspace_id, [entry])
    return True


async def forget_influencers(db: Connection, event: InfluencersErased) -> None:
    """By the addresses that are known of them."""
    rows = await contacts_of(db, event.workspace_id, event.ids)
    keys = [email_key(event.workspace_id, row.email) for row in rows]
    await store.forget(db, event.workspace_id, [key for key in keys if key is not None])


def _check(values: dict[str, object]) -> None:
    errors = [
        {"path": name, "message": "holds a NUL character or half of a character"}
        for name, value in values.items()
        if isinstance(value, str) and not is_storable(value)
    ]
    if errors:
        raise InvalidInput("a survey that can't be", errors=errors)
