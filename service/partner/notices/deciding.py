"""Which sale of several is a partner's first. Pure."""

from collections.abc import Iterable
from uuid import UUID

from service.ledger.schemas import CommissionRow


def first_sales(rows: Iterable[CommissionRow]) -> list[CommissionRow]:
    """The earliest sale of each partner, by partner; of those of one moment that with the least id."""
    found: dict[UUID, CommissionRow] = {}
    for row in sorted(rows, key=lambda row: (row.occurred_at, row.id)):
        found.setdefault(row.partner_id, row)
    return [row for _, row in sorted(found.items())]
