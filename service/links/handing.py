"""What partners' links do when records of one partner are merged."""

from service.kit.db import Connection
from service.links.catalogue import store as links
from service.links.coupons import store as coupons
from service.programs.events import PartnersMerged


async def hand_over(db: Connection, event: PartnersMerged) -> None:
    """Handles the event: what links and coupons bring from now on is the kept partner's."""
    await links.hand_over(db, event.workspace_id, event.kept, event.merged)
    await coupons.hand_over(db, event.workspace_id, event.kept, event.merged)
