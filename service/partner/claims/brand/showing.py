"""Claims as the brand sees them."""

from uuid import UUID

from msgspec import structs

from service.kit.db import Connection
from service.kit.ids import show, show_or_none
from service.ledger.commissions import store as ledger
from service.ledger.commissions.showing import shown as commission_shown
from service.partner.claims import store as claims
from service.partner.claims.brand import finding, store
from service.partner.claims.brand.schemas import Claim, WholeClaim
from service.partner.claims.schemas import ClaimRow, Listed
from service.partner.claims.showing import amount, evidence

MOST_OTHERS = 20


def shown(row: ClaimRow) -> Claim:
    """A claim. Pure."""
    return Claim(
        id=show("clm", row.id),
        partner_id=show("prt", row.partner_id),
        kind=row.kind,
        status=row.status,
        text=row.text,
        order_number=row.order_number,
        shop=row.shop,
        ordered_on=None if row.ordered_on is None else row.ordered_on.isoformat(),
        amount=amount(row),
        commission_id=show_or_none("com", row.commission_id),
        evidence=evidence(row),
        reason=row.reason,
        conversion_id=show_or_none("cnv", row.conversion_id),
        ended_by=row.ended_by,
        ended_at=row.ended_at,
        created_by=row.created_by,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


async def whole(db: Connection, workspace_id: UUID, claim_id: UUID) -> WholeClaim:
    """A claim with what helps to decide it. Raises UnknownClaim."""
    row = await claims.get_claim(db, workspace_id, claim_id)
    others: list[ClaimRow] = []
    if row.order_key is not None:
        wanted = Listed(order_key=row.order_key)
        others = await claims.list_claims(db, workspace_id, wanted, None, MOST_OTHERS + 1)
    asked = row.commission_id
    family = [] if asked is None else await ledger.family(db, workspace_id, asked)
    note = await store.find_note(db, workspace_id, claim_id)
    return WholeClaim(
        **structs.asdict(shown(row)),
        suggestions=await finding.suggestions(db, workspace_id, row),
        others=[shown(each) for each in others if each.id != row.id][:MOST_OTHERS],
        commissions=[commission_shown(each) for each in family],
        note=None if note is None else note.note,
    )
