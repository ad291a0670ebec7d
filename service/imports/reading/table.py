"""A file of any format as one table: numbered rows of cells, the first ones looked at before the rest is
read."""

from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

from msgspec import Struct

from service.imports.limits import MAX_COLUMNS, SAMPLE_BYTES, SAMPLE_ROWS
from service.imports.reading.decoding import decode, sniff
from service.imports.reading.delimited import delimiter, records
from service.imports.reading.documents import Numbered, read_json, read_ndjson
from service.imports.reading.flatten import explode, flatten
from service.imports.reading.formats import Format, detect
from service.imports.reading.lines import lines
from service.imports.reading.workbook import read_workbook
from service.imports.rejects import Reject, Unreadable

Row = tuple[int, list[Any]]


class Table(Struct):
    """`rows` gives each row with its number in the file, or the reject that it became.

    JSON has names instead of a header row: then `names` holds the columns and every row is data.
    """

    format: Format
    rows: Iterator[Row | Reject]
    names: list[str] | None = None
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    sheets: list[str] = []


def open_table(
    chunks: Iterable[bytes],
    *,
    format: str = "auto",
    sheet: str | None = None,
    lists: frozenset[str] = frozenset(),
    nested: frozenset[str] = frozenset(),
) -> Table:
    """Reads as little as it needs to know what the file is; the rows follow as they are asked for.

    Parameters:
        chunks: the file's bytes in pieces of any size.
        format: auto, csv, ndjson, json or xlsx.
        sheet: a workbook's sheet, by name or by number from 1.
        lists: names of lists in a JSON document that hold this kind's records.
        nested: names of lists in a JSON record that make a row for each entry.

    Raises:
        Unreadable: empty files, other formats, broken or oversized ones; also while the rows are read.
    """
    head, whole = _peek(chunks)
    if not head.strip():
        raise Unreadable("empty_file", "The file is empty.")
    encoding = sniff(head)
    told = detect(head, encoding, format)
    if told == "xlsx":
        book = read_workbook(whole, sheet)
        return Table("xlsx", iter(book.rows), sheet=book.name, sheets=book.names)
    text = decode(whole, encoding, head)
    if told == "csv":
        return _delimited(text, encoding)
    read = read_ndjson(lines(text)) if told == "ndjson" else read_json(text, lists)
    return _objects(_rows(read, nested), told, encoding)


def _peek(chunks: Iterable[bytes]) -> tuple[bytes, Iterator[bytes]]:
    source, head = iter(chunks), bytearray()
    for chunk in source:
        head += chunk
        if len(head) >= SAMPLE_BYTES:
            break
    first = bytes(head)
    return first[:SAMPLE_BYTES], chain([first], source)


def _delimited(text: Iterator[str], encoding: str) -> Table:
    source = lines(text)
    head = list(islice(source, SAMPLE_ROWS))
    mark = delimiter(head)
    hint = head[0].strip().lower() in {f"sep={each}" for each in (",", ";", "|", "")} if head else False
    rows = records(chain(head, source), mark)
    if hint:
        next(rows, None)
    return Table("csv", iter(rows), encoding=encoding, delimiter=mark)


def _objects(read: Iterator[Numbered | Reject], told: Format, encoding: str) -> Table:
    """The columns are the names that the first records have, in order of appearance."""
    head = list(islice(read, SAMPLE_ROWS))
    names: dict[str, int] = {}
    for item in head:
        if not isinstance(item, Reject):
            for name in item[1]:
                names.setdefault(name, len(names))
    columns = list(names)[:MAX_COLUMNS]
    rows = (_aligned(each, columns) for each in chain(head, read))
    return Table(told, rows, names=columns, encoding=encoding)


def _rows(read: Iterator[Numbered | Reject], nested: frozenset[str]) -> Iterator[Numbered | Reject]:
    for each in read:
        if isinstance(each, Reject):
            yield each
        else:
            yield from ((each[0], flatten(record)) for record in explode(each[1], nested))


def _aligned(each: Numbered | Reject, columns: list[str]) -> Row | Reject:
    return each if isinstance(each, Reject) else (each[0], [each[1].get(name) for name in columns])
