"""What a decision may say of a claim. Pure."""

from service.kit.money import CURRENCIES
from service.partner.claims.brand.schemas import ClaimDecision
from service.partner.claims.checks import MOST
from service.partner.claims.schemas import ClaimKind

Faults = list[dict[str, str]]


def faults(kind: ClaimKind, sent: ClaimDecision) -> Faults:
    """Everything that is wrong with a decision of a claim of this kind.

    >>> faults("question", ClaimDecision("accept", "x", conversion_id="cnv_"))
    [{'path': 'conversion_id', 'message': 'is of a sale'}]
    """
    of_sale = {"conversion_id": sent.conversion_id, "amount": sent.amount}
    given = [name for name, value in of_sale.items() if value is not None]
    if sent.decision == "decline":
        given += ["commission_status"] if sent.commission_status else []
        return [_fault(name, "is of what is accepted") for name in given]
    if kind == "question":
        return [_fault(name, "is of a sale") for name in given]
    found = []
    if sent.commission_status is not None:
        found.append(_fault("commission_status", "is of a question"))
    if sent.amount is not None and sent.conversion_id is not None:
        found.append(_fault("amount", "is the order's: leave it out beside conversion_id"))
    if sent.amount is not None and sent.amount.currency not in CURRENCIES:
        found.append(_fault("amount.currency", f"{sent.amount.currency} is no currency"))
    if sent.amount is not None and sent.amount.amount > MOST:
        found.append(_fault("amount.amount", f"is more than {MOST}"))
    return found


def _fault(path: str, message: str) -> dict[str, str]:
    return {"path": path, "message": message}
