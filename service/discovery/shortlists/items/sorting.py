"""The orders of a list's items: each a rising expression, with the influencer's id for equal ones."""

from typing import Annotated, Any, NamedTuple, cast
from uuid import UUID

from litestar.params import QueryParameter
from msgspec import Struct

from service.discovery.shortlists.items.schemas import Sort, SortedItemRow, Status
from service.kit import paging

# The way of an item through a team's hands.
STATUSES: tuple[Status, ...] = ("suggested", "starred", "contacted", "approved", "rejected", "ignored")
_PLACES = "array[" + ", ".join(f"'{status}'" for status in STATUSES) + "]"


class Key(NamedTuple):
    """What items are ordered by, and its type."""

    text: str
    type: str


# What comes first is smallest: of numbers the largest, unknown ones last.
KEYS: dict[Sort, Key] = {
    "added": Key("(extract(epoch from added_at) * 1000000)::bigint", "bigint"),
    "fit": Key("-coalesce(fit, -1)", "float8"),
    "name": Key("name_folded", "text"),
    "status": Key(f"array_position({_PLACES}, status) * 1000 - coalesce(fit, -1)", "float8"),
    "followers": Key("-coalesce(followers, -1)", "bigint"),
    "updated": Key("-(extract(epoch from updated_at) * 1000000)::bigint", "bigint"),
}

SortBy = Annotated[Sort, QueryParameter(description="added and name rise, the others fall; unknown last")]


class Position(Struct, frozen=True, array_like=True):
    """Behind which item a page starts; the key is one of its order."""

    sort: Sort
    key: int | float | str
    influencer_id: UUID


class Narrowed(Struct, frozen=True):
    """Which items, in which order, from where on; None leaves a filter out."""

    sort: Sort = "added"
    statuses: list[str] | None = None
    ids: list[UUID] | None = None
    after: Position | None = None
    opted_out: bool | None = None

    def conditions(self, values: list[Any]) -> str:
        """The conditions over an item; what they need is bound behind the values given."""
        made = ["true"]
        if self.statuses is not None:
            made.append(f"status = any({_bind(values, self.statuses)}::text[])")
        if self.ids is not None:
            made.append(f"id = any({_bind(values, self.ids)}::uuid[])")
        if self.opted_out is not None:
            made.append(f"opted_out = {_bind(values, self.opted_out)}")
        if self.after is not None:
            key = f"{_bind(values, self.after.key)}::{KEYS[self.sort].type}"
            made.append(f"(key, id) > ({key}, {_bind(values, self.after.influencer_id)}::uuid)")
        return " and ".join(made)


def _bind(values: list[Any], value: Any) -> str:
    values.append(value)
    return f"${len(values)}"


def position(cursor: str | None, sort: Sort) -> Position | None:
    """Where a page starts. Raises BadCursor, also for a cursor of another order."""
    found = cast(Position | None, paging.decode(cursor, Position))
    text = KEYS[sort].type == "text"
    if found is not None and (found.sort != sort or isinstance(found.key, str) != text):
        raise paging.BadCursor("the cursor belongs to another order")
    if found is not None and KEYS[sort].type == "bigint" and not isinstance(found.key, int):
        raise paging.BadCursor("the cursor belongs to another order")
    return found


def key_of(row: SortedItemRow, sort: Sort) -> Position:
    return Position(sort, row.key, row.id)
