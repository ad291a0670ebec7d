"""Referrals and rewards as their advocate reads them. Pure.

What a review looks for stays with the brand, as of commissions; and whom a friend is, with the friend.
"""

from collections.abc import Mapping
from uuid import UUID

from service.advocacy.referrals import show as referrals
from service.advocacy.referrals.following import OTHER
from service.advocacy.referrals.schemas import ReferralRow
from service.advocacy.rewards import show as rewards
from service.advocacy.rewards.schemas import RewardRow
from service.advocacy.terms.shapes import POINTS, WALLET, AdvocacyTerms, PointsName
from service.kit.ids import show_or_none
from service.partner.advocacy.schemas import NextTier, PartnerReferral, PartnerReward
from service.partner.commissions.declining import NOT_CONFIRMED, REVIEWED
from service.partner.words import Told, told

BY_ANOTHER = Told(
    OTHER,
    {"tr": "Arkadaşınız başka bir davetle geldi", "en": "Your friend came by another invitation"},
)
# What the program's own terms say, and no review has found.
_OPEN_REASONS = ("limit", "refunded")


def referral(row: ReferralRow, links: Mapping[UUID, str | None]) -> PartnerReferral:
    """A referral. `links`: short links by advocate."""
    whole = referrals.referral(row, links.get(row.advocate_id))
    return PartnerReferral(
        id=whole.id,
        program_id=whole.program_id,
        channel=row.channel,
        state=row.state,
        decline_reason=_of_referral(row),
        share_url=whole.share_url,
        purchases=row.purchases,
        invited_at=row.invited_at,
        clicked_at=row.clicked_at,
        signed_up_at=row.signed_up_at,
        qualified_at=row.qualified_at,
        rewarded_at=row.rewarded_at,
        rejected_at=row.rejected_at,
        created_at=row.created_at,
    )


def _of_referral(row: ReferralRow) -> Told | None:
    if row.state == "rejected":
        return BY_ANOTHER if row.reason == OTHER else NOT_CONFIRMED
    return REVIEWED if row.held is not None else None


def reward(row: RewardRow, points: PointsName | None) -> PartnerReward:
    """A reward. `points`: what they are called. Whose invitation brought a friend is the other advocate's."""
    whole = rewards.reward(row)
    return PartnerReward(
        id=whole.id,
        program_id=whole.program_id,
        referral_id=show_or_none("ref", row.referral_id if row.side == "advocate" else None),
        trigger=row.trigger,
        side=row.side,
        kind=row.kind,
        amount=whole.amount,
        left=whole.left,
        unit_name=points if row.currency == POINTS else None,
        rate=row.rate,
        status=row.status,
        decline_reason=_of_reward(row),
        redeemable=row.status == "available" and row.kind not in (*WALLET, "cash"),
        earned_at=row.earned_at,
        available_at=row.due_at,
        expires_at=row.expires_at,
        delivered_at=row.delivered_at,
    )


def _of_reward(row: RewardRow) -> Told | None:
    if row.status not in ("on_hold", "reversed", "rejected"):
        return None
    if row.reason in _OPEN_REASONS:
        return told("reward_reason", row.reason)
    return REVIEWED if row.status == "on_hold" else NOT_CONFIRMED


def next_tier(terms: AdvocacyTerms | None, qualified: int) -> NextTier | None:
    """The lowest tier that isn't reached yet.

    >>> from service.advocacy.terms.shapes import TierRule
    >>> tiers = [TierRule("gold", 10), TierRule("silver", 3), TierRule("bronze", 0)]
    >>> next_tier(AdvocacyTerms(tiers=tiers), 1), next_tier(AdvocacyTerms(tiers=tiers), 10)
    (NextTier(name='silver', missing=2), None)
    """
    above = [tier for tier in (terms.tiers if terms else []) if tier.from_qualified > qualified]
    if not above:
        return None
    found = min(above, key=lambda tier: tier.from_qualified)
    return NextTier(found.name, found.from_qualified - qualified)
