"""What becomes of a mention that a person labels, assigns, answers or puts aside. Pure."""

from datetime import datetime
from uuid import UUID

from msgspec import UNSET, Struct, structs

from service.mentions.schemas import MentionPatch, MentionRow


class Handled(Struct, frozen=True):
    """The columns that people write."""

    hand_label: str | None
    hand_by: str | None
    hand_at: datetime | None
    status: str
    assignee: UUID | None
    assigned_at: datetime | None
    answered_at: datetime | None
    moved_to_dm_at: datetime | None
    resolved_at: datetime | None
    tags: list[str]
    categories: list[str]


def handle(row: MentionRow, patch: MentionPatch, assignee: UUID | None, by: str, now: datetime) -> Handled:
    """The mention after `patch`, whose assignee is read already (`assignee` counts where one was sent).

    A state sets the time that belongs to it where none was sent and none is known; going back to an earlier
    state takes the later times back. Assigning a new mention makes it assigned, an answer makes it answered.
    """
    known = Handled(**{name: getattr(row, name) for name in Handled.__struct_fields__})
    made = _labelled(known, patch, by, now)
    made = _assigned(made, patch, assignee, now)
    made = _timed(made, patch, now)
    return structs.replace(
        made,
        tags=known.tags if patch.tags is UNSET else list(dict.fromkeys(patch.tags)),
        categories=known.categories if patch.categories is UNSET else list(dict.fromkeys(patch.categories)),
    )


def _labelled(row: Handled, patch: MentionPatch, by: str, now: datetime) -> Handled:
    if patch.label is UNSET or patch.label == row.hand_label:
        return row
    if patch.label is None:
        return structs.replace(row, hand_label=None, hand_by=None, hand_at=None)
    return structs.replace(row, hand_label=patch.label, hand_by=by, hand_at=now)


def _assigned(row: Handled, patch: MentionPatch, assignee: UUID | None, now: datetime) -> Handled:
    if patch.assignee is UNSET or assignee == row.assignee:
        return row
    status = {("new", True): "assigned", ("assigned", False): "new"}.get(
        (row.status, assignee is not None), row.status
    )
    return structs.replace(
        row, assignee=assignee, assigned_at=now if assignee is not None else None, status=status
    )


def _timed(row: Handled, patch: MentionPatch, now: datetime) -> Handled:
    answered = row.answered_at if patch.answered_at is UNSET else patch.answered_at
    resolved = row.resolved_at if patch.resolved_at is UNSET else patch.resolved_at
    moved = row.moved_to_dm_at
    if patch.moved_to_dm is not UNSET:
        moved = (moved or now) if patch.moved_to_dm else None
    status = row.status if patch.status is UNSET else patch.status
    if patch.status is UNSET and patch.answered_at and row.status in ("new", "assigned"):
        status = "answered"
    if status == "answered":
        answered = answered or now
    if status == "resolved":
        resolved = resolved or now
    elif patch.resolved_at is UNSET:
        resolved = None
    if status in ("new", "assigned") and not patch.answered_at:
        answered = None
    return structs.replace(
        row, status=status, answered_at=answered, resolved_at=resolved, moved_to_dm_at=moved
    )
