"""A query's text cut into its pieces. Pure."""

import re
from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from service.mentions.language.nodes import QueryError

Kind = Literal["word", "phrase", "field", "and", "or", "not", "near", "open", "close", "end"]
_PIECE = re.compile(
    r"""\s*(?:
      (?P<open>\() | (?P<close>\))
    | (?P<near>NEAR(?:/(?P<distance>\d+))?)(?=[\s("]|$)
    | (?P<operator>AND|OR|NOT)(?=[\s()"]|$)
    | (?P<minus>-)(?=[^\s-])
    | (?P<field>[a-z_]+):
    | ["“”„](?P<phrase>[^"“”„]*)(?P<closed>["“”„])?
    | (?P<word>[^\s()"“”„]+)
    )""",
    re.VERBOSE,
)


class Piece(Struct, frozen=True):
    """`at`: where it begins; `value`: a word's or phrase's text, a field's name, a distance."""

    kind: Kind
    at: int
    value: str = ""


def pieces(text: str) -> Iterator[Piece]:
    """The pieces in order, and an end. Raises QueryError."""
    at = 0
    end = len(text.rstrip())
    while at < end:
        match = _PIECE.match(text, at)
        if match is None:
            raise QueryError(at, "this can't be read")
        start = match.end() - len(match[0].lstrip())
        yield _piece(match, start)
        at = match.end()
    yield Piece("end", end)


def _piece(match: re.Match[str], at: int) -> Piece:
    if match["open"] or match["close"]:
        return Piece("open" if match["open"] else "close", at)
    if match["near"]:
        if match["distance"] is None:
            raise QueryError(at, "NEAR needs a distance, as in NEAR/5")
        return Piece("near", at, match["distance"])
    if match["operator"]:
        return Piece(match["operator"].lower(), at)  # type: ignore[arg-type]
    if match["minus"]:
        return Piece("not", at)
    if match["field"]:
        return Piece("field", at, match["field"])
    if match["phrase"] is not None:
        if not match["closed"]:
            raise QueryError(at, "this quotation mark is never closed")
        return Piece("phrase", at, match["phrase"])
    return Piece("word", at, match["word"])
