"""A partner's links as rows of a spreadsheet. Pure."""

from collections.abc import Sequence

from service.partner.links.schemas import PartnerLink
from service.partner.tables import Cell

COLUMNS = tuple(PartnerLink.__struct_fields__)


def cells(one: PartnerLink) -> Sequence[Cell]:
    """The cells of a link, in the order of COLUMNS."""
    return [getattr(one, name) for name in COLUMNS]
