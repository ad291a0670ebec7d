"""Why a row stands in a commission, in words. Pure."""

from decimal import Decimal
from typing import Any

from service.kit.money import Money, to_decimal
from service.ledger.changes import Added
from service.ledger.schemas import CommissionRow

_CAUSES = {
    "edited": ("Siparişteki değişiklik", "a change of the order"),
    "refunded": ("İade", "a refund"),
    "restored": ("Geri gelen hak ediş", "what had been taken back is earned again"),
    "rejected": ("Ödendikten sonra reddedildi", "rejected after it was paid"),
    "reassigned": ("Başkasına yazıldı", "credited to somebody else"),
    "cancelled": ("Sipariş iptali", "the order was cancelled"),
    "merged": ("Başka bir siparişin kaydı", "it was another order's record"),
    "test": ("Deneme siparişi", "it was a test order"),
}


def explained(row: Added, first: CommissionRow) -> dict[str, Any]:
    """The rule of a correction or a claw-back: `cause`, the order's share that went back, and the words."""
    cause = row.cause or "edited"
    tr, en = _CAUSES.get(cause, (cause, cause))
    told: dict[str, Any] = {"cause": cause}
    if row.step == "clawback" and cause in ("refunded", "restored") and first.total > 0:
        told |= {"refunded": first.refunded, "total": first.total}
        part = _percent(first.refunded, first.total)
        tr, en = f"{tr}: siparişin {part}'i geri ödendi", f"{en}: {part} of the order went back"
    amount = to_decimal(Money(row.amount, first.currency))
    told["text"] = {"tr": f"{tr} ({amount} {first.currency})", "en": f"{en} ({amount} {first.currency})"}
    return told


def _percent(part: int, whole: int) -> str:
    """
    >>> _percent(1, 3), _percent(40, 80)
    ('33.33%', '50%')
    """
    value = (Decimal(100 * min(part, whole)) / whole).quantize(Decimal("0.01")).normalize()
    return f"{value:f}%"
