"""What a claim has to name. Pure."""

from datetime import date, timedelta

from service.conversions.matching import normal
from service.conversions.reports import Ref
from service.kit.money import CURRENCIES
from service.partner.claims.schemas import NewClaim

# As for any amount of an order: sums stay within PostgreSQL's bigint.
MOST = 10**15
# Orders older than this are settled, paid out and forgotten by everybody.
OLDEST = timedelta(days=730)
_OF_SALE = ("order_number", "ordered_on", "amount")
Faults = list[dict[str, str]]


def faults(sent: NewClaim, today: date) -> Faults:
    """Everything that is wrong with a claim; `today`: in the workspace's zone."""
    if sent.kind == "question":
        found = [] if sent.commission_id else [_fault("commission_id", "is required for a question")]
        names = (*_OF_SALE, "shop")
        return found + [_fault(name, "is of a sale") for name in names if getattr(sent, name) is not None]
    found = [_fault(name, "is required for a sale") for name in _OF_SALE if getattr(sent, name) is None]
    if sent.commission_id is not None:
        found.append(_fault("commission_id", "is of a question"))
    if sent.order_number is not None and not order_key(sent.order_number):
        found.append(_fault("order_number", "is no number of an order"))
    return found + _money(sent) + _day(sent.ordered_on, today)


def _money(sent: NewClaim) -> Faults:
    if sent.amount is None:
        return []
    if sent.amount.currency not in CURRENCIES:
        return [_fault("amount.currency", f"{sent.amount.currency} is no currency")]
    return [_fault("amount.amount", f"is more than {MOST}")] if sent.amount.amount > MOST else []


def _day(day: date | None, today: date) -> Faults:
    if day is None:
        return []
    # Where the partner is, it may be tomorrow already.
    if day > today + timedelta(days=1):
        return [_fault("ordered_on", "is a day to come")]
    return [_fault("ordered_on", "is more than two years ago")] if day < today - OLDEST else []


def _fault(path: str, message: str) -> dict[str, str]:
    return {"path": path, "message": message}


def order_key(number: str) -> str:
    """The number as orders are found by it.

    >>> order_key(" #1001 "), order_key("#")
    ('1001', '')
    """
    refs = normal([Ref("any", number)])
    return refs[0].value if refs else ""
