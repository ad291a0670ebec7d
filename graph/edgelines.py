"""Lines of an edge list as cells: comments, delimiters, quotes, and what a head line says of the columns."""

import csv
from dataclasses import dataclass

COMMENTS = ("#", "%")
DELIMITERS = ("\t", ";", ",")
SOURCES = frozenset(
    ("source", "src", "from", "follower", "node_1", "node1", "node_a", "user_1", "id_1", "u", "kaynak")
)
TARGETS = frozenset(
    ("target", "dst", "to", "followee", "node_2", "node2", "node_b", "user_2", "id_2", "v", "hedef")
)
WEIGHTS = frozenset(("weight", "count", "times", "value", "w", "agirlik", "ağırlık"))


@dataclass(slots=True)
class Order:
    """Which column is which; the width of a line."""

    source: int = 0
    target: int = 1
    weight: int | None = 2
    width: int = 3

    @classmethod
    def of(cls, head: list[str]) -> "Order | None":
        """By the words of a head line; None if it is none."""
        words = [each.strip().lower() for each in head]
        source = next((at for at, word in enumerate(words) if word in SOURCES), None)
        target = next((at for at, word in enumerate(words) if word in TARGETS), None)
        if source is None or target is None:
            return None
        return cls(source, target, next((at for at, w in enumerate(words) if w in WEIGHTS), None), len(words))


def delimiter_of(line: str) -> str | None:
    """What parts the cells of lines, by the first one; None: blanks."""
    return next((each for each in DELIMITERS if each in line), None)


def is_meant(line: str) -> bool:
    """Whether a line is neither empty nor a comment."""
    return not line.startswith(COMMENTS) and not line.isspace() and line != ""


def cells(line: str, delimiter: str | None) -> list[str]:
    """The cells of a line.

    >>> cells('"say, hi", b', ","), cells("1  2", None)
    (['say, hi', 'b'], ['1', '2'])
    """
    if delimiter is None:
        return line.split()
    if '"' in line and delimiter != "\t":
        return [each.strip() for each in next(csv.reader([line], delimiter=delimiter))]
    found = line.split(delimiter)
    return [each.strip() for each in found] if " " in line else found
