"""A file as batches of typed records: the whole pure half of an import, as one call and one iterator."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import chain, islice
from typing import Any

from msgspec import Struct

from service.imports.cells.missing import is_blank
from service.imports.columns.context import find_as_of, guess_platform
from service.imports.columns.header_row import find_header
from service.imports.columns.plan import Column
from service.imports.columns.recognise import recognise
from service.imports.kinds import Context, Kind, Parsed, RowError
from service.imports.limits import BATCH_ROWS, SAMPLE_ROWS
from service.imports.reading.table import Row, Table, open_table
from service.imports.rejects import Reject, reject
from service.imports.values import Fault, read_columns

_TITLE_ROWS = 20


class Warned(Struct, frozen=True):
    """Something about the whole file that its owner should know. `code` is stable."""

    code: str
    message: str


class Batch(Struct):
    """Some rows of the file: how many were read, the records they made, and those that made none.

    One row may make several records (a sheet with a column for each platform)."""

    read: int
    records: list[Any]
    rejects: list[Reject]


class Intake(Struct):
    """An opened file: what it is, how its columns are understood, and its rows in batches."""

    kind: Kind
    format: str
    encoding: str | None
    delimiter: str | None
    sheet: str | None
    sheets: list[str]
    header_row: int | None
    columns: list[Column]
    context: Context
    warnings: list[Warned]
    rows: Iterator[Row | Reject]

    def batches(self, size: int = BATCH_ROWS) -> Iterator[Batch]:
        """The rest of the file, `size` rows at a time. Blank rows are passed over and not counted.

        Raises:
            Unreadable: where the file breaks off; the batches before are whole.
        """
        while taken := list(islice(self.rows, size)):
            batch = self._batch(taken)
            if batch.read:
                yield batch

    def _batch(self, taken: list[Row | Reject]) -> Batch:
        broken = [row for row in taken if isinstance(row, Reject)]
        whole = [row for row in taken if not isinstance(row, Reject) and not is_blank(row[1])]
        wide = [
            reject(number, None, cells[-1], "too_many_cells")
            for number, cells in whole
            if self._is_wide(cells)
        ]
        kept = [row for row in whole if not self._is_wide(row[1])]
        records, rejects = self._records(kept)
        found = sorted([*broken, *wide, *rejects], key=lambda each: each.row)
        return Batch(len(broken) + len(whole), records, found)

    def _is_wide(self, cells: list[Any]) -> bool:
        """Cells beyond the header that hold something: the row is shifted, and nothing in it can be trusted."""
        return len(cells) > len(self.columns) and not is_blank(cells[len(self.columns) :])

    def _records(self, rows: list[Row]) -> tuple[list[Any], list[Reject]]:
        values, faults = read_columns(self.kind, self.columns, [cells for _, cells in rows])
        numbers = [number for number, _ in rows]
        made = self.kind.assemble(Parsed(numbers, values, self.context))
        rejects = [_fault(numbers[at], fault) for at, fault in sorted(faults.items())]
        records: list[Any] = []
        for at, result in enumerate(made):
            if at in faults:
                continue
            if isinstance(result, RowError):
                rejects.append(reject(numbers[at], result.column, result.value, result.reason))
            else:
                records.extend(result)
        return records, rejects


def open_intake(
    chunks: Iterable[bytes],
    kind: Kind,
    *,
    format: str = "auto",
    filename: str | None = None,
    sheet: str | None = None,
    platform: str | None = None,
    as_of: date | None = None,
    source: str | None = None,
    mapping: Mapping[str, str | None] | None = None,
) -> Intake:
    """Opens a file and decides what its columns are; its rows are read as `batches()` asks for them.

    Parameters:
        chunks: the file's bytes, in pieces of any size.
        filename: where platform and date are looked for when nothing else tells them.
        mapping: header or position (from 1) -> field (`field:scope`), None to leave a column out.

    Raises:
        Unreadable: with a stable code and a text for people.
    """
    table = open_table(chunks, format=format, sheet=sheet, lists=kind.lists, nested=kind.explode)
    headers, number, sample = _headers(table, kind)
    columns = recognise(headers, [cells for _, cells in _good(sample)], kind, mapping)
    told = guess_platform(platform, headers, table.sheet, filename)
    context = Context(told.platform, as_of or find_as_of(filename), source)
    return Intake(
        kind=kind,
        format=table.format,
        encoding=table.encoding,
        delimiter=table.delimiter,
        sheet=table.sheet,
        sheets=table.sheets,
        header_row=number,
        columns=columns,
        context=context,
        warnings=_warnings(table, columns, told.told_by, number),
        rows=chain(sample, table.rows),
    )


def _headers(table: Table, kind: Kind) -> tuple[list[str], int | None, list[Row | Reject]]:
    """The headers, the row they stand in, and the sampled rows below."""
    sample = list(islice(table.rows, SAMPLE_ROWS))
    if table.names is not None:
        return table.names, None, sample
    first = _good(sample)[:SAMPLE_ROWS]
    index = find_header([cells for _, cells in first], kind)
    if index is None:
        width = max((len(cells) for _, cells in first), default=0)
        return [f"column {place + 1}" for place in range(width)], None, sample
    number, cells = first[index]
    below = [row for row in sample if (row.row if isinstance(row, Reject) else row[0]) > number]
    return _trimmed(cells), number, below


def _trimmed(cells: list[Any]) -> list[str]:
    """The header's texts, without empty ones behind the last."""
    texts = ["" if cell is None else str(cell) for cell in cells]
    while texts and not texts[-1].strip():
        texts.pop()
    return texts


def _good(rows: list[Row | Reject]) -> list[Row]:
    return [row for row in rows if not isinstance(row, Reject)]


def _fault(number: int, fault: Fault) -> Reject:
    return reject(number, fault.column, fault.value, fault.reason)


def _warnings(table: Table, columns: list[Column], told_by: str, header_row: int | None) -> list[Warned]:
    found = []
    fields = {column.field for column in columns}
    scoped = any(column.scope for column in columns)
    if told_by == "nothing" and not scoped and not fields & {"platform", "profile"}:
        found.append(
            Warned("platform_unknown", "Nothing says which platform this is; the accounts go to 'other'.")
        )
    if header_row is None and table.names is None:
        found.append(
            Warned("no_header", "The table has no header; columns were recognised by their content alone.")
        )
    others = [name for name in table.sheets if name != table.sheet]
    if others:
        found.append(
            Warned("other_sheets", f"Only sheet {table.sheet!r} is read; there are also {', '.join(others)}.")
        )
    return found
