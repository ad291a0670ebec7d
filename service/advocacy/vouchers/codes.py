"""Codes as a file has them, one a line, and the form in which two spellings are the same. Pure."""

import csv
import re
import unicodedata
from collections.abc import Iterator
from io import StringIO

from msgspec import Struct

from service.kit.text import fold_tr

SHORTEST = 4
"""A shorter code is guessed in an afternoon."""
LONGEST = 64
_DELIMITERS = (";", "\t", ",")
_CODE = re.compile(r"[^\W_]([\w.+/=:#*@!?&$-]*[^\W])?")
HEADERS = frozenset(
    (
        *("code", "codes", "voucher", "voucher code", "coupon", "coupon code", "discount code", "gift card"),
        *("kod", "kodlar", "kupon", "kupon kodu", "indirim kodu", "hediye ceki", "hediye kodu"),
    )
)


class Unreadable(ValueError):
    """The bytes are no text."""


class ReadCode(Struct, frozen=True):
    """A line's code as it is written, its folded form, and what is wrong with it (a CodeProblem's reason)."""

    row: int
    code: str
    folded: str
    fault: str | None


def folded(code: str) -> str:
    """What a code is compared by.

    >>> folded(" AYŞE-10 ") == folded("ayse-10"), folded("A B")
    (True, 'a b')
    """
    return fold_tr(unicodedata.normalize("NFKC", code).strip())


def fault(code: str) -> str | None:
    """Why a text is no code; None where it is one.

    >>> [fault(code) for code in ("YAZ-7K2P", "A1", "A B C D", "=CMD()", "X" * 65, "a\\x00bcd")]
    [None, 'too_short', 'bad_character', 'bad_character', 'too_long', 'bad_character']
    """
    if len(code) < SHORTEST:
        return "too_short"
    if len(code) > LONGEST:
        return "too_long"
    return None if _CODE.fullmatch(code) else "bad_character"


def hint(code: str) -> str:
    """The last characters, at most a quarter of the code: enough to find it by, too few to use it.

    >>> hint("YAZ-7K2P"), hint("A1B2"), hint("WINTER-2026-7K2P-99QX")
    ('2P', '2', '99QX')
    """
    return code[-min(4, max(1, len(code) // 4)) :]


def masked(shown: str) -> str:
    """A code of which only this end is shown.

    >>> masked("2P")
    '••••2P'
    """
    return "••••" + shown


def decoded(data: bytes) -> str:
    """The text of a file: UTF-8, or UTF-16 with its mark. Raises Unreadable.

    >>> decoded(b"\\xef\\xbb\\xbfABCD"), decoded("ABCD".encode("utf-16"))
    ('ABCD', 'ABCD')
    """
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable("the file is neither UTF-8 nor UTF-16 text") from error
    if "\x00" in text:
        raise Unreadable("the file holds NUL: it is no text")
    return text


def read(text: str) -> Iterator[ReadCode]:
    """The code of each line: the first cell of a CSV (comma, semicolon or tab), or the whole line. A header
    and empty lines are passed over.

    >>> [(one.row, one.code, one.fault) for one in read("code;note\\nYAZ-1;x\\n\\n \\"YAZ-2\\"\\nA\\n")]
    [(2, 'YAZ-1', None), (4, 'YAZ-2', None), (5, 'A', 'too_short')]
    """
    first = True
    for row, line in enumerate(text.splitlines(), 1):
        cell = _first_cell(line)
        if not cell:
            continue
        if first and fold_tr(cell) in HEADERS:
            first = False
            continue
        first = False
        yield ReadCode(row, cell, folded(cell), fault(cell))


def _first_cell(line: str) -> str:
    stripped = line.strip()
    mark = min((mark for mark in _DELIMITERS if mark in stripped), key=stripped.index, default=",")
    if '"' not in stripped:
        return stripped.split(mark, 1)[0].strip()
    cells = next(csv.reader(StringIO(stripped), delimiter=mark), [""])
    return cells[0].strip()
