"""What a change makes of an item: pure. Any status may follow any other; a rejection says why."""

from msgspec import UNSET, Struct, UnsetType

from service.discovery.shortlists.items.schemas import Status
from service.discovery.shortlists.problems import ReasonNeeded


class State(Struct, frozen=True):
    """What people write of an item."""

    status: Status
    reason: str | None
    notes: str | None


def changed(
    before: State,
    status: Status | UnsetType,
    reason: str | UnsetType | None,
    notes: str | UnsetType | None = UNSET,
) -> State:
    """The state after a change. Raises ReasonNeeded.

    A reason is that of a status: another status without a reason of its own has none.

    >>> rejected = State("rejected", "too expensive", None)
    >>> changed(rejected, "starred", UNSET).reason is None
    True
    >>> changed(rejected, UNSET, UNSET, "call in May").reason
    'too expensive'
    """
    after_status = before.status if status is UNSET else status
    kept = before.reason if after_status == before.status else None
    after_reason = kept if reason is UNSET else reason
    if after_status == "rejected" and after_reason is None:
        raise ReasonNeeded(
            "say why it is rejected", errors=[{"path": "reason", "message": "is required to reject"}]
        )
    return State(after_status, after_reason, before.notes if notes is UNSET else notes)
