"""What can go wrong with commissions and the ledger."""

from service.kit.problems import Conflict, NotFound, Problem
from service.programs.problems import UnknownPartner


class UnknownCommission(NotFound):
    title = "Commission not found"
    slug = "commission-not-found"


class NotNow(Conflict):
    """The commission can't go into the state that was asked for: it is paid out, taken back, or its hold
    runs still (`due_at`)."""

    title = "The commission can't change to this state now"
    slug = "commission-state"


class UnknownRate(NotFound):
    title = "Exchange rate not found"
    slug = "fx-rate-not-found"


CONSTRAINTS: dict[str, type[Problem]] = {
    "commissions_partner_fkey": UnknownPartner,
    "ledger_accounts_partner_fkey": UnknownPartner,
}
TURKISH = {
    "Commission not found": "Hak ediş bulunamadı",
    "Exchange rate not found": "Döviz kuru bulunamadı",
    "The commission can't change to this state now": "Hak ediş şu anda bu duruma geçemez",
}
