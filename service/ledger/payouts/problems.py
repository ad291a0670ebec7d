"""What can go wrong with payouts."""

from service.kit.problems import Conflict, NotFound, Problem
from service.programs.problems import UnknownPartner


class UnknownPayout(NotFound):
    title = "Payout not found"
    slug = "payout-not-found"


class UnknownRun(NotFound):
    title = "Payout run not found"
    slug = "payout-run-not-found"


class NoPayoutAccount(NotFound):
    title = "The partner has no payout account"
    slug = "no-payout-account"


class PayoutState(Conflict):
    """What failed stays failed: its money is payable again, and the next run pays it. What is paid can only
    fail (a bank may send money back)."""

    title = "The payout can't change to this state now"
    slug = "payout-state"


class PayoutExists(Conflict):
    """A payment with this reference is recorded for the partner already, of another amount or currency."""

    title = "This payment is recorded already"
    slug = "payout-exists"


CONSTRAINTS: dict[str, type[Problem]] = {
    "payouts_partner_fkey": UnknownPartner,
    "payout_accounts_partner_fkey": UnknownPartner,
}
TURKISH = {
    "Payout not found": "Ödeme bulunamadı",
    "Payout run not found": "Ödeme turu bulunamadı",
    "The partner has no payout account": "İş ortağının ödeme hesabı yok",
    "The payout can't change to this state now": "Ödeme şu anda bu duruma geçemez",
    "This payment is recorded already": "Bu ödeme zaten kayıtlı",
}
