"""A query as a tree. Pure."""

from typing import Literal, TypeAlias

from msgspec import Struct

FieldName = Literal[
    "author", "from", "lang", "site", "platform", "source", "country", "kind", "tag", "sentiment", "followers"
]


class Word(Struct, frozen=True, tag=True):
    """A word in one form (words.query_form); `prefix`: whatever begins with it."""

    form: str
    prefix: bool = False


class Phrase(Struct, frozen=True, tag=True):
    """Words one behind the other."""

    words: tuple[Word, ...]


class Field(Struct, frozen=True, tag=True):
    """Something else than the text: who, where, in which language. `least`: a number that is reached."""

    name: FieldName
    value: str
    least: int | None = None


class Near(Struct, frozen=True, tag=True):
    """Two that stand at most `distance` words apart, in any order. A side: words or phrases, any of them."""

    left: "tuple[Word | Phrase, ...]"
    right: "tuple[Word | Phrase, ...]"
    distance: int


class Not(Struct, frozen=True, tag=True):
    of: "Node"


class And(Struct, frozen=True, tag=True):
    of: "tuple[Node, ...]"


class Or(Struct, frozen=True, tag=True):
    of: "tuple[Node, ...]"


Node: TypeAlias = Word | Phrase | Field | Near | Not | And | Or


class QueryError(ValueError):
    """Why a query can't be read. `position`: the character at which it fails, counted from 0."""

    def __init__(self, position: int, reason: str) -> None:
        super().__init__(f"{reason} (at character {position + 1})")
        self.position, self.reason = position, reason
