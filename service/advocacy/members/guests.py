"""Friends for whom something is kept before they join."""

from collections.abc import Sequence
from uuid import UUID

from service.advocacy.members import store
from service.advocacy.referrals.schemas import ReferralRow
from service.advocacy.rewards.bringing import Owner
from service.kit import ids
from service.kit.db import Connection
from service.programs import actions as partners
from service.programs.schemas import NewPartner


async def ensure(db: Connection, workspace_id: UUID, row: ReferralRow, keys: Sequence[bytes]) -> Owner | None:
    """The account of a referral's friend: the advocate that they are, or a guest's. Whoever referred
    themselves is nobody's friend: no account is made for what could never be claimed."""
    named = await store.named_by(db, workspace_id, row.program_id, keys)
    known = named[0].of_id if named else row.friend_id
    if known == row.advocate_id:
        return None
    if known is not None:
        found = await store.get_brief(db, workspace_id, known)
        return Owner(found.id, found.partner_id)
    return await add(db, workspace_id, row.program_id, keys, row.id)


async def add(
    db: Connection, workspace_id: UUID, program_id: UUID, keys: Sequence[bytes], referral_id: UUID | None
) -> Owner:
    """A guest: nobody who joined, and without a name. They are in no program before they do, so that nothing
    is credited to them."""
    advocate_id = ids.new()
    partner = await partners.add(db, workspace_id, NewPartner(name=ids.show("adv", advocate_id)))
    nothing = (None, None)
    await store.add_advocate(
        db,
        workspace_id,
        advocate_id,
        program_id,
        partner.id,
        "customer",
        *nothing,
        "guest",
        None,
        *nothing,
        referral_id,
        *nothing,
    )
    await store.learn_keys(db, workspace_id, program_id, keys, advocate_id)
    return Owner(advocate_id, partner.id)
