"""Lines of whole numbers, a block at a time: what most large edge lists are, read by numpy without a loop.

A block is read only where every one of its lines would be taken as it is; anything else is left to those who
read line by line and say what is wrong.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from graph.build import Floats
from graph.edgelines import Order

Numbers = NDArray[np.int64]
Bytes = NDArray[np.uint8]
Places = NDArray[np.intp]

# As many digits as fit in 64 bits whatever they are; and in the 53 bits of a float.
LONGEST, LONGEST_EXACT = 18, 15
_OTHER, _DIGIT, _DOT, _GAP, _END = range(5)
_BLANKS = " \t"


class Edges(NamedTuple):
    """int64[N] each, and weights where there is a column of them."""

    sources: Numbers
    targets: Numbers
    weights: Floats | None


class _Cells(NamedTuple):
    """Where each cell begins and ends (the last byte), by line and column: intp[N, K]."""

    starts: Places
    ends: Places


def edges(block: bytes, delimiter: str | None, order: Order) -> Edges | None:
    """The edges of a block of whole lines; None where a line is anything but numbers in two or three columns.

    >>> from graph.edgelines import Order
    >>> edges(b"1 2\\n3 4\\n", None, Order()).targets.tolist()
    [2, 4]
    >>> edges(b"1 2\\n3 x\\n", None, Order()) is None
    True
    """
    text = block.replace(b"\r\n", b"\n") if b"\r" in block else block
    text = text if text.endswith(b"\n") else text + b"\n"
    data = np.frombuffer(text, dtype=np.uint8)
    kinds = _table(delimiter)[data]
    if (kinds == _OTHER).any():
        return None
    cells = _cells(kinds)
    if cells is None or not _regular(kinds, cells, delimiter):
        return None
    width = cells.starts.shape[1]
    if width > order.width or order.source >= width or order.target >= width:
        return None
    dotted = _dotted(kinds, cells)
    ids = (order.source, order.target)
    if dotted is None or dotted & set(ids) or not _plain_ids(data, cells, ids, exact=bool(dotted)):
        return None
    return _read(text, delimiter, cells.starts.shape, order, dotted)


def _table(delimiter: str | None) -> Bytes:
    table = np.zeros(256, dtype=np.uint8)
    table[np.frombuffer(b"0123456789", dtype=np.uint8)] = _DIGIT
    table[ord(".")], table[ord("\n")] = _DOT, _END
    for gap in _BLANKS if delimiter is None else delimiter:
        table[ord(gap)] = _GAP
    return table


def _cells(kinds: Bytes) -> _Cells | None:
    """None where lines have different numbers of cells."""
    ink = np.zeros(len(kinds) + 2, dtype=bool)
    ink[1:-1] = (kinds == _DIGIT) | (kinds == _DOT)
    starts, ends = np.flatnonzero(ink[1:-1] & ~ink[:-2]), np.flatnonzero(ink[1:-1] & ~ink[2:])
    breaks = np.flatnonzero(kinds == _END)
    width, over = divmod(len(starts), len(breaks))
    if over or width < 2:
        return None
    cells = _Cells(starts.reshape(-1, width), ends.reshape(-1, width))
    inside = (cells.starts[1:, 0] > breaks[:-1]).all() and (cells.ends[:, -1] < breaks).all()
    return cells if inside else None


def _regular(kinds: Bytes, cells: _Cells, delimiter: str | None) -> bool:
    """Whether no cell is empty: blanks may stand in rows, other delimiters one by one."""
    lines, width = cells.starts.shape
    return delimiter is None or np.count_nonzero(kinds == _GAP) == lines * (width - 1)


def _dotted(kinds: Bytes, cells: _Cells) -> set[int] | None:
    """The columns with decimal points; None where a point makes no number."""
    dots = np.flatnonzero(kinds == _DOT)
    if not len(dots):
        return set()
    # A line ends in a break and begins with a cell at the earliest: the neighbours of a point exist but for
    # the first byte's.
    if dots[0] == 0 or not ((kinds[dots - 1] == _DIGIT) & (kinds[dots + 1] == _DIGIT)).all():
        return None
    cell = np.searchsorted(cells.starts.ravel(), dots, side="right") - 1
    if (np.diff(cell) == 0).any():
        return None
    return set(np.unique(cell % cells.starts.shape[1]).tolist())


def _plain_ids(data: Bytes, cells: _Cells, columns: tuple[int, ...], *, exact: bool) -> bool:
    """Whether ids are written the one way that int writes them, and all cells fit in their numbers."""
    lengths = cells.ends - cells.starts + 1
    if lengths.max() > LONGEST:
        return False
    for column in columns:
        if exact and lengths[:, column].max() > LONGEST_EXACT:
            return False
        leading = (data[cells.starts[:, column]] == ord("0")) & (lengths[:, column] > 1)
        if leading.any():
            return False
    return True


def _read(
    text: bytes, delimiter: str | None, shape: tuple[int, ...], order: Order, dotted: set[int]
) -> Edges | None:
    blank = text if delimiter is None else text.replace(delimiter.encode(), b" ")
    values = np.fromstring(blank, dtype=np.float64 if dotted else np.int64, sep=" ")
    if values.size != shape[0] * shape[1]:
        return None
    table = values.reshape(shape)
    weights = None
    if order.weight is not None and order.weight < shape[1]:
        weights = table[:, order.weight].astype(np.float64)
    return Edges(table[:, order.source].astype(np.int64), table[:, order.target].astype(np.int64), weights)
