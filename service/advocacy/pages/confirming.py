"""Who has shown that the address is theirs: they join, or hear why not."""

import secrets
from uuid import UUID

from asyncpg import UniqueViolationError

from service.accounts import audit
from service.advocacy.consents import actions as consents
from service.advocacy.consents.schemas import NewConsent
from service.advocacy.members import actions as members
from service.advocacy.members import store as members_store
from service.advocacy.members.schemas import AdvocateRow, JoiningConsent, NewAdvocate
from service.advocacy.pages import actions, bringing, codes, store
from service.advocacy.pages.actions import Place
from service.advocacy.pages.schemas import Ended, JoinRequestRow, Written
from service.advocacy.rewards import store as rewards
from service.kit import ids
from service.kit.db import Connection
from service.kit.problems import NotFound
from service.links.coupons import codes as coupon_codes
from service.links.coupons import store as coupons
from service.settings import Settings

# How long the page of one's link is there.
DAYS = 3
# Draws until a code is free; of so many none is taken by chance alone.
DRAWS = 20
BY = "join_page"
# A partner of the program, who is no advocate of it, has the address.
ADDRESS_TAKEN = "partners_email"


async def confirm(db: Connection, settings: Settings, workspace_id: UUID, request_id: UUID) -> Ended:
    """Lets somebody in. Repeated, it says how it ended.

    Raises NotFound where the request is over, UnknownProgram, NoJoinPage.
    """
    seen = await store.get_request(db, workspace_id, request_id)
    # Two requests of one address wait for each other, and the second finds the advocate.
    await rewards.take_programs(db, workspace_id, [seen.program_id])
    row = await store.lock_request(db, workspace_id, request_id)
    if row.is_over:
        raise NotFound
    if row.outcome is not None:
        return row.outcome
    place = await actions.place(db, workspace_id, row.program_id)
    wrote = actions.written(row)
    known = await _known(db, workspace_id, row)
    if known is not None:
        return await _again(db, settings, workspace_id, row, known, wrote)
    if place.closed is not None:
        return "closed"
    if place.page.customers_only and not await store.is_customer(db, workspace_id, row.address_key):
        return "customers_only"
    try:
        async with db.transaction():
            advocate = await _join(db, settings, workspace_id, place, row, wrote)
    except UniqueViolationError as error:
        if error.constraint_name != ADDRESS_TAKEN:
            raise
        return "partner"
    await bringing.bring(db, workspace_id, row, advocate, BY)
    await _agreed(db, settings, workspace_id, row, wrote)
    await store.confirm(db, workspace_id, row.id, "joined", advocate.id, DAYS)
    details = {"program_id": ids.show("prg", row.program_id), "joined_by": "page"}
    await audit.record_system(db, workspace_id, "advocate.joined", ids.show("adv", advocate.id), details)
    return "joined"


async def _known(db: Connection, workspace_id: UUID, row: JoinRequestRow) -> AdvocateRow | None:
    """The advocate whose address it is, guests aside who agreed to nothing yet."""
    named = await members_store.named_by(db, workspace_id, row.program_id, [row.address_key])
    if not named:
        return None
    found = await members_store.get_advocate(db, workspace_id, named[0].of_id)
    return None if found.status == "guest" and found.join_on is None else found


async def _again(
    db: Connection,
    settings: Settings,
    workspace_id: UUID,
    row: JoinRequestRow,
    known: AdvocateRow,
    wrote: Written,
) -> Ended:
    """Somebody who is in already: what they are shown is theirs, as the mailbox is."""
    if known.status == "guest":
        return "waiting"
    if known.status != "active":
        return "resting"
    await _agreed(db, settings, workspace_id, row, wrote)
    await store.confirm(db, workspace_id, row.id, "member", known.id, DAYS)
    return "member"


async def _join(
    db: Connection, settings: Settings, workspace_id: UUID, place: Place, row: JoinRequestRow, wrote: Written
) -> AdvocateRow:
    page = place.page
    new = NewAdvocate(
        program_id=ids.show("prg", row.program_id),
        consent=JoiningConsent(row.created_at, row.consent_version),
        member=page.member,
        name=wrote.name,
        email=wrote.email,
        url=page.url,
        code=await _code(db, workspace_id, page.code_pattern, wrote.name),
        board_name=wrote.board_name,
        joined_by="page",
    )
    return await members.add(db, workspace_id, new, settings)


async def _code(db: Connection, workspace_id: UUID, pattern: str | None, name: str) -> str | None:
    """A code that nobody has. One that is taken at the same moment fails, and the form can be sent again."""
    if pattern is None:
        return None
    for _ in range(DRAWS):
        code = codes.made(pattern, name, secrets.choice)
        if await coupons.by_code(db, workspace_id, coupon_codes.folded(code) or "") is None:
            break
    return code


async def _agreed(
    db: Connection, settings: Settings, workspace_id: UUID, row: JoinRequestRow, wrote: Written
) -> None:
    """The second box, once it is known whose address it is."""
    if row.marketing_version is None:
        return
    given = NewConsent(
        channel="email",
        address=wrote.email,
        status="given",
        occurred_at=row.created_at,
        source="HS_WEB",
        text_version=row.marketing_version,
    )
    await consents.put_one(db, settings, workspace_id, given)
