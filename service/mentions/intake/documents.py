"""JSON out of bytes: one document, many in a row, or a line each. What is broken is said and stepped over.
Pure, and total."""

import codecs
import json
import re
from collections.abc import Iterator
from typing import Any

from service.mentions.intake.found import Found

MOST_DOCUMENTS = 20_000
MOST_BAD = 200
_SPACE = " \t\r\n\ufeff\x1e,"
_BREAK = re.compile(r"\n|\}[ \t\r]{0,20}(?=\{)")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decoded(body: bytes) -> str:
    """A body as text: by its mark, else as JSON is encoded, else as Turkish Windows writes."""
    for mark, encoding in _BOMS:
        if body.startswith(mark):
            return body.decode(encoding, "replace")
    try:
        return body.decode(json.detect_encoding(body))
    except (UnicodeDecodeError, LookupError):
        return body.decode("cp1254", "replace") if _is_short_of(body) else body.decode("utf-8", "replace")


def _is_short_of(body: bytes) -> bool:
    """Whether so much is no UTF-8 that it is another encoding, and not UTF-8 with a few bytes broken."""
    wrong = body.decode("utf-8", "replace").count("\ufffd")
    return wrong * 4 > sum(byte >= 0x80 for byte in body)


def documents(body: bytes, found: Found) -> Iterator[tuple[str, Any]]:
    """Each JSON value with where it stands. After what is broken, reading goes on at the next line."""
    text = decoded(body)
    at, number, bad = 0, 0, 0
    while True:
        while at < len(text) and text[at] in _SPACE:
            at += 1
        if at >= len(text):
            return
        if number >= MOST_DOCUMENTS or bad >= MOST_BAD:
            found.fault(f"[{number}]", "too_many", lost=True)
            return
        try:
            value, at = _DECODER.raw_decode(text, at)
            yield f"[{number}]" if number or text[at:].strip(_SPACE) else "", value
            number += 1
        except (ValueError, RecursionError):
            found.fault(f"[{number}]", "json", text[at : at + 60], lost=True)
            number, bad = number + 1, bad + 1
            at = _next(text, at)


def _next(text: str, at: int) -> int:
    """Where another document may begin: behind the line, or where an object closes and another opens, which
    they never do inside of one."""
    found = _BREAK.search(text, at + 1)
    return found.end() if found else len(text)


def _whole(digits: str) -> int | None:
    return int(digits) if len(digits) <= 40 else None


_DECODER = json.JSONDecoder(parse_int=_whole, parse_constant=lambda constant: None)
