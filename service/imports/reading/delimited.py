"""CSV in all its dialects: which delimiter, and the records, one by one.

An opened quote that never closes must not swallow the file: the record that runs away is given up after its
first line, and reading goes on with the line behind it.
"""

import csv
from collections import Counter, deque
from collections.abc import Iterable, Iterator

from service.imports.limits import MAX_COLUMNS, MAX_FIELD
from service.imports.rejects import Reject, Unreadable, reject

DELIMITERS = ",;\t|"
_SNIFF_LINES = 200
_SETTLED = 20
"""Rows after which the table's width is known: titles and headers of several lines stand above."""

Record = tuple[int, list[str]]


def delimiter(head: list[str]) -> str:
    """The delimiter of the first lines: the one that cuts most of them into the same number of cells, at
    least two.

    >>> delimiter(["ad;takipçi;oran\\n", "Ayşe;1,2;3,4\\n", "Ali;5,6;7,8\\n"])
    ';'
    """
    told = head[0].strip().lower() if head else ""
    if told.startswith("sep=") and told[4:] in DELIMITERS:  # Excel's own hint
        return told[4:]
    if head and head[0].startswith("sep=\t"):
        return "\t"
    return max(DELIMITERS, key=lambda mark: _fitness(head[:_SNIFF_LINES], mark))


def _fitness(head: list[str], mark: str) -> tuple[float, int]:
    try:
        widths = [len(row) for row in csv.reader(head, delimiter=mark) if any(cell.strip() for cell in row)]
    except csv.Error:
        return (0.0, 0)
    if not widths:
        return (0.0, 0)
    # Title rows are narrow, so the width is sought among the wide ones.
    width, times = max(Counter(widths).items(), key=lambda pair: (pair[0] > 1, pair[1]))
    if width < 2:
        return (0.0, 0)
    header = 1.0 if widths[0] == width or widths[0] == 1 else 0.5
    return (round(header * times / len(widths), 1), width)


def records(lines: Iterable[str], mark: str) -> Iterator[Record | Reject]:
    """Numbered records (from 1, blank ones counted), and a reject for each that can't be cut into cells."""
    feed = _Feed(lines)
    reader = csv.reader(feed, delimiter=mark)
    number, width = 0, 0
    while True:
        feed.taken.clear()
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            row = []
        number += 1
        if (
            len(feed.taken) > 1 and _ran_away(row, feed.taken, mark, width if number > _SETTLED else 0)
        ) or _gave_up(row, feed.taken):
            line = feed.give_back()
            reader = csv.reader(feed, delimiter=mark)
            yield reject(number, None, line.strip(), "unclosed_quote" if '"' in line else "too_long")
            continue
        if len(row) > MAX_COLUMNS:
            raise Unreadable("too_many_columns", f"Row {number} has more than {MAX_COLUMNS} columns.")
        width = max(width, len(row)) if number <= _SETTLED else width
        yield number, row


def _gave_up(row: list[str], taken: list[str]) -> bool:
    return not row and any(line.strip() for line in taken)


def _ran_away(row: list[str], taken: list[str], mark: str, width: int) -> bool:
    """Whether a record of several lines holds rows that are not its own."""
    try:
        list(csv.reader(taken, delimiter=mark, strict=True))
    except csv.Error:  # something stands behind a closing quote: it closed by accident
        return True
    return 0 < width != len(row) and any(line.count(mark) >= max(width - 1, 1) for line in taken[1:])


class _Feed:
    """The lines, remembering those that the present record took, so that they can be read again."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self._again: deque[str] = deque()
        self.taken: list[str] = []

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._lines)
        self.taken.append(line)
        return line

    def give_back(self) -> str:
        """All lines but the first go back; the first is returned."""
        first, *rest = self.taken
        self._again.extendleft(reversed(rest))
        return first


csv.field_size_limit(MAX_FIELD)
