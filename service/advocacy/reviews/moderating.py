"""What becomes of a review that a person decides on or answers. Pure.

Reasons of a rejection are a closed list without any about the stars: to keep bad reviews back is suppression
(16 CFR 465.7; Tüketici Değerlendirmeleri Hakkında Kılavuz).
"""

from datetime import datetime

from msgspec import UNSET, Struct

from service.advocacy.reviews.schemas import ReviewPatch, ReviewRow


class Decided(Struct, frozen=True):
    """The columns that people write."""

    status: str
    reason: str | None
    note: str | None
    moderated_by: str | None
    moderated_at: datetime | None
    answer: str | None
    answered_by: str | None
    answered_at: datetime | None


def faults(row: ReviewRow, patch: ReviewPatch) -> list[tuple[str, str]]:
    """What of a patch can't be: (path, message)."""
    found = []
    status = row.status if patch.status is UNSET else patch.status
    if status == "rejected" and row.reason is None and patch.reason is UNSET:
        found.append(("reason", "is needed for a rejection"))
    if status != "rejected" and patch.reason is not UNSET:
        found.append(("reason", "is for rejections"))
    if row.erased_at is not None and patch.answer is not UNSET and patch.answer is not None:
        found.append(("answer", "has nobody to read it: the customer was erased"))
    return found


def decide(row: ReviewRow, patch: ReviewPatch, by: str, now: datetime) -> Decided:
    """The review after a patch without faults."""
    status = row.status if patch.status is UNSET else patch.status
    reason = None if status != "rejected" else row.reason if patch.reason is UNSET else patch.reason
    moved = (status, reason) != (row.status, row.reason)
    answer = row.answer if patch.answer is UNSET else patch.answer
    said = answer != row.answer
    return Decided(
        status=status,
        reason=reason,
        note=row.note if patch.note is UNSET else patch.note,
        moderated_by=by if moved else row.moderated_by,
        moderated_at=now if moved else row.moderated_at,
        answer=answer,
        answered_by=(None if answer is None else by) if said else row.answered_by,
        answered_at=(None if answer is None else now) if said else row.answered_at,
    )
