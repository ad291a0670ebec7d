"""Which state a payout may go to. Pure."""

from typing import Final

from service.kit.problems import InvalidInput
from service.ledger.payouts.problems import PayoutState
from service.ledger.payouts.schemas import Decided, PayoutStatus

BEFORE: Final[dict[str, tuple[PayoutStatus, ...]]] = {
    "sent": ("created",),
    "paid": ("created", "sent"),
    "failed": ("created", "sent", "paid"),
}


def changes(now: PayoutStatus, wanted: Decided) -> bool:
    """Whether something has to be written; False where it is there already. Raises PayoutState."""
    if now == wanted:
        return False
    if now not in BEFORE[wanted]:
        raise PayoutState(f"it is {now}", now_is=now)
    return True


def check_reason(status: Decided, reason: str | None) -> None:
    """Raises InvalidInput where a failure has no reason."""
    if status == "failed" and (reason is None or not reason.strip()):
        errors = [{"path": "reason", "message": "is required for failed"}]
        raise InvalidInput("say why", errors=errors)
