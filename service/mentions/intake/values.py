"""Values of payloads as a mention holds them: None for what they can't be. Pure, and total."""

import math
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

from service.imports.cells.dates import read_moment
from service.imports.cells.places import read_country
from service.imports.cells.style import Style
from service.imports.cells.texts import read_languages
from service.imports.rejects import Unfit
from service.kit.clock import is_usual
from service.mentions.intake.markup import tidy

MOST_TEXT = 50_000
MOST_COUNT = 10**15
_URL = re.compile(r"https?://[^\s]+", re.IGNORECASE)
_DIGITS = re.compile(r"[+-]?\d{1,20}(?:\.\d{1,20})?")
_GROUPED = re.compile(r"\d{1,3}(?:[.,\s]\d{3})+")
_DAY = re.compile(r"^[^\W\d]{2,12}\.?,?\s+(?=\d)")
_SPLIT_SECOND = re.compile(r"(\d\d:\d\d:\d\d)[.,]\d+")
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{2,8})*")
# What sources write for "not known".
_UNKNOWN = frozenset(("", "und", "unknown", "null", "none", "zxx", "n/a", "-"))


def storable(value: str) -> str:
    """A text that can be stored: without NUL, halves of characters put together or replaced.

    >>> storable("a" + chr(0) + "b"), storable(chr(0xD83D) + chr(0xDE00)) == "😀"
    ('ab', True)
    """
    text = value.replace("\x00", "")
    if any("\ud800" <= char <= "\udfff" for char in text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def text(value: Any, most: int = MOST_TEXT) -> str | None:
    """A text, cut to what is kept; numbers are none here."""
    if not isinstance(value, str):
        return None
    return tidy(storable(value[: most * 2]))[:most].strip() or None


def line(most: int) -> Callable[[Any], str | None]:
    """A reader of names and ids in one line; numbers are theirs too."""

    def read(value: Any) -> str | None:
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value) if abs(value) < 10**40 else None
        elif isinstance(value, float):
            value = str(int(value)) if value.is_integer() and abs(value) < 2**53 else None
        found = text(value, most)
        return None if found is None else " ".join(found.split())[:most] or None

    return read


def identifier(value: Any) -> str | None:
    """An id as text. A float beyond 2^53 has lost its last digits and is none.

    >>> identifier(1212092628029698048), identifier(" 7 "), identifier(1.5)
    ('1212092628029698048', '7', None)
    """
    return _id(value)


_id = line(500)


def count(value: Any) -> int | None:
    """A whole number from zero; strings of digits are one.

    >>> count("12,345"), count(7.0), count(-1), count(True), count("many")
    (12345, 7, None, None, None)
    """
    if isinstance(value, str):
        cut = value.strip()[:40]
        cut = re.sub(r"[.,\s]", "", cut) if _GROUPED.fullmatch(cut) else cut
        value = float(cut) if "." in cut and _DIGITS.fullmatch(cut) else cut
        value = int(value) if isinstance(value, str) and _DIGITS.fullmatch(value) else value
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return round(value) if 0 <= value <= MOST_COUNT else None


def address(value: Any) -> str | None:
    """An address of the web.

    >>> address(" https://a.example/x "), address("javascript:alert(1)"), address("//a.example/b")
    ('https://a.example/x', None, 'https://a.example/b')
    """
    if not isinstance(value, str):
        return None
    cut = storable(value[:4_000]).strip()
    cut = f"https:{cut}" if cut.startswith("//") else cut
    if len(cut) > 2_000 or not _URL.fullmatch(cut):
        return None
    try:
        parts = urlsplit(cut)
        _ = parts.port
        return cut if parts.hostname else None
    except ValueError:
        return None


def country(value: Any) -> str | None:
    """ISO 3166-1 alpha-2 of a code of two or three letters or a name.

    >>> country("GBR"), country("uk"), country("Türkiye"), country("xx9")
    ('GB', 'GB', 'TR', None)
    """
    if not isinstance(value, str) or len(value) > 100:
        return None
    try:
        found = read_country(storable(value).strip())
    except Unfit:
        return None
    return found if re.fullmatch("[A-Z]{2}", found) else None


def language(value: Any) -> str | None:
    """ISO 639 of a tag or a name.

    >>> language("tr-TR"), language("English"), language("und")
    ('tr', 'en', None)
    """
    if not isinstance(value, str) or len(value) > 100 or is_unknown(value):
        return None
    found = _LANGUAGE.fullmatch(value.strip())
    try:
        known = read_languages(storable(found[1] if found else value).strip())
    except Unfit:
        return None
    return known[0] if len(known) == 1 and re.fullmatch("[a-z]{2,3}", known[0]) else None


def is_unknown(value: Any) -> bool:
    """Whether a value says that there is none."""
    return value is None or (isinstance(value, str) and value.strip().casefold() in _UNKNOWN)


def handle(value: Any) -> str | None:
    """A handle without @.

    >>> handle(" @elci "), handle("@")
    ('elci', None)
    """
    found = _name(value)
    return (found.lstrip("@").strip() or None) if found else None


_name = line(200)


def moment(value: Any, now: datetime) -> datetime | None:
    """A time: ISO 8601 with or without colon in its offset, RFC 2822, seconds, milli- or microseconds.

    Nothing that lies more than a day ahead of `now`.

    >>> at = datetime(2026, 11, 25, tzinfo=UTC)
    >>> moment("2019-10-10T17:48:54.588+0000", at) == moment(1570729734588, at).replace(microsecond=588000)
    True
    >>> moment("Wed, 25 Nov 2026 10:00:00 +0300", at).hour, moment("2126-01-01", at), moment("soon", at)
    (7, None, None)
    """
    try:
        found = _moment(value)
    except (ValueError, OverflowError, OSError, TypeError, IndexError):
        return None
    if found is None:
        return None
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    try:
        found = found.astimezone(UTC)
    except OverflowError:
        return None
    return found if is_usual(found) and found <= now + timedelta(days=1) else None


def _moment(value: Any) -> datetime | None:
    if isinstance(value, datetime):
        return value
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        cut = value.strip()[:60]
        if not re.fullmatch(r"\d{9,16}(?:\.\d{1,9})?", cut):
            return _written(cut)
        value = float(cut) if "." in cut else int(cut)
    if not isinstance(value, int | float) or not math.isfinite(value) or value <= 0:
        return None
    for unit in (1, 1_000, 1_000_000):
        if value / unit < 10**10:
            return datetime.fromtimestamp(value / unit, UTC)
    return None


def _written(cut: str) -> datetime | None:
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return read(cut)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    try:
        return read_moment(_SPLIT_SECOND.sub(r"\1", _DAY.sub("", cut)), Style(day_first=True))
    except Unfit:
        return None
