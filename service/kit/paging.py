"""Pages: opaque keyset cursors, `{data, next_cursor, has_more}`."""

import base64
import binascii
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Generic, TypeVar

import msgspec
from litestar.params import QueryParameter

from service.kit.problems import BadRequest

T = TypeVar("T")
Row = TypeVar("Row")

Limit = Annotated[int, QueryParameter(ge=1, le=100, description="rows a page")]
Cursor = Annotated[
    str | None, QueryParameter(max_length=2000, description="`next_cursor` of the page before")
]
DEFAULT_LIMIT = 50


class BadCursor(BadRequest):
    title = "Unreadable cursor"
    slug = "bad-cursor"


class Page(msgspec.Struct, Generic[T]):
    """One page of a list."""

    data: list[T]
    next_cursor: str | None
    has_more: bool


def encode(key: Any) -> str:
    """An opaque cursor of a sort key (a tuple of what msgspec can encode)."""
    return base64.urlsafe_b64encode(msgspec.msgpack.encode(key)).decode().rstrip("=")


def decode(cursor: str | None, kind: type[T] | Any) -> T | None:
    """The sort key of a cursor, None where there is none. Raises BadCursor."""
    if cursor is None:
        return None
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        return msgspec.msgpack.decode(raw, type=kind)
    except (binascii.Error, msgspec.MsgspecError, ValueError) as error:
        raise BadCursor("the cursor is not one that this list gave") from error


def page(rows: Sequence[Row], limit: int, key: Callable[[Row], Any], show: Callable[[Row], T]) -> Page[T]:
    """The page of rows that were fetched with `limit + 1`: the row too many says that there is more."""
    more = len(rows) > limit
    kept = rows[:limit]
    cursor = encode(key(kept[-1])) if more else None
    return Page([show(row) for row in kept], cursor, more)
