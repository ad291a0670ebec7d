"""Lines of an edge list as cells: comments, delimiters, quotes, and what a head line says of the columns."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.streams import lines

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


def rows(chunks: Iterable[bytes], skip: int) -> Iterator[tuple[int, list[str]]]:
    """The cells of each line that is no comment, with its number from 1."""
    numbered = ((n, text) for n, text in enumerate(lines(chunks), 1) if n > skip and _meant(text))
    first = next(numbered, None)
    if first is None:
        return
    delimiter = next((each for each in DELIMITERS if each in first[1]), None)
    for number, text in _again(first, numbered):
        yield number, _cells(text, delimiter)


def _again(first: tuple[int, str], others: Iterator[tuple[int, str]]) -> Iterator[tuple[int, str]]:
    yield first
    yield from others


def _meant(text: str) -> bool:
    return not text.startswith(COMMENTS) and not text.isspace() and text != ""


def _cells(text: str, delimiter: str | None) -> list[str]:
    if delimiter is None:
        return text.split()
    if '"' in text and delimiter != "\t":
        return [each.strip() for each in next(csv.reader([text], delimiter=delimiter))]
    cells = text.split(delimiter)
    return [each.strip() for each in cells] if " " in text else cells
