"""Ids: UUIDv7 inside, a prefix and 26 characters of lower-case Crockford base32 outside.

The alphabet leaves out i, l, o and u (https://www.crockford.com/base32.html), so an id can be read aloud.
"""

from uuid import UUID

import uuid_utils.compat

from service.kit.problems import NotFound

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_PAIRS = [a + b for a in _ALPHABET for b in _ALPHABET]
_VALUES = {char: value for value, char in enumerate(_ALPHABET)}
_LENGTH = 26


def new() -> UUID:
    """A new UUIDv7: unique, and rising with time so that a btree is filled at its right end."""
    return uuid_utils.compat.uuid7()


def show(prefix: str, value: UUID) -> str:
    """The outer form: `show("inf", uuid)` is `inf_` and 26 characters."""
    number = value.int
    return prefix + "_" + "".join(_PAIRS[number >> shift & 1023] for shift in range(120, -1, -10))


def show_or_none(prefix: str, value: UUID | None) -> str | None:
    return None if value is None else show(prefix, value)


def read(prefix: str, text: str) -> UUID:
    """The inner form of an outer id.

    Raises NotFound where the text is no id of this kind: what can't exist is as unknown as what doesn't.
    """
    head, _, body = text.partition("_")
    number = _number(body) if head == prefix and len(body) == _LENGTH else None
    if number is None or number >> 128:
        raise NotFound(f"there is no {text[:60]!r}")
    return UUID(int=number)


def _number(body: str) -> int | None:
    number = 0
    for char in body:
        value = _VALUES.get(char)
        if value is None:
            return None
        number = number << 5 | value
    return number
