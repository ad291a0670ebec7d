"""Columns of cells to columns of values. Column by column, because most of a column can be read in one step
and the rest shares its work: the same country stands in a thousand rows."""

from collections.abc import Iterable, Sequence
from typing import Any

from msgspec import Struct

from service.imports.cells.missing import is_missing
from service.imports.cells.texts import read_name
from service.imports.columns.plan import Column
from service.imports.kinds import Field, Kind
from service.imports.reading.escapes import LONE_HALF
from service.imports.rejects import Unfit

Values = dict[tuple[str, str | None], list[Any]]

_NEVER = ("nul_byte", "lone_surrogate")
"""What no field can hold."""
_COUNTS = frozenset(("count", "amount"))


class Fault(Struct, frozen=True):
    """A cell that its column can't hold."""

    column: str
    value: Any
    reason: str


def read_columns(
    kind: Kind, columns: Sequence[Column], rows: Sequence[Sequence[Any]]
) -> tuple[Values, dict[int, Fault]]:
    """Values by (field, scope), and the first fault of each row that has one, by the row's index."""
    values: Values = {}
    faults: dict[int, Fault] = {}
    backups = {column.place: column for column in columns}
    for column in columns:
        field = kind.field(column.field) if column.field else None
        if field is None:
            continue
        read = _read(field, column, _cells(column, rows), faults)
        if column.backup is not None:
            _fill(read, field, backups[column.backup], column, rows)
        _put(values, field, column, read)
    _move_unfit(kind, values)
    return values, faults


def _cells(column: Column, rows: Sequence[Sequence[Any]]) -> list[Any]:
    place = column.place
    try:
        return [row[place] for row in rows]
    except IndexError:  # short rows: what is not there is missing
        return [row[place] if place < len(row) else None for row in rows]


def _read(field: Field, column: Column, cells: list[Any], faults: dict[int, Fault]) -> list[Any]:
    if field.type.name in _COUNTS and not column.style.scale and _all_digits(cells):
        return list(map(int, cells))
    known: dict[str, Any] = {}
    suspect = not _storable(cells)
    values: list[Any] = []
    for at, cell in enumerate(cells):
        if type(cell) is str:  # 1, 1.0 and True would share one entry
            value = (
                known[cell]
                if cell in known
                else known.setdefault(cell, _read_cell(field, column, cell, suspect))
            )
        else:
            value = _read_cell(field, column, cell, suspect)
        if isinstance(value, Fault) and not (field.otherwise and value.reason not in _NEVER):
            faults.setdefault(at, value)
            value = None
        values.append(value)
    return values


def _all_digits(cells: list[Any]) -> bool:
    try:
        joined = "".join(cells)
    except TypeError:
        return False
    return joined.isascii() and joined.isdigit() and "" not in cells and max(map(len, cells)) < 16


def _storable(cells: list[Any]) -> bool:
    """Whether no text of the column holds NUL or half a character."""
    texts: Iterable[str] = (
        cell if isinstance(cell, str) else repr(cell) for cell in cells if cell is not None
    )
    joined = "".join(texts)
    if "\x00" in joined or LONE_HALF in joined or "\\x00" in joined or "\\ud" in joined:
        return False
    try:
        joined.encode()
    except UnicodeEncodeError:
        return False
    return True


def _read_cell(field: Field, column: Column, cell: Any, suspect: bool) -> Any:
    if suspect and (reason := _unstorable(cell)):
        return Fault(column.header, cell, reason)
    if is_missing(cell):
        return None
    try:
        return field.type.read(cell, column.style)
    except Unfit as unfit:
        return Fault(column.header, cell, unfit.reason)


def _unstorable(cell: Any) -> str | None:
    texts = [cell] if isinstance(cell, str) else _texts(cell)
    for text in texts:
        if "\x00" in text:
            return "nul_byte"
        if LONE_HALF in text or any("\ud800" <= char <= "\udfff" for char in text):
            return "lone_surrogate"
    return None


def _texts(cell: Any) -> list[str]:
    pending, found = [cell], []
    while pending:
        value = pending.pop()
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, dict):
            pending.extend([*value, *value.values()])
        elif isinstance(value, list | tuple):
            pending.extend(value)
    return found


def _fill(read: list[Any], field: Field, twin: Column, column: Column, rows: Sequence[Sequence[Any]]) -> None:
    """Where the exact column is empty (a failed formula), its abbreviated twin speaks."""
    for at, value in enumerate(read):
        if value is None and twin.place < len(rows[at]):
            cell = rows[at][twin.place]
            spare = None if is_missing(cell) else _read_cell(field, twin, cell, True)
            read[at] = None if isinstance(spare, Fault) else spare


def _put(values: Values, field: Field, column: Column, read: list[Any]) -> None:
    key = (field.name, column.scope)
    if field.many and key in values:
        merged = zip(values[key], read, strict=True)
        read = [tuple(dict.fromkeys((*(one or ()), *(other or ())))) or None for one, other in merged]
    values[key] = read


def _move_unfit(kind: Kind, values: Values) -> None:
    """Cells that their own field can't hold go to the field named in `otherwise`, where that one is empty."""
    for (name, _), column in list(values.items()):
        field = kind.field(name)
        if field is None or field.otherwise is None:
            continue
        other = values.get((field.otherwise, None))
        for at, value in enumerate(column):
            if not isinstance(value, Fault):
                continue
            column[at] = None
            if other is None:
                other = values[(field.otherwise, None)] = [None] * len(column)
            if other[at] is None and isinstance(value.value, str):
                other[at] = _as_name(value.value)


def _as_name(text: str) -> str | None:
    try:
        return read_name(text)
    except Unfit:
        return None
