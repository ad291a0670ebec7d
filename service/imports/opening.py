"""Opening a file: what it is, where its header stands, what its columns hold. The rest is read in batches."""

from collections.abc import Iterable, Mapping
from datetime import date
from itertools import chain, islice
from typing import Any

from service.imports.columns.context import find_as_of, guess_platform
from service.imports.columns.header_row import find_header
from service.imports.columns.mapping import split_constants, with_constants
from service.imports.columns.plan import Column
from service.imports.columns.recognise import recognise
from service.imports.kinds import Context, Kind
from service.imports.limits import SAMPLE_ROWS
from service.imports.parsing import Intake, Warned
from service.imports.reading.table import Row, Table, open_table
from service.imports.rejects import Reject


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
        mapping: header or position (from 1) -> field (`field:scope`), None to leave a column out; `=value`
        -> field
            gives every row that value (`{"=@ourbrand": "handle"}` for the posts of one account).

    Raises:
        Unreadable: with a stable code and a text for people.
    """
    given, constants = split_constants(mapping or {})
    table = open_table(chunks, format=format, sheet=sheet, lists=kind.lists, nested=kind.explode)
    headers, number, sample = _headers(table, kind)
    found = recognise(headers, [cells for _, cells in _good(sample)], kind, given)
    columns = with_constants(found, constants, kind)
    told = guess_platform(platform, headers, table.sheet, filename)
    day = as_of or find_as_of(filename)
    context = Context(told.platform, day, source, told.told_by == "given", as_of is not None)
    return Intake(
        kind=kind,
        format=table.format,
        encoding=table.encoding,
        delimiter=table.delimiter,
        sheet=table.sheet,
        sheets=table.sheets,
        header_row=number,
        columns=columns,
        width=len(headers),
        constants=[value for value, _ in constants],
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
    if not fields & {"handle", "name", "profile", "platform_id", "account_id"}:
        found.append(Warned("no_identity_column", "No column names the accounts; mapping= can give one."))
    others = [name for name in table.sheets if name != table.sheet]
    if others:
        found.append(
            Warned("other_sheets", f"Only sheet {table.sheet!r} is read; there are also {', '.join(others)}.")
        )
    return found
