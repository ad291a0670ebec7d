"""What a file can hold. Imports know no domain: each domain above registers its kinds, with their fields,
the words that their headers use, and what to do with the rows."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from service.imports.cells.types import CellType
from service.imports.columns.header import Header
from service.imports.outcomes import Apply

Words = tuple[str, ...]
Suits = Callable[[Sequence[Any]], bool]


class Field(Struct, frozen=True):
    """One thing a column can hold.

    `patterns`: canonical words (columns/vocabulary.py) that a header must have, several ways of it: `view?`
    for one that may mean the field, `=rate` for one that must have no other words.
    `many`: several columns make one list. `scope_of`: reads from the header what the column is about (a
    platform, a format), where a field may stand once for each. `bare`: a header that holds nothing but its
    scope ("Instagram") may mean it.
    `suits`: what the values of a sample must look like. `kept`: False for columns that are recognised only
    so that nothing else is taken for them. `otherwise`: the field that takes a cell which this one can't
    hold (a name in a column of handles); without it such a row is rejected. `below`: where the header only
    may mean it, values above so many times the followers are totals.
    """

    name: str
    type: CellType
    patterns: tuple[str, ...]
    many: bool = False
    scope_of: Callable[[Header], str | None] | None = None
    bare: bool = False
    kept: bool = True
    suits: Suits | None = None
    otherwise: str | None = None
    below: float | None = None


class Parsed(Struct):
    """A batch by columns: values by (field, scope), None where a row has none; all lists are equally long.

    `rows` are the numbers in the file. `context` is what holds for the whole file.
    """

    rows: list[int]
    values: dict[tuple[str, str | None], list[Any]]
    context: "Context"

    def column(self, name: str, scope: str | None = None) -> list[Any]:
        """The values of a field, all None where the file has no such column."""
        found = self.values.get((name, scope))
        return [None] * len(self.rows) if found is None else found

    def scopes(self, *names: str) -> list[str]:
        """The scopes in which these fields occur, in the file's order."""
        return list(dict.fromkeys(scope for name, scope in self.values if scope and name in names))


class Context(Struct, frozen=True):
    """What holds for the whole file: given by the caller, or read from its headers and names (context.py).

    What was given counts more than what a row says, what was read counts less.
    """

    platform: str | None = None
    as_of: Any = None
    source: str | None = None
    platform_given: bool = False
    as_of_given: bool = False


class RowError(ValueError):
    """A row that makes no record: column (or None), value, and a code of rejects.REASONS."""

    def __init__(self, reason: str, column: str | None = None, value: object = None) -> None:
        super().__init__(reason)
        self.reason, self.column, self.value = reason, column, value


Assemble = Callable[[Parsed], list[Any]]
"""A batch -> per row a list of records, or one RowError; equally long as the batch."""


class Kind(Struct, frozen=True):
    """A kind of file.

    `assemble` is pure: rows to records (typed Structs). `apply` writes a batch of them in the caller's
    transaction.
    `lists` are names of lists in JSON documents that hold this kind's records; `explode` are names of lists
    inside a record that make one row for each entry (an influencer's accounts). `words` extend the
    vocabulary of headers.
    `spread` are the fields whose scopes make several accounts of one row. `hidden` are parts of records that
    no dry run shows: what it shows is stored.
    """

    name: str
    fields: tuple[Field, ...]
    assemble: Assemble
    apply: Apply | None = None
    lists: frozenset[str] = frozenset()
    explode: frozenset[str] = frozenset()
    words: Mapping[str, Words] = field(default_factory=dict)
    spread: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()

    def field(self, name: str) -> Field | None:
        """The field of that name."""
        return next((each for each in self.fields if each.name == name), None)


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Makes a kind known; the later registration of a name wins."""
    _kinds[kind.name] = kind


def kinds() -> dict[str, Kind]:
    """All registered kinds by name."""
    return dict(_kinds)
