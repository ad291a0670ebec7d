"""Payouts as their partner sees them: without the brand's note and people. Pure."""

from service.kit.ids import show, show_or_none
from service.kit.money import Money
from service.ledger.payouts.accounts.schemas import PayoutAccount
from service.ledger.payouts.schemas import PaidRow, PayoutRow
from service.partner.money.schemas import OwnPaidCommission, OwnPayout, OwnPayoutAccount
from service.partner.tables import Cell

COLUMNS = (
    *("id", "status", "method", "amount", "currency", "advance", "settled", "commissions", "reference"),
    *("iban", "reason", "created_at", "sent_at", "paid_at", "failed_at"),
)


def shown(row: PayoutRow) -> OwnPayout:
    """A payout."""
    return OwnPayout(
        id=show("pay", row.id),
        method=row.method,
        amount=Money(row.amount, row.currency),
        advance=Money(max(-row.unallocated, 0), row.currency),
        settled=Money(max(row.unallocated, 0), row.currency),
        status=row.status,
        reference=row.reference,
        iban=row.iban,
        reason=row.reason,
        commissions=row.commissions,
        created_at=row.created_at,
        sent_at=row.sent_at,
        paid_at=row.paid_at,
        failed_at=row.failed_at,
    )


def cells(payout: OwnPayout) -> list[Cell]:
    """A payout's row of the spreadsheet, by COLUMNS; minor units."""
    flat: dict[str, Cell] = {name: getattr(payout, name, None) for name in COLUMNS}
    amounts = {name: getattr(payout, name).amount for name in ("amount", "advance", "settled")}
    return list((flat | amounts | {"currency": payout.amount.currency}).values())


def paid_commission(row: PaidRow) -> OwnPaidCommission:
    """What a payout pays."""
    return OwnPaidCommission(
        id=show("com", row.id),
        conversion_id=show_or_none("cnv", row.conversion_id),
        kind=row.kind,
        amount=Money(row.amount, row.currency),
        occurred_at=row.occurred_at,
    )


def account(seen: PayoutAccount) -> OwnPayoutAccount:
    """Where the partner is paid to; who of the brand set it is not told."""
    return OwnPayoutAccount(seen.id, seen.country, seen.iban, seen.payee, seen.created_at)
