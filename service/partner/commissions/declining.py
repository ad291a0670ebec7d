"""Why a commission is not paid, or taken back, as its partner reads it. Pure.

What a review looks for stays with the brand: a partner who is told how a fraud was found knows how to hide
the next one, and one who is innocent is accused by a code.
"""

import re

from service.ledger.schemas import CommissionRow
from service.partner.words import Told, told

REVIEWED = Told("under_review", {"tr": "İncelemede", "en": "Under review"})
NOT_CONFIRMED = Told("not_confirmed", {"tr": "İncelemeden geçmedi", "en": "It did not pass the review"})
# What people type into a reason, and no partner has to know of a customer.
_ADDRESS = re.compile(r"[^\s@<>(),;:]{1,64}@[^\s@<>(),;:]{1,255}")
_NUMBER = re.compile(r"\+?\d(?:[ ()./-]{0,2}\d){8,18}")


def declined(row: CommissionRow, first: CommissionRow) -> Told | None:
    """The reason of a row's state, or of the row; `first` is the commission's first row, which says what was
    decided."""
    if row.status == "on_hold":
        return REVIEWED
    if row.status == "rejected":
        return _rejected(row.reason, first)
    if row.status == "reversed":
        return told("commission_reason", row.reason or "refunded")
    if row.step == "clawback" and row.cause is not None:
        return (
            _rejected(first.rejected, first)
            if row.cause == "rejected"
            else told("commission_reason", row.cause)
        )
    return None


def _rejected(reason: str | None, first: CommissionRow) -> Told:
    """A person's own words, unless it was a review that they decided on."""
    reviewed = first.review is not None and first.review not in first.cleared
    if reviewed or reason is None:
        return NOT_CONFIRMED
    words = without_people(reason)
    return Told("rejected", {"tr": words, "en": words})


def without_people(text: str) -> str:
    """A text without addresses and telephone numbers.

    >>> without_people("asked by ali@x.example, +90 532 000 00 00, order 12345")
    'asked by …, …, order 12345'
    """
    return _NUMBER.sub("…", _ADDRESS.sub("…", text))
