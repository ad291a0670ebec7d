"""A partner's claims as rows of a spreadsheet. Pure."""

from collections.abc import Sequence

from service.partner.claims.schemas import PartnerClaim
from service.partner.tables import Cell, money

COLUMNS = (
    *("id", "kind", "status", "order_number", "shop", "ordered_on", "amount", "currency", "commission_id"),
    *("text", "files", "reason", "conversion_id", "ended_at", "created_at"),
)


def cells(one: PartnerClaim) -> Sequence[Cell]:
    """The cells of a claim, in the order of COLUMNS."""
    ended: tuple[Cell, ...] = (None, None, None)
    if one.end is not None:
        ended = (one.end.reason, one.end.conversion_id, one.end.at)
    day = None if one.ordered_on is None else one.ordered_on.isoformat()
    return (
        *(one.id, one.kind, one.status, one.order_number, one.shop, day, *money(one.amount)),
        *(one.commission_id, one.text, len(one.evidence), *ended, one.created_at),
    )
