"""What becomes of an alert that people take up. Pure."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import UNSET, Struct, structs

from service.mentions.alerts.schemas import AlertPatch, AlertRow, CheckItem

# What a crisis asks for, before a rule's own points.
CRISIS = ("response", "owner", "statement")


class Handled(Struct, frozen=True):
    """The columns that people write."""

    status: str
    owner: UUID | None
    notes: str
    checklist: list[CheckItem]
    first_response_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    resolved_at: datetime | None
    resolved_by: str | None


def handled(row: AlertRow) -> Handled:
    """What people have written so far."""
    return Handled(**{name: getattr(row, name) for name in Handled.__struct_fields__})


def acknowledge(row: Handled, by: str, now: datetime) -> Handled:
    """Somebody has seen it; who has before stays the one. A resolved alert stays resolved."""
    if row.status != "open":
        return row
    return structs.replace(
        row,
        status="acknowledged",
        acknowledged_at=now,
        acknowledged_by=by,
        first_response_at=row.first_response_at or now,
    )


def resolve(row: Handled, by: str, now: datetime) -> Handled:
    """It is over for people; the spike may go on, and alerts nobody again."""
    if row.status == "resolved":
        return row
    seen = acknowledge(row, by, now)
    return structs.replace(seen, status="resolved", resolved_at=now, resolved_by=by)


def change(row: Handled, patch: AlertPatch, owner: UUID | None, by: str, now: datetime) -> Handled:
    """The alert after `patch`, whose owner is read already. Whoever takes it, writes or ticks has responded;
    an owner ticks the point `owner`, and takes the tick back with the owner. Unknown points: KeyError."""
    made = row
    if patch.owner is not UNSET and owner != row.owner:
        done = _ticked(row.checklist, {"owner": owner is not None}, by, now)
        made = structs.replace(made, owner=owner, checklist=done)
    if patch.notes is not UNSET:
        made = structs.replace(made, notes=patch.notes)
    if patch.checklist is not UNSET:
        wanted = {one.key: one.done for one in patch.checklist}
        if unknown := wanted.keys() - {one.key for one in made.checklist}:
            raise KeyError(min(unknown))
        made = structs.replace(made, checklist=_ticked(made.checklist, wanted, by, now))
    if made == row:
        return row
    return structs.replace(made, first_response_at=row.first_response_at or now)


def checklist(kind: str, own: Sequence[str], known: Sequence[CheckItem] = ()) -> list[CheckItem]:
    """The points of an alert: of a crisis the three that each needs, then the rule's own; known ones stay.

    >>> [one.key for one in checklist("crisis", ["Hukuka sor"])]
    ['response', 'owner', 'statement', 'own_1']
    >>> [one.text for one in checklist("spike", ["Hukuka sor"])]
    ['Hukuka sor']
    """
    keys = [(key, None) for key in CRISIS] if kind == "crisis" else []
    wanted = [*keys, *((f"own_{at}", text) for at, text in enumerate(own, start=1))]
    there = {one.key: one for one in known}
    made = [there.get(key) or CheckItem(key, text) for key, text in wanted]
    return made + [one for one in known if one.key not in dict(wanted)]


def tick(row: Handled, key: str, by: str, now: datetime) -> Handled:
    """The alert with a point done that follows from a deed elsewhere, where it has the point."""
    return structs.replace(row, checklist=_ticked(row.checklist, {key: True}, by, now))


def _ticked(items: Sequence[CheckItem], wanted: dict[str, bool], by: str, now: datetime) -> list[CheckItem]:
    made = []
    for one in items:
        done = wanted.get(one.key, one.done)
        if done != one.done:
            one = CheckItem(one.key, one.text, done, by if done else None, now if done else None)
        made.append(one)
    return made
