"""Lines of a text that comes in pieces, none longer than the limit."""

from collections.abc import Iterable, Iterator
from io import StringIO

from service.imports.limits import MAX_LINE
from service.imports.rejects import Unreadable


def lines(pieces: Iterable[str], limit: int = MAX_LINE) -> Iterator[str]:
    """Each line with its end (`\\n`, `\\r\\n` or a lone `\\r`), in bounded memory.

    Raises:
        Unreadable: `line_too_long`, as soon as more than `limit` characters came without an end of line.

    >>> list(lines(["a,b\\r", "\\n1,", "2"]))
    ['a,b\\r\\n', '1,2']
    """
    number, held, size = 0, [""], 0
    for piece in pieces:
        held.append(piece)
        size += len(piece)
        if "\n" in piece or "\r" in piece or held[-2].endswith("\r"):
            # A \r at the very end may be the first half of \r\n: it waits for the next piece.
            *whole, rest = _split("".join(held))
            for line in whole:
                _check(len(line), number := number + 1, limit)
                yield line
            held, size = [rest], len(rest)
        _check(size, number + 1, limit)
    for line in _split("".join(held)):
        if line:
            yield line


def _split(text: str) -> list[str]:
    """Lines with their ends; the last entry is the unfinished rest ('' if none)."""
    parts = list(StringIO(text, newline=""))
    return [*parts, ""] if parts and parts[-1].endswith("\n") else parts or [""]


def _check(size: int, number: int, limit: int) -> None:
    if size > limit:
        raise Unreadable("line_too_long", f"Line {number} is longer than {limit:,} characters.")
