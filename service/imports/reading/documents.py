"""NDJSON and JSON documents: one object after the other, with bounded memory.

An answer of an API wraps its objects (`{"data": [...]}`); the wrapper is found in the first bytes.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import ijson
import msgspec
from ijson.common import JSONError

from service.imports.limits import MAX_LINE
from service.imports.reading.escapes import mark, mark_lone_halves
from service.imports.reading.objects import objects
from service.imports.rejects import Reject, Unreadable, reject

Numbered = tuple[int, dict[str, Any]]


def read_ndjson(lines: Iterable[str]) -> Iterator[Numbered | Reject]:
    """One object a line, numbered by line; blank lines are passed over, broken ones rejected."""
    decode = msgspec.json.Decoder().decode
    for number, line in enumerate(lines, start=1):
        text = line.strip()
        if not text:
            continue
        record = _record(decode, text)
        yield (number, record) if isinstance(record, dict) else reject(number, None, text, "invalid_json")


def _record(decode: Callable[[bytes], Any], text: str) -> Any:
    """The decoded line, None where it is no JSON. Lone halves are marked first: msgspec refuses them."""
    for attempt in (text, mark(text)):
        try:
            return decode(attempt.encode())
        except (ValueError, RecursionError):
            continue
    return None


def read_json(pieces: Iterable[str], names: frozenset[str] = frozenset()) -> Iterator[Numbered | Reject]:
    """The objects of a JSON document, numbered from 1; `names` are lists that the kind's objects stand in.

    Raises:
        Unreadable: `invalid_json` where the document breaks, `too_deep`, `record_too_large`; what stood
        before
            has been handed out.
    """
    source = _Source(mark_lone_halves(pieces))
    number = 0
    try:
        for number, item in enumerate(objects(ijson.basic_parse(source, use_float=True), names), start=1):
            source.since = 0
            yield (number, item) if isinstance(item, dict) else reject(number, None, item, "invalid_json")
    except (JSONError, UnicodeError) as error:
        where = f"after record {number}" if number else "at its beginning"
        raise Unreadable("invalid_json", f"The document is not valid JSON {where}.") from error


class _Source:
    """A file-like view of the text, which stops where one record grows beyond the limit."""

    def __init__(self, pieces: Iterable[str]) -> None:
        self._pieces = iter(pieces)
        self._rest = b""
        self.since = 0

    def read(self, size: int = -1) -> bytes:
        if size == 0:
            return b""
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._rest = piece.encode("utf-8", "backslashreplace")
        taken, self._rest = self._rest[:size], self._rest[size:]
        self.since += len(taken)
        if self.since > MAX_LINE + 2**16:
            raise Unreadable("record_too_large", f"A record is larger than {MAX_LINE:,} bytes.")
        return taken
