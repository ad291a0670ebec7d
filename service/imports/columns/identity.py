"""Which of the name-like columns is the handle, and which the name that people read.

Headers swap them freely ("Instagram name" is the handle in one sheet and the name in the next), so content
weighs more: handles have no spaces, are mostly lower case, and carry @, dots, underscores and digits.
"""

import re
from itertools import permutations
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from service.imports.cells.handles import find_profile
from service.imports.columns.evidence import Candidate
from service.imports.columns.header import Header

_AS_HANDLE = {
    frozenset({"username"}): 1.0,
    frozenset({"username", "profile"}): 1.0,
    frozenset({"username", "creator"}): 0.9,
    frozenset({"username", "channel"}): 0.9,
    frozenset({"username", "name"}): 0.9,
    frozenset({"username", "link"}): 0.9,
    frozenset({"profile"}): 0.7,
    frozenset({"profile", "link"}): 0.9,
    frozenset({"link"}): 0.7,
    frozenset({"creator", "link"}): 0.8,
    frozenset({"channel", "link"}): 0.8,
    frozenset({"creator"}): 0.5,
    frozenset({"channel"}): 0.5,
    frozenset({"creator", "name"}): 0.5,
    frozenset({"channel", "name"}): 0.4,
    frozenset(): 0.6,
    frozenset({"name"}): 0.3,
    frozenset({"fullname"}): 0.0,
    frozenset({"fullname", "creator"}): 0.0,
    frozenset({"fullname", "channel"}): 0.0,
}
"""Headers of identity columns, as canonical words, and how much each speaks for a handle. The empty set is
a header that only names a platform; with `name` ("Instagram name") a platform makes a handle likelier, see
`_prior`."""

_OWN = re.compile(r"[a-z0-9._]+", re.ASCII)
_WORDLIKE = re.compile(r"[A-Za-z0-9._\-]+", re.ASCII)
_WEIGHT_OF_CONTENT = 0.7
_LEAST = 0.45


class Identity(Struct, frozen=True):
    """The places of the columns, with how sure each is."""

    handle: int | None = None
    handle_confidence: float = 0.0
    name: int | None = None
    name_confidence: float = 0.0


def is_identity(header: Header) -> bool:
    """Whether the header is one that handles or names stand under."""
    return header.words in _AS_HANDLE and (bool(header.words) or bool(header.platforms))


def handle_share(cells: list[Any]) -> float:
    """How much the content speaks for handles, 0 to 1."""
    return _mean([_handle_like(str(cell)) for cell in cells])


def name_share(cells: list[Any]) -> float:
    """How much the content speaks for names, 0 to 1."""
    return _mean([_name_like(str(cell)) for cell in cells])


def identify(columns: list[Candidate]) -> Identity:
    """Handle and name among identity columns: the best pair by header and content together."""
    if not columns:
        return Identity()
    if len(columns) == 1:
        return _single(columns[0])
    found = max((_pair(*pair) for pair in permutations(columns, 2)), key=_sureness)
    if found.handle_confidence < _LEAST:
        found = replace(found, handle=None, handle_confidence=0.0)
    return found if found.name_confidence >= 0.3 else replace(found, name=None, name_confidence=0.0)


def _pair(handle: Candidate, name: Candidate) -> Identity:
    """Judged by the rows where the two differ: an account without a handle has its name in both columns."""
    left, right = (
        dict(zip(handle.rows, handle.cells, strict=True)),
        dict(zip(name.rows, name.cells, strict=True)),
    )
    differing = [row for row in left if row in right and str(left[row]) != str(right[row])]
    enough = len(differing) >= 3
    handles = [left[row] for row in differing] if enough else handle.cells
    names = [right[row] for row in differing] if enough else name.cells
    return Identity(
        handle.place,
        round(_blend(_prior(handle), handle_share(handles)), 2),
        name.place,
        round(_blend(1 - _prior(name), name_share(names)), 2),
    )


def _sureness(pair: Identity) -> float:
    return pair.handle_confidence + pair.name_confidence


def _single(column: Candidate) -> Identity:
    share = handle_share(column.cells)
    as_handle = _blend(_prior(column), share)
    if share >= 0.5 and as_handle >= _LEAST:
        return Identity(handle=column.place, handle_confidence=round(as_handle, 2))
    as_name = _blend(1 - _prior(column), name_share(column.cells))
    return Identity(name=column.place, name_confidence=round(max(as_name, 0.3), 2))


def _prior(column: Candidate) -> float:
    base = _AS_HANDLE.get(column.header.words, 0.3)
    return base + 0.15 if column.header.platforms and column.header.words == {"name"} else base


def _blend(header: float, content: float) -> float:
    return (1 - _WEIGHT_OF_CONTENT) * header + _WEIGHT_OF_CONTENT * content


def _handle_like(text: str) -> float:
    text = text.strip()
    if text.startswith("@") or find_profile(text):
        return 1.0
    if not _WORDLIKE.fullmatch(text):
        return 0.0
    if text.isdigit():
        return 0.3
    if _OWN.fullmatch(text) or "_" in text:
        return 0.95
    return 0.5 if text.istitle() or text.isupper() else 0.8


def _name_like(text: str) -> float:
    text = text.strip()
    if text.startswith("@") or find_profile(text) or text.isdigit():
        return 0.0
    if not _WORDLIKE.fullmatch(text):
        return 1.0
    if "_" in text or any(char.isdigit() for char in text):
        return 0.1
    return 0.65 if text.istitle() or text.isupper() else 0.25


def _mean(scores: list[float]) -> float:
    return sum(scores) / len(scores) if scores else 0.5
