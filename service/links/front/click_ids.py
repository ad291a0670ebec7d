"""Ids of clicks: UUIDv7s whose time is the click's, so that a click is found in its day by its id alone."""

import os
from datetime import UTC, datetime
from uuid import UUID

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_PAIRS = [a + b for a in _ALPHABET for b in _ALPHABET]
_RANDOM = 10
_BLOCK = 400 * _RANDOM
# Version 7 and variant 10: RFC 9562, 5.7.
_FREE = (1 << 80) - 1 ^ (0xF << 76) ^ (0x3 << 62)
_FIXED = (0x7 << 76) | (0x2 << 62)


class ClickIds:
    """Makes ids, each in its inner form (16 bytes) and its outer one (`clk_...`)."""

    def __init__(self) -> None:
        self._pool = b""
        self._at = 0
        self._millisecond = -1
        self._bytes = b""
        self._start = ""

    def new(self, milliseconds: int) -> tuple[bytes, str]:
        """An id with 74 random bits behind `milliseconds` since 1970."""
        if milliseconds != self._millisecond:
            # 48 bits are ten characters exactly: the ids of a millisecond share them.
            self._millisecond = milliseconds
            self._bytes = milliseconds.to_bytes(6, "big")
            self._start = "clk_" + "".join(_PAIRS[milliseconds >> at & 1023] for at in (40, 30, 20, 10, 0))
        at = self._at
        if at >= len(self._pool):
            self._pool, at = os.urandom(_BLOCK), 0
        self._at = at + _RANDOM
        number = int.from_bytes(self._pool[at : at + _RANDOM], "big") & _FREE | _FIXED
        return self._bytes + number.to_bytes(_RANDOM, "big"), self._start + _shown(number)


def _shown(number: int) -> str:
    """80 bits as 16 characters; written out, as it is a quarter of a microsecond faster than a loop."""
    pairs = _PAIRS
    return (
        pairs[number >> 70]
        + pairs[number >> 60 & 1023]
        + pairs[number >> 50 & 1023]
        + pairs[number >> 40 & 1023]
        + pairs[number >> 30 & 1023]
        + pairs[number >> 20 & 1023]
        + pairs[number >> 10 & 1023]
        + pairs[number & 1023]
    )


def clicked_at(click_id: UUID) -> datetime:
    """The time of a click, which is its id's: with it, the primary key finds the click."""
    return datetime.fromtimestamp((click_id.int >> 80) / 1000, UTC)
