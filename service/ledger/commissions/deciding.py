"""Whether a person may bring a commission into a state. Pure."""

from collections.abc import Sequence
from datetime import datetime

from service.kit.problems import InvalidInput
from service.ledger.commissions.schemas import Decision
from service.ledger.problems import NotNow
from service.ledger.schemas import CommissionRow

HELD_BACK = ("on_hold", "rejected")


def check_reason(status: Decision, reason: str | None) -> None:
    """Raises InvalidInput where a reason is due and none was sent."""
    if status in HELD_BACK and (reason is None or not reason.strip()):
        errors = [{"path": "reason", "message": f"is required for {status}"}]
        raise InvalidInput("say why", errors=errors)


def check(rows: Sequence[CommissionRow], status: Decision, now: datetime) -> None:
    """Raises NotNow where the commission (all its rows, the first one first) can't go there."""
    first = rows[0]
    states = {row.status for row in rows}
    if states == {"reversed"}:
        raise NotNow("it was taken back whole: there is nothing left to decide of", now_is="reversed")
    if status == "on_hold" and not states & {"pending", "payable", "on_hold"}:
        raise NotNow(f"it is {first.status}: only what is not paid out can be held", now_is=first.status)
    if status == "on_hold" and first.rejected is not None:
        raise NotNow("it is rejected", now_is="rejected")
    if status == "payable" and (first.due_at is None or first.due_at > now) and "paid" not in states:
        due = None if first.due_at is None else first.due_at.isoformat()
        raise NotNow("its hold still runs", now_is=first.status, due_at=due)
