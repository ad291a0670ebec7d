"""Referrals as the API shows them. Pure."""

from service.advocacy.referrals.schemas import Referral, ReferralRow
from service.kit.ids import show, show_or_none


def referral(row: ReferralRow, link: str | None = None) -> Referral:
    """A referral with outer ids. `link`: the advocate's, of which an invitation's is made."""
    name = show("ref", row.id)
    shared = None
    if link is not None and row.channel == "link" and row.state in ("invited", "clicked"):
        shared = f"{link}{'&' if '?' in link else '?'}sub1={name}"
    return Referral(
        id=name,
        program_id=show("prg", row.program_id),
        advocate_id=show("adv", row.advocate_id),
        channel=row.channel,
        state=row.state,
        held=row.held,
        reason=row.reason,
        share_url=shared,
        conversion_id=show_or_none("cnv", row.conversion_id),
        friend_id=show_or_none("adv", row.friend_id),
        purchases=row.purchases,
        invited_at=row.invited_at,
        clicked_at=row.clicked_at,
        signed_up_at=row.signed_up_at,
        qualified_at=row.qualified_at,
        rewarded_at=row.rewarded_at,
        rejected_at=row.rejected_at,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
