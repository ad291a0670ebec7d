"""Invitations that advocates share, and what people decide of referrals."""

from uuid import UUID

from msgspec import structs

from service.advocacy.members import store as members
from service.advocacy.problems import AdvocateInactive, AlreadyReferred
from service.advocacy.referrals import following, store
from service.advocacy.referrals.deciding import FOUND
from service.advocacy.referrals.schemas import NewReferral, ReferralDecision, ReferralRow
from service.advocacy.rewards import store as rewards
from service.conversions.customers import keys_of
from service.conversions.reports import Buyer
from service.kit import clock, ids
from service.kit.db import Connection
from service.kit.problems import InvalidInput


async def invite(db: Connection, workspace_id: UUID, data: NewReferral) -> ReferralRow:
    """An invitation. Raises InvalidInput, UnknownAdvocate, AdvocateInactive, AlreadyReferred."""
    advocate = await members.get_brief(db, workspace_id, ids.read("adv", data.advocate_id))
    if advocate.status != "active":
        raise AdvocateInactive(f"they are {advocate.status}")
    keys = sorted(keys_of(workspace_id, data.shop.strip(), Buyer(data.external_id, data.email)))
    if data.channel == "email" and not keys:
        errors = [{"path": "email", "message": "is needed for an invitation by e-mail"}]
        raise InvalidInput("nobody is invited", errors=errors)
    if data.channel == "link" and advocate.link_id is None:
        errors = [{"path": "channel", "message": "the advocate has no link"}]
        raise InvalidInput("there is nothing to share", errors=errors)
    if {row.of_id for row in await members.named_by(db, workspace_id, advocate.program_id, keys)}:
        raise AlreadyReferred("they are known in this program")
    row = await store.add_referral(
        db,
        workspace_id,
        ids.new(),
        advocate.program_id,
        advocate.id,
        advocate.partner_id,
        data.channel,
        await clock.now(db),
    )
    await store.add_keys(db, workspace_id, advocate.program_id, keys, row.id)
    return row


async def decide(
    db: Connection, workspace_id: UUID, referral_id: UUID, data: ReferralDecision, by: str
) -> ReferralRow:
    """The referral as somebody decided, and its rewards with it. Raises UnknownReferral."""
    there = await store.get_referral(db, workspace_id, referral_id)
    await rewards.take_programs(db, workspace_id, [there.program_id])
    row = await store.lock_referral(db, workspace_id, referral_id)
    await following.settle(db, workspace_id, [decided(row, data)], by)
    if data.status == "rejected" and row.state != "rejected":
        await store.date_rejection(db, workspace_id, referral_id)
    return await store.get_referral(db, workspace_id, referral_id)


def decided(row: ReferralRow, data: ReferralDecision) -> ReferralRow:
    """The row as somebody decided. What is let go is not held again for what was found. Pure."""
    if data.status == "held":
        cleared = [code for code in row.cleared if code != "review"]
        return structs.replace(row, held=row.held or "review", cleared=cleared, reason=data.reason)
    if data.status == "released":
        cleared = sorted({*row.cleared, *FOUND, *([row.held] if row.held else [])} - {"review"})
        return structs.replace(row, held=None, cleared=cleared, reason=data.reason)
    before = row.before if row.state == "rejected" else row.state
    return structs.replace(row, state="rejected", before=before, reason=data.reason)
