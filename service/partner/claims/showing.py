"""Claims as their partner sees them. Pure."""

from service.kit.ids import show, show_or_none
from service.kit.money import Money
from service.partner.claims.schemas import ClaimEnd, ClaimRow, EvidenceFile, PartnerClaim
from service.partner.commissions.declining import without_people


def shown(row: ClaimRow) -> PartnerClaim:
    """A claim with how it ended: the brand's words without addresses and telephone numbers."""
    return PartnerClaim(
        id=show("clm", row.id),
        kind=row.kind,
        status=row.status,
        text=row.text,
        order_number=row.order_number,
        shop=row.shop,
        ordered_on=row.ordered_on,
        amount=amount(row),
        commission_id=show_or_none("com", row.commission_id),
        evidence=evidence(row),
        end=_end(row),
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def amount(row: ClaimRow) -> Money | None:
    """What the partner says was paid."""
    return None if row.amount is None or row.currency is None else Money(row.amount, row.currency)


def evidence(row: ClaimRow) -> list[EvidenceFile]:
    """The claim's files."""
    return [EvidenceFile(show("fil", each.id), each.name, each.content_type, each.size) for each in row.files]


def _end(row: ClaimRow) -> ClaimEnd | None:
    if row.ended_at is None:
        return None
    reason = None if row.reason is None else without_people(row.reason)
    return ClaimEnd(reason, show_or_none("cnv", row.conversion_id), row.ended_at)
