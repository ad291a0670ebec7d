"""Payloads as they come: anything may be missing, null, of another type, or `{}` where a list is meant."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from decimal import Decimal, InvalidOperation
from typing import Any

from service.kit.clock import is_usual
from service.kit.text import is_storable

Json = Any
# What no field that is kept needs more of.
MOST_TEXT = 500
# An order has fewer; what is beyond is not read.
MOST_ITEMS = 1000
_MOST_DIGITS = 40


def parse_json(body: bytes) -> Json:
    """What a body says; None where it is no JSON. Numbers are exact: integers of any size, Decimals else.

    >>> parse_json(b'{"id": 820982911946154508, "total": 1249.9}')
    {'id': 820982911946154508, 'total': Decimal('1249.9')}
    """
    try:
        return json.loads(body, parse_float=_decimal, parse_int=_integer, parse_constant=_nothing)
    except (ValueError, RecursionError):
        return None


def _decimal(digits: str) -> Decimal | None:
    value = Decimal(digits) if len(digits) <= _MOST_DIGITS else None
    return value if value is not None and abs(value.adjusted()) <= _MOST_DIGITS else None


def _integer(digits: str) -> int | None:
    return int(digits) if len(digits) <= _MOST_DIGITS else None


def _nothing(constant: str) -> None:
    return None


def lowered(headers: Mapping[str, str]) -> dict[str, str]:
    """Headers by their lower-case names."""
    return {name.lower(): value for name, value in headers.items()}


def mapping(value: Json) -> dict[str, Json]:
    """The value where it is an object, else an empty one."""
    return value if isinstance(value, dict) else {}


def items(value: Json) -> list[dict[str, Json]]:
    """The objects of a list; none where it is no list."""
    if not isinstance(value, list):
        return []
    return [each for each in value[:MOST_ITEMS] if isinstance(each, dict)]


def dig(value: Json, *path: str) -> Json:
    """What lies at the end of a path of names, else None.

    >>> dig({"a": {"b": 1}}, "a", "b"), dig({"a": []}, "a", "b")
    (1, None)
    """
    for name in path:
        value = mapping(value).get(name)
    return value


def text(value: Json, *, strip: bool = True) -> str | None:
    """A name or number as text; None where there is nothing in it, or nothing that can be stored.

    >>> text(820982911946154508), text("  "), text(True), text(Decimal("5.0"))
    ('820982911946154508', None, None, '5')
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, Decimal):
        value = int(value) if value == value.to_integral_value() else value
    if isinstance(value, int | Decimal):
        return str(value)
    if not isinstance(value, str):
        return None
    cut = (value.strip() if strip else value)[:MOST_TEXT]
    return cut if cut and is_storable(cut) else None


def first(*values: Json) -> str | None:
    """The first of the values that is some text."""
    return next((found for value in values if (found := text(value)) is not None), None)


def texts(values: Iterable[Json]) -> tuple[str, ...]:
    """The texts among values, each once, in their order."""
    return tuple(dict.fromkeys(found for value in values if (found := text(value)) is not None))


def number(value: Json) -> Decimal | None:
    """A number or a plain decimal string; None where it is neither.

    >>> number("-5.00"), number(7), number("12,34"), number(None)
    (Decimal('-5.00'), Decimal('7'), None, None)
    """
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        return None
    if isinstance(value, str) and not _is_plain(value.strip()):
        return None
    try:
        return Decimal(value.strip() if isinstance(value, str) else value)
    except InvalidOperation:
        return None


def _is_plain(digits: str) -> bool:
    whole, _, fraction = digits.removeprefix("-").partition(".")
    plain = digits.isascii() and whole.isdigit() and (fraction or "0").isdigit()
    return plain and len(digits) <= _MOST_DIGITS


def flag(value: Json) -> bool | None:
    """A yes or no, as shops spell them.

    >>> flag(True), flag("true"), flag(0), flag("maybe")
    (True, True, False, None)
    """
    if isinstance(value, bool):
        return value
    return {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}.get(
        str(value).lower() if isinstance(value, int | str) else ""
    )


def moment(value: Json, zone: tzinfo = UTC) -> datetime | None:
    """A time as UTC: RFC 3339 in its many spellings, or seconds, milliseconds, microseconds since 1970.

    A naive one is in `zone`. What nobody can mean (kit.clock) is no time of an order.

    >>> moment("2021-12-31T19:00:00-05:00")
    datetime.datetime(2022, 1, 1, 0, 0, tzinfo=datetime.timezone.utc)
    >>> moment(1763719200000) == moment(1763719200) == moment("1763719200000000")
    True
    """
    found = _epoch(value) if number(value) is not None else _iso(value, zone)
    return found if is_usual(found) else None


def _epoch(value: Json) -> datetime | None:
    seconds = number(value) or Decimal(0)
    for above in (Decimal(10) ** 14, Decimal(10) ** 11):
        if abs(seconds) >= above:
            seconds /= 1_000_000 if above > 10**12 else 1000
            break
    if abs(seconds) >= 10**11:
        return None
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(seconds * 1_000_000))


def _iso(value: Json, zone: tzinfo) -> datetime | None:
    if not isinstance(value, str) or len(value) > 40:
        return None
    try:
        found = datetime.fromisoformat(_nanoseconds_cut(value.strip()))
    except ValueError:
        return None
    try:
        return (found.replace(tzinfo=zone) if found.tzinfo is None else found).astimezone(UTC)
    except OverflowError:
        return None


def _nanoseconds_cut(value: str) -> str:
    """Shopify says when a hook was triggered to the nanosecond; Python reads microseconds."""
    head, dot, rest = value.partition(".")
    digits = len(rest) - len(rest.lstrip("0123456789"))
    return head + dot + rest[: min(digits, 6)] + rest[digits:]
