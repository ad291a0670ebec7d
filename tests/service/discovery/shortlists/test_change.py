"""What a change makes of an item: a table of cases."""

import pytest
from msgspec import UNSET

from service.discovery.shortlists.items.change import State, changed
from service.discovery.shortlists.problems import ReasonNeeded

FRESH = State("suggested", None, None)
REJECTED = State("rejected", "too dear", "old friend")


@pytest.mark.parametrize(
    ("before", "status", "reason", "notes", "after"),
    [
        (FRESH, UNSET, UNSET, UNSET, FRESH),
        (FRESH, "starred", UNSET, UNSET, State("starred", None, None)),
        (FRESH, "rejected", "too dear", UNSET, State("rejected", "too dear", None)),
        (FRESH, UNSET, UNSET, "call her", State("suggested", None, "call her")),
        (FRESH, "ignored", "off topic", UNSET, State("ignored", "off topic", None)),
        (REJECTED, "rejected", UNSET, UNSET, REJECTED),
        (REJECTED, "rejected", "off topic", UNSET, State("rejected", "off topic", "old friend")),
        (REJECTED, UNSET, UNSET, None, State("rejected", "too dear", None)),
        # The reason was for the rejection.
        (REJECTED, "approved", UNSET, UNSET, State("approved", None, "old friend")),
        (REJECTED, "approved", "cheaper now", UNSET, State("approved", "cheaper now", "old friend")),
    ],
)
def test_changes(before: State, status: object, reason: object, notes: object, after: State) -> None:
    assert changed(before, status, reason, notes) == after  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("before", "status", "reason"),
    [
        (FRESH, "rejected", UNSET),
        (FRESH, "rejected", None),
        (REJECTED, UNSET, None),
        (REJECTED, "rejected", None),
    ],
)
def test_a_rejection_says_why(before: State, status: object, reason: object) -> None:
    with pytest.raises(ReasonNeeded):
        changed(before, status, reason)  # type: ignore[arg-type]
