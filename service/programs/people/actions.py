"""A brand lets people in to act for its partners."""

from service.accounts import audit
from service.accounts.callers import Caller
from service.accounts.partners.people import actions, store
from service.accounts.partners.people.schemas import PartnerInvitation
from service.accounts.workspaces import store as workspaces
from service.kit import ids, mail
from service.kit.db import Connection
from service.programs import store as partners
from service.programs.events import PartnersMerged
from service.programs.notices import sending
from service.programs.people.schemas import NewPartnerInvitation
from service.programs.preferences import store as preferences
from service.programs.problems import NoAddress, PartnerArchived, PartnerMerged, TooManyPeople
from service.programs.schemas import PartnerRow
from service.settings import Settings, public_url

MOST_PEOPLE = 200
MAIL = mail.Words(
    tr=(
        "{brand} sizi iş ortağı olarak davet ediyor",
        "Merhaba,\n\n{brand} sizi {partner} adına bağlantılarınızı, satışlarınızı ve kazancınızı görmeye "
        "davet ediyor. Daveti on dört gün içinde buradan kabul edebilirsiniz:\n\n{link}\n\nBağlantı bir kez "
        "çalışır. Sonraki girişlerinizde bu adrese bir kod gönderilir.\n",
    ),
    en=(
        "{brand} invites you as a partner",
        "Hello,\n\n{brand} invites you to see links, sales and earnings of {partner}. You can accept within "
        "fourteen days here:\n\n{link}\n\nThe link works once. Later a code is mailed to this address "
        "whenever you log in.\n",
    ),
)


async def invite(
    db: Connection,
    settings: Settings,
    caller: Caller,
    row: PartnerRow,
    data: NewPartnerInvitation,
    *,
    words: mail.Words = MAIL,
    unsubscribe: str | None = None,
) -> PartnerInvitation:
    """Invites somebody by mail; `row` is locked. `unsubscribe`: what ends mails with these words. Raises
    PartnerMerged, PartnerArchived, NoAddress, TooManyPeople."""
    email = data.email or row.email
    await _check(db, caller, row)
    if email is None:
        raise NoAddress
    invited = await actions.invite(db, caller.workspace_id, row.id, email)
    locale = (await preferences.get_preferences(db, caller.workspace_id, row.id)).locale
    brand = (await workspaces.get_workspace(db, caller.workspace_id)).name
    link = public_url(settings) + invited.path
    # A mail's subject holds one line; a partner's name may have been typed in with a break.
    names = {"brand": " ".join(brand.split()), "partner": " ".join(row.name.split())}
    written = mail.compose(email.strip(), words, data.language or locale, link=link, **names)
    if unsubscribe is not None:
        written = sending.stoppable(written, unsubscribe)
    await mail.send(db, caller.workspace_id, written)
    shown = actions.invitation(invited.row)
    await audit.record(db, caller, "partner.invited", shown.partner_id, {"invitation_id": shown.id})
    return shown


async def _check(db: Connection, caller: Caller, row: PartnerRow) -> None:
    if row.merged_into is not None:
        raise PartnerMerged(f"it is {ids.show('prt', row.merged_into)} now")
    if row.status == "archived":
        raise PartnerArchived
    if await store.count(db, caller.workspace_id, row.id) >= MOST_PEOPLE:
        raise TooManyPeople(f"at most {MOST_PEOPLE}", most=MOST_PEOPLE)


async def follow(db: Connection, event: PartnersMerged) -> None:
    """Handles the event: who acted for a duplicate acts for the partner that stands."""
    await store.move(db, event.workspace_id, event.kept, event.merged)


async def known(db: Connection, caller: Caller, partner_id: str) -> PartnerRow:
    """The partner of a path. Raises UnknownPartner."""
    return await partners.get_partner(db, caller.workspace_id, ids.read("prt", partner_id))
