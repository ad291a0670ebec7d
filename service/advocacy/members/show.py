"""Advocates and their deeds as the API shows them. Pure."""

from service.advocacy.members.schemas import Advocate, AdvocateRow, Deed, DeedRow, JoiningConsent
from service.kit.ids import show, show_or_none


def advocate(row: AdvocateRow, short_url: str | None = None) -> Advocate:
    """An advocate with outer ids. `short_url`: of the personal link."""
    consent = None
    if row.consent_at is not None:
        consent = JoiningConsent(row.consent_at, row.consent_text or "-")
    return Advocate(
        id=show("adv", row.id),
        program_id=show("prg", row.program_id),
        partner_id=show("prt", row.partner_id),
        influencer_id=show_or_none("inf", row.influencer_id),
        name=row.name,
        member=row.member,
        joined_by=row.joined_by,
        join_on=row.join_on,
        status=row.status,
        tier=row.tier,
        board_name=row.board_name,
        consent=consent,
        referral_id=show_or_none("ref", row.referral_id),
        link_id=show_or_none("lnk", row.link_id),
        short_url=short_url,
        coupon_id=show_or_none("cpn", row.coupon_id),
        code=row.code,
        referrals=row.referrals,
        qualified=row.qualified,
        joined_at=row.joined_at,
        erased_at=row.erased_at,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def deed(row: DeedRow) -> Deed:
    """A deed with outer ids."""
    return Deed(
        id=show("dee", row.id),
        advocate_id=show("adv", row.advocate_id),
        kind=row.kind,
        external_id=row.external_id,
        occurred_at=row.occurred_at,
        created_at=row.created_at,
    )
