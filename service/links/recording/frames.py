"""What a spool file holds: a head with the columns, then frames of whole rows, each with length and checksum.

A file may end anywhere (kill -9, a full disk): a frame that is not whole, or whose checksum is wrong, was
never acknowledged, and ends what is read. Pure.
"""

import struct
import zlib
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

_FRAME = struct.Struct("<III")
_MAGIC = b"elci clicks 1\n"
LARGEST = 64 * 1024 * 1024


class Frame(NamedTuple):
    """`rows` is how many rows `data` has; `end` where the next frame begins."""

    data: bytes
    rows: int
    end: int


class Unreadable(ValueError):
    """No spool file, or one of a later version."""


def head(columns: Sequence[str]) -> bytes:
    """The beginning of a file whose rows have these columns."""
    told = msgspec.json.encode(columns)
    return _MAGIC + struct.pack("<I", len(told)) + told


def read_head(data: bytes) -> tuple[tuple[str, ...], int] | None:
    """Columns, and where the first frame begins; None where the head is not whole. Raises Unreadable."""
    start = len(_MAGIC) + 4
    if data[: len(_MAGIC)] != _MAGIC[: len(data)]:
        raise Unreadable("this is no spool file that this version reads")
    if len(data) < start:
        return None
    (length,) = struct.unpack_from("<I", data, len(_MAGIC))
    if len(data) < start + length:
        return None
    try:
        return tuple(msgspec.json.decode(data[start : start + length], type=list[str])), start + length
    except msgspec.MsgspecError as error:
        raise Unreadable("the file's head is broken") from error


def frame(data: bytes, rows: int) -> bytes:
    """A frame of rows that stand behind each other."""
    return _FRAME.pack(len(data), rows, zlib.crc32(data, rows)) + data


def read(data: bytes, at: int = 0) -> list[Frame]:
    """The whole frames from `at` on."""
    found = []
    while at + _FRAME.size <= len(data):
        length, rows, checksum = _FRAME.unpack_from(data, at)
        end = at + _FRAME.size + length
        body = data[at + _FRAME.size : end]
        if length == 0 or length > LARGEST or len(body) < length or zlib.crc32(body, rows) != checksum:
            break
        found.append(Frame(body, rows, end))
        at = end
    return found
