"""A file of followers as profiles, and the rows that can't be read: pure but for the bytes that come in."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct

from service.imports.cells.handles import is_link
from service.imports.cells.missing import is_blank, is_missing
from service.imports.cells.numbers import read_amount, read_count
from service.imports.cells.style import Style, observe
from service.imports.cells.texts import read_boolean
from service.imports.limits import SAMPLE_ROWS
from service.imports.reading.table import Row, Table, open_table
from service.imports.rejects import Reject, Unfit, Unreadable, reject
from service.influencers.samples.headers import TELLING, fields_of
from service.influencers.samples.schemas import FollowerProfile

_LOOKED_AT = 20
_COUNTS = frozenset(
    ("followers", "following", "posts", "name_words", "bio_length", "digits", "handle_length")
)
_TEXTS = frozenset(("handle", "name", "bio"))
# A link in such a column says yes.
_LINKED = frozenset(("has_picture", "has_link"))


class Followers(Struct):
    """Rows that were read, by their numbers in the file; `columns` names each field's header."""

    columns: dict[str, str]
    rows: list[int]
    profiles: list[FollowerProfile]
    rejects: list[Reject]


def read_followers(chunks: Iterable[bytes], *, sheet: str | None = None) -> Followers:
    """Reads CSV, XLSX, JSON or NDJSON. Raises Unreadable, also where no column tells of followers."""
    table = open_table(chunks, sheet=sheet)
    headers, rows = _headed(table)
    fields = fields_of(headers)
    if not TELLING & fields.keys():
        raise Unreadable("no_columns", "No column tells of followers: followers, following, posts, bio, ...")
    held = list(rows)
    styles = {name: _style(held, place) for name, place in fields.items()}
    found = Followers({name: str(headers[place]).strip() for name, place in fields.items()}, [], [], [])
    for row in held:
        _take(row, headers, fields, styles, found)
    return found


def _headed(table: Table) -> tuple[Sequence[Any], Iterator[Row | Reject]]:
    """The headers, and the rows below: a title may stand above them."""
    if table.names is not None:
        return table.names, table.rows
    for _ in range(_LOOKED_AT):
        row = next(table.rows, None)
        if row is None:
            break
        if not isinstance(row, Reject) and TELLING & fields_of(row[1]).keys():
            return row[1], table.rows
    return [], table.rows


def _style(rows: Sequence[Row | Reject], place: int) -> Style:
    sample = (
        row[1][place] for row in rows[:SAMPLE_ROWS] if not isinstance(row, Reject) and place < len(row[1])
    )
    return observe([cell for cell in sample if isinstance(cell, str)], turkish=False)


def _take(
    row: Row | Reject,
    headers: Sequence[Any],
    fields: dict[str, int],
    styles: dict[str, Style],
    found: Followers,
) -> None:
    if isinstance(row, Reject):
        found.rejects.append(row)
        return
    number, cells = row
    if is_blank(cells):
        return
    if not is_blank(cells[len(headers) :]):
        found.rejects.append(reject(number, None, cells[-1], "too_many_cells"))
        return
    profile = _profile(number, cells, headers, fields, styles)
    if isinstance(profile, Reject):
        found.rejects.append(profile)
        return
    found.rows.append(number)
    found.profiles.append(profile)


def _profile(
    number: int, cells: list[Any], headers: Sequence[Any], fields: dict[str, int], styles: dict[str, Style]
) -> FollowerProfile | Reject:
    values: dict[str, Any] = {}
    for name, place in fields.items():
        cell = cells[place] if place < len(cells) else None
        if is_missing(cell):
            continue
        try:
            values[name] = _value(name, cell, styles[name])
        except Unfit as unfit:
            return reject(number, str(headers[place]).strip(), cell, unfit.reason)
    digits, length = values.pop("digits", None), values.pop("handle_length", None)
    if digits is not None and length:
        if digits > length:
            return reject(number, str(headers[fields["digits"]]).strip(), digits, "too_large")
        values["digit_ratio"] = digits / length
    if not TELLING & values.keys():
        return reject(number, None, None, "missing_value")
    return FollowerProfile(**values)


def _value(name: str, cell: Any, style: Style) -> Any:
    if name in _COUNTS:
        return read_count(cell, style)
    if name == "digit_ratio":
        share = read_amount(cell, Style(decimal=style.decimal))
        if share > 1:
            raise Unfit("not_a_rate")
        return float(share)
    if name in _TEXTS:
        return str(cell)
    return True if name in _LINKED and isinstance(cell, str) and is_link(cell) else read_boolean(cell)
