"""Links as their partner sees them. Pure."""

from service.kit import ids
from service.links.catalogue.schemas import LinkRow
from service.links.catalogue.show import short_url
from service.partner.links.schemas import PartnerLink
from service.settings import Settings


def shown(row: LinkRow, by_partner: bool, settings: Settings) -> PartnerLink:
    """A link without what the brand keeps with it."""
    return PartnerLink(
        id=ids.show("lnk", row.id),
        short_url=short_url(row, settings),
        code=row.code,
        url=row.url,
        title=row.title,
        status=row.status,
        made_by="partner" if by_partner else "brand",
        mode=row.mode,
        platform=row.platform,
        campaign_id=ids.show_or_none("cmp", row.campaign_id),
        coupon_id=ids.show_or_none("cpn", row.coupon_id),
        sub1=row.sub1,
        sub2=row.sub2,
        sub3=row.sub3,
        sub4=row.sub4,
        sub5=row.sub5,
        health=row.health,
        checked_at=row.checked_at,
        expires_at=row.expires_at,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )
