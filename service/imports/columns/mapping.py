"""The mapping that a caller gives: header or position -> field."""

from collections.abc import Mapping, Sequence

from service.imports.cells.style import observe
from service.imports.columns.plan import Column, warned
from service.imports.kinds import Field, Kind
from service.imports.rejects import Unreadable
from service.kit.text import fold_tr

IGNORED = ""
IGNORED_NAMES = frozenset(("", "-", "none", "null", "ignore", "skip"))


def read_mapping(
    mapping: Mapping[str, str | None], headers: Sequence[str], kind: Kind
) -> dict[int, tuple[str, str | None]]:
    """Place -> (field, scope); the field is '' for columns to leave out. A scope stands behind a colon
    (`followers:tiktok`). Headers are compared folded; of equal ones the first is meant, the others by
    position.

    Raises:
        Unreadable: `bad_mapping`.
    """
    found: dict[int, tuple[str, str | None]] = {}
    folded = [fold_tr(header) for header in headers]
    for header, said in mapping.items():
        place = _place(header, folded)
        if place is None:
            raise _bad(f"The file has no column {header!r}; it has {', '.join(map(repr, headers[:50]))}.")
        name, _, scope = (said or "").strip().partition(":")
        if name.casefold() in IGNORED_NAMES:
            found[place] = (IGNORED, None)
            continue
        _known(name, kind)
        found[place] = (name, scope or None)
    return found


def split_constants(mapping: Mapping[str, str | None]) -> tuple[dict[str, str | None], list[tuple[str, str]]]:
    """The mapping of columns, and (value, field) for each constant.

    >>> split_constants({"Ad": "name", "=@brand": "handle"})
    ({'Ad': 'name'}, [('@brand', 'handle')])
    """
    constants = [(key[1:], name) for key, name in mapping.items() if key.startswith("=") and name]
    return {key: name for key, name in mapping.items() if not key.startswith("=")}, constants


def with_constants(columns: list[Column], constants: list[tuple[str, str]], kind: Kind) -> list[Column]:
    """The columns, and one for each constant behind them; what a constant gives, no column gives.

    Raises:
        Unreadable: `bad_mapping`, for an unknown field.
    """
    given = {name.partition(":")[0]: value for value, name in constants}
    kept = [
        warned(column.place, column.header, "ignored", 1.0) if column.field in given else column
        for column in columns
    ]
    for value, said in constants:
        name, _, scope = said.partition(":")
        field = _known(name, kind)
        style = observe([value], turkish=False)
        kept.append(Column(len(kept) + 1, f"={value}", field.name, 1.0, scope=scope or None, style=style))
    return kept


def _known(name: str, kind: Kind) -> Field:
    field = kind.field(name)
    if field is None or not field.kept:
        known = ", ".join(each.name for each in kind.fields if each.kept)
        raise _bad(f"There is no field {name!r}; {kind.name} have {known}.")
    return field


def _place(header: str, folded: list[str]) -> int | None:
    if fold_tr(header) in folded:
        return folded.index(fold_tr(header))
    if header.isascii() and header.isdigit() and 1 <= int(header[:6]) <= len(folded):
        return int(header[:6]) - 1
    return None


def _bad(message: str) -> Unreadable:
    return Unreadable("bad_mapping", message)
