"""Where the header is: not always in the first row, and sometimes nowhere."""

import re
from collections.abc import Sequence
from typing import Any

from service.imports.cells.missing import is_blank, is_missing
from service.imports.cells.texts import is_email
from service.imports.columns.evidence import header_score
from service.imports.columns.header import read_header
from service.imports.columns.identity import is_identity
from service.imports.kinds import Kind

_LOOKED_AT = 20
_DATA = re.compile(r"[\d.,%+\-\s]+[kmb%]?", re.IGNORECASE)


def find_header(rows: Sequence[list[Any]], kind: Kind) -> int | None:
    """The index of the header row among the first rows; None where the table has none.

    The header is the row, above the data, most of whose cells are words that this kind's headers use. Where
    no row has any, it is the first row of full width that holds no number, link or address.
    """
    width = _width(rows)
    best, best_score = None, 0.0
    for index, row in enumerate(rows[:_LOOKED_AT]):
        filled = [cell for cell in row if not is_missing(cell)]
        if len(filled) < max(1, width / 2):
            continue
        known = sum(_is_known(cell, kind) for cell in filled)
        score = known / len(filled) - 0.5 * sum(_is_data(cell) for cell in filled) / len(filled)
        if known and score > best_score + 0.05:
            best, best_score = index, score
    if best is not None and best_score > 0.15:
        return best
    return _first_of_words(rows, width)


def _first_of_words(rows: Sequence[list[Any]], width: int) -> int | None:
    for index, row in enumerate(rows[:_LOOKED_AT]):
        if is_blank(row):
            continue
        filled = [cell for cell in row if not is_missing(cell)]
        if len(filled) < width / 2:
            continue  # a title
        words = not any(_is_data(cell) for cell in filled) and len(set(map(str, filled))) > len(filled) / 2
        below = rows[index + 1 : index + 20]
        contrast = any(_is_data(cell) for row in below for cell in row)
        return index if words and contrast else None
    return None


def _width(rows: Sequence[list[Any]]) -> int:
    """How many columns most rows fill."""
    widths = sorted(sum(not is_missing(cell) for cell in row) for row in rows if not is_blank(row))
    return widths[len(widths) // 2] if widths else 0


def _is_known(cell: Any, kind: Kind) -> bool:
    if not isinstance(cell, str) or not cell.strip() or len(cell) > 100:
        return False
    header = read_header(cell, dict(kind.words))
    return is_identity(header) or any(header_score(header, field) >= 0.6 for field in kind.fields)


def _is_data(cell: Any) -> bool:
    if not isinstance(cell, str):
        return True
    text = cell.strip()
    return bool(_DATA.fullmatch(text[:60]) or text.startswith(("@", "http")) or is_email(text))
