"""What partners' links do when records of one partner are merged, and when a partner is forgotten."""

from service.kit.db import Connection
from service.links.catalogue import store as links
from service.links.coupons import store as coupons
from service.programs.events import PartnersForgotten, PartnersMerged


async def hand_over(db: Connection, event: PartnersMerged) -> None:
    """Handles the event: what links and coupons bring from now on is the kept partner's."""
    await links.hand_over(db, event.workspace_id, event.kept, event.merged)
    await coupons.hand_over(db, event.workspace_id, event.kept, event.merged)


async def forget(db: Connection, event: PartnersForgotten) -> None:
    """Handles the event: their links lead where they did, and are nobody's; their coupons end. What was
    clicked and bought by them stays as it was counted. A link's code stays: printed ones lead somewhere. A
    coupon's code is shown no more."""
    await links.forget(db, event.workspace_id, event.partner_ids)
    await coupons.forget(db, event.workspace_id, event.partner_ids)
