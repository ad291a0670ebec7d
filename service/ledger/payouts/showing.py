"""Payouts as the API shows them. Pure."""

from service.kit.ids import show, show_or_none
from service.kit.money import Money
from service.ledger.payouts.schemas import PaidCommission, PaidRow, Payout, PayoutRow


def shown(row: PayoutRow) -> Payout:
    """A payout as the brand sees it."""
    return Payout(
        id=show("pay", row.id),
        run_id=show_or_none("prn", row.run_id),
        partner_id=show("prt", row.partner_id),
        partner_name=row.partner_name,
        method=row.method,
        amount=Money(row.amount, row.currency),
        advance=Money(max(-row.unallocated, 0), row.currency),
        settled=Money(max(row.unallocated, 0), row.currency),
        status=row.status,
        reference=row.reference,
        iban=row.iban,
        reason=row.reason,
        note=row.note,
        commissions=row.commissions,
        created_by=row.created_by,
        created_at=row.created_at,
        sent_at=row.sent_at,
        paid_at=row.paid_at,
        failed_at=row.failed_at,
        updated_at=row.updated_at,
    )


def paid_commission(row: PaidRow) -> PaidCommission:
    """What a payout pays."""
    return PaidCommission(
        id=show("com", row.id),
        partner_id=show("prt", row.partner_id),
        conversion_id=show_or_none("cnv", row.conversion_id),
        kind=row.kind,
        amount=Money(row.amount, row.currency),
        occurred_at=row.occurred_at,
    )
