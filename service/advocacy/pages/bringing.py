"""Whose friend somebody is who joins by the page."""

from uuid import UUID

from service.advocacy.members import store as members
from service.advocacy.members.schemas import AdvocateRow
from service.advocacy.pages import store
from service.advocacy.pages.schemas import JoinRequestRow
from service.advocacy.referrals import following
from service.advocacy.referrals import store as referrals
from service.advocacy.referrals.schemas import ReferralRow
from service.kit import ids
from service.kit.db import Connection

OPEN = ("invited", "clicked")


async def bring(
    db: Connection, workspace_id: UUID, request: JoinRequestRow, advocate: AdvocateRow, by: str
) -> None:
    """Notes that a friend signed up: of the advocate whose invitation they opened, or of the one who invited
    their address. A person is referred once; an invitation that led to nothing gives way. Nothing is given
    for a sign-up here: a mailbox costs less than a reward. The caller holds the program's turn."""
    keys = [request.address_key]
    known = await referrals.that_brought(db, workspace_id, advocate.program_id, keys)
    row = None if known is None else await referrals.lock_referral(db, workspace_id, known)
    inviter = await _inviter(db, workspace_id, request, advocate)
    if row is not None and inviter is not None and row.state in OPEN and row.advocate_id != inviter.id:
        await following.give_way(db, workspace_id, row)
        row = None
    if row is None and inviter is not None:
        row = await _referral(db, workspace_id, request, inviter)
        await referrals.learn_keys(db, workspace_id, advocate.program_id, keys, row.id)
    if row is not None:
        await store.note_joined(db, workspace_id, row.id)
        joined = await referrals.lock_referral(db, workspace_id, row.id)
        await following.settle(db, workspace_id, [joined], by)


async def _inviter(
    db: Connection, workspace_id: UUID, request: JoinRequestRow, advocate: AdvocateRow
) -> AdvocateRow | None:
    """Who still is an advocate, and somebody else."""
    if request.brought_by is None or request.brought_by == advocate.id:
        return None
    row = await members.get_advocate(db, workspace_id, request.brought_by)
    return row if row.status == "active" else None


async def _referral(
    db: Connection, workspace_id: UUID, request: JoinRequestRow, inviter: AdvocateRow
) -> ReferralRow:
    """The invitation that was opened, if it was nobody's yet; else a new one."""
    if request.referral_id is not None:
        found = await referrals.lock_referral(db, workspace_id, request.referral_id)
        taken = await referrals.keys_of(db, workspace_id, found.id)
        if found.state in OPEN and found.advocate_id == inviter.id and not taken:
            return found
    return await referrals.add_referral(
        db,
        workspace_id,
        ids.new(),
        inviter.program_id,
        inviter.id,
        inviter.partner_id,
        "link",
        request.created_at,
    )
