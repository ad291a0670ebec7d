"""XLSX: one sheet's rows. The size is read from the zip directory before anything is unpacked.

openpyxl parses with defusedxml where it is installed (it is a dependency here), so entities are refused,
and zipfile never unpacks more of a part than the directory promised: a bomb either says its size or is cut
short.
"""

import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import IO, Any

from defusedxml import DefusedXmlException
from msgspec import Struct
from openpyxl import load_workbook

from service.imports.limits import (
    MAX_COLUMNS,
    MAX_SHARED_STRINGS,
    MAX_WORKBOOK,
    MAX_WORKBOOK_PARTS,
    MAX_WORKBOOK_UNPACKED,
)
from service.imports.rejects import Unreadable

Cells = list[Any]


class Sheet(Struct):
    """The chosen sheet, all sheets' names, and the numbered rows (numbers as the spreadsheet shows them)."""

    name: str
    names: list[str]
    rows: Iterator[tuple[int, Cells]]


def read_workbook(chunks: Iterable[bytes], sheet: str | None = None) -> Sheet:
    """The sheet of that name or number (from 1); without one, the first visible sheet that has two rows.

    Raises:
        Unreadable: `workbook_too_large`, `not_a_workbook`, `unknown_sheet`.
    """
    stored = _store(chunks)
    _check_directory(stored)
    try:
        book = load_workbook(stored, read_only=True, data_only=True, keep_links=False)
    except Exception as error:  # openpyxl raises whatever its XML made it stumble over
        raise _broken(error) from error
    name = _choose(book, sheet)
    return Sheet(name=name, names=list(book.sheetnames), rows=_rows(book, name))


def _store(chunks: Iterable[bytes]) -> IO[bytes]:
    stored = BytesIO()
    for chunk in chunks:
        if stored.tell() + len(chunk) > MAX_WORKBOOK:
            raise _too_large(f"larger than {MAX_WORKBOOK:,} bytes")
        stored.write(chunk)
    stored.seek(0)
    return stored


def _check_directory(stored: IO[bytes]) -> None:
    try:
        with zipfile.ZipFile(stored) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise _broken(error) from error
    if len(parts) > MAX_WORKBOOK_PARTS:
        raise _too_large(f"made of more than {MAX_WORKBOOK_PARTS:,} parts")
    if sum(part.file_size for part in parts) > MAX_WORKBOOK_UNPACKED:
        raise _too_large(f"larger than {MAX_WORKBOOK_UNPACKED:,} bytes when unpacked")
    if any(part.file_size > MAX_SHARED_STRINGS for part in parts if "worksheets/" not in part.filename):
        raise _too_large(f"holding a part of more than {MAX_SHARED_STRINGS:,} bytes besides its sheets")
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("not_a_workbook", "The workbook is encrypted; save it without a password.")


def _choose(book: Any, wanted: str | None) -> str:
    names: list[str] = [each.title for each in book.worksheets]
    if not names:
        raise Unreadable("not_a_workbook", "The workbook has no sheet.")
    if wanted is not None:
        folded = {name.strip().casefold(): name for name in reversed(names)}
        if wanted.strip().casefold() in folded:
            return folded[wanted.strip().casefold()]
        if wanted.strip().isdecimal() and 1 <= int(wanted.strip()[:6]) <= len(names):
            return names[int(wanted.strip()[:6]) - 1]
        raise Unreadable("unknown_sheet", f"No sheet {wanted!r}; the workbook has {', '.join(names)}.")
    visible = [name for name in names if book[name].sheet_state == "visible"] or names
    return next((name for name in visible if _filled(book, name)), visible[0])


def _filled(book: Any, name: str) -> bool:
    """Whether two rows of the sheet hold something."""
    found = 0
    for _, row in zip(range(50), _cells(book, name), strict=False):
        found += any(cell is not None for cell in row)
        if found == 2:
            return True
    return False


def _rows(book: Any, name: str) -> Iterator[tuple[int, Cells]]:
    return ((number, list(row)) for number, row in enumerate(_cells(book, name), start=1))


def _cells(book: Any, name: str) -> Iterator[tuple[Any, ...]]:
    sheet = book[name]
    # The stated dimension is often wrong: A1 in many exports, a million rows in others.
    sheet.reset_dimensions()
    try:
        yield from sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS)
    except Exception as error:  # as above: whatever broken XML leads to
        raise _broken(error) from error


def _broken(error: Exception) -> Unreadable:
    if isinstance(error, Unreadable):
        return error
    if isinstance(error, DefusedXmlException):
        return Unreadable("not_a_workbook", "The workbook's XML declares entities, which are refused.")
    return Unreadable("not_a_workbook", "The file is not an intact XLSX workbook.")


def _too_large(how: str) -> Unreadable:
    return Unreadable(
        "workbook_too_large", f"The workbook is {how}. Save the sheet as CSV, which has no limit."
    )
