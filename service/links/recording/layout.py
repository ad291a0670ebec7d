"""A click as PostgreSQL's COPY reads it (binary format), so that storing one costs no encoding again.

https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.4. A row is the number of its fields,
then each field as a length and that many bytes; NULL is the length -1. Pure.
"""

import struct
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from uuid import UUID

from msgspec import Struct

COLUMNS = (
    "id",
    "clicked_at",
    "visitor",
    "target",
    "workspace_id",
    "link_id",
    "partner_id",
    "campaign_id",
    "kind",
    "sub1",
    "sub2",
    "sub3",
    "sub4",
    "sub5",
    "country",
    "language",
    "referrer_host",
    "platform",
    "counted",
    "reasons",
    "device",
    "os",
    "browser",
    "in_app",
    "user_agent",
    "network_class",
)
HEAD = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TAIL = b"\xff\xff"
_NULL = b"\xff\xff\xff\xff"
_TEXT_OID = 25
_POSTGRES_EPOCH_MS = int(datetime(2000, 1, 1, tzinfo=UTC).timestamp() * 1000)
LONGEST_TEXT = 500

_FIELDS = struct.pack(">h", len(COLUMNS))
_FIRST = struct.Struct(">h i16s iq")
_LENGTH = struct.Struct(">i")
_UUID_FIELD = struct.Struct(">i16s")
_VISITOR = struct.pack(">i", 16)
_TARGET = struct.Struct(">ih")
_TRUE, _FALSE = struct.pack(">i?", 1, True), struct.pack(">i?", 1, False)


class Whose(Struct, frozen=True):
    """What all clicks of a link have in common."""

    workspace_id: UUID
    link_id: UUID
    partner_id: UUID | None
    campaign_id: UUID | None


class Circumstances(Struct, frozen=True):
    """What many clicks have in common: where they come from, and what is made of that."""

    country: str | None = None
    language: str | None = None
    referrer_host: str | None = None
    platform: str | None = None
    counted: bool = True
    reasons: tuple[str, ...] = ()
    device: str | None = None
    os: str | None = None
    browser: str | None = None
    in_app: str | None = None
    user_agent: str | None = None
    network_class: str | None = None


def row(id_: bytes, milliseconds: int, visitor: bytes | None, target: int | None, rest: bytes) -> bytes:
    """A row; `rest` are `whose`, `subs` and `circumstances` behind each other.

    `id_` and `visitor`: 16 bytes; `milliseconds`: since 1970, the time in the id.
    """
    micros = (milliseconds - _POSTGRES_EPOCH_MS) * 1000
    return b"".join(
        (
            _FIRST.pack(len(COLUMNS), 16, id_, 8, micros),
            _NULL if visitor is None else _VISITOR + visitor,
            _NULL if target is None else _TARGET.pack(2, target),
            rest,
        )
    )


def whose(of: Whose, kind: str) -> bytes:
    """The fields workspace_id to kind."""
    ids = (of.workspace_id, of.link_id, of.partner_id, of.campaign_id)
    return b"".join(_NULL if each is None else _UUID_FIELD.pack(16, each.bytes) for each in ids) + text(kind)


def subs(values: Sequence[str | None]) -> bytes:
    """The fields sub1 to sub5."""
    return b"".join(map(text, values))


def circumstances(of: Circumstances) -> bytes:
    """The fields country to network_class."""
    return b"".join(
        (
            *map(text, (of.country, of.language, of.referrer_host, of.platform)),
            _TRUE if of.counted else _FALSE,
            _texts(of.reasons),
            *map(text, (of.device, of.os, of.browser, of.in_app, of.user_agent, of.network_class)),
        )
    )


def text(value: str | None) -> bytes:
    """A text field: at most 500 characters, without what PostgreSQL takes for no text.

    >>> text("a\\0b"), text(None)
    (b'\\x00\\x00\\x00\\x02ab', b'\\xff\\xff\\xff\\xff')
    """
    if value is None:
        return _NULL
    encoded = value[:LONGEST_TEXT].replace("\0", "").encode("utf-8", "replace")
    return _LENGTH.pack(len(encoded)) + encoded


def _texts(values: Sequence[str]) -> bytes:
    """A field of type text[]: dimensions, "has nulls", element type, then size and lower bound."""
    if not values:
        body = struct.pack(">iii", 0, 0, _TEXT_OID)
    else:
        body = struct.pack(">iiiii", 1, 0, _TEXT_OID, len(values), 1) + b"".join(map(text, values))
    return _LENGTH.pack(len(body)) + body


def rows(data: bytes) -> Iterator[bytes]:
    """The rows that `data` consists of. Raises ValueError where it is no sequence of rows."""
    at = 0
    while at < len(data):
        end = _end_of_row(data, at)
        yield data[at:end]
        at = end


def times(data: bytes) -> Iterator[datetime]:
    """`clicked_at` of every row. Raises ValueError."""
    for each in rows(data):
        micros = _FIRST.unpack_from(each)[4]
        yield datetime.fromtimestamp(micros / 1e6 + _POSTGRES_EPOCH_MS / 1000, UTC)


def _end_of_row(data: bytes, at: int) -> int:
    try:
        (fields,) = struct.unpack_from(">h", data, at)
        at += 2
        for _ in range(fields):
            (length,) = _LENGTH.unpack_from(data, at)
            at += 4 + max(length, 0)
    except struct.error as error:
        raise ValueError("no row begins here") from error
    if fields < 0 or at > len(data):
        raise ValueError("a row has no end")
    return at
