"""An opened file (opening.py) as batches of typed records."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from msgspec import Struct

from service.imports.cells.missing import is_blank
from service.imports.columns.plan import Column
from service.imports.kinds import Context, Kind, Parsed, RowError
from service.imports.limits import BATCH_ROWS
from service.imports.reading.table import Row
from service.imports.rejects import Reject, reject
from service.imports.values import read_columns


class Warned(Struct, frozen=True):
    """Something about the whole file that its owner should know. `code` is stable."""

    code: str
    message: str


class Batch(Struct):
    """Some rows of the file: how many were read, the records they made, and those that made none.

    One row may make several records (a sheet with a column for each platform): `rows` are the numbers of
    those that made some, `sizes` how many each of them made."""

    read: int
    records: list[Any]
    rejects: list[Reject]
    rows: list[int]
    sizes: list[int]


class Intake(Struct):
    """An opened file: what it is, how its columns are understood, and its rows in batches.

    `columns` are those of the file and, behind them, the constants that the mapping gave; `width` are the
    file's.
    """

    kind: Kind
    format: str
    encoding: str | None
    delimiter: str | None
    sheet: str | None
    sheets: list[str]
    header_row: int | None
    columns: list[Column]
    width: int
    constants: list[str]
    context: Context
    warnings: list[Warned]
    rows: Iterator[Row | Reject]

    def batches(self, size: int = BATCH_ROWS) -> Iterator[Batch]:
        """The rest of the file, `size` rows at a time. Blank rows are passed over and not counted.

        Raises:
            Unreadable: where the file breaks off; the batches before are whole.
        """
        held: list[Row | Reject] = []
        while taken := [*held, *islice(self.rows, size - len(held))]:
            held = []
            # What one record of a file was made into stays together: its accounts are one person's.
            for row in self.rows:
                if _number(row) != _number(taken[-1]):
                    held = [row]
                    break
                taken.append(row)
            batch = self._batch(taken)
            if batch.read:
                yield batch

    def _batch(self, taken: list[Row | Reject]) -> Batch:
        broken = [row for row in taken if isinstance(row, Reject)]
        whole = [row for row in taken if not isinstance(row, Reject) and not is_blank(row[1])]
        wide = [
            reject(number, None, cells[-1], "too_many_cells")
            for number, cells in whole
            if self._is_wide(cells)
        ]
        kept = [row for row in whole if not self._is_wide(row[1])]
        batch = self._records(kept)
        batch.read = len(broken) + len(whole)
        batch.rejects = sorted([*broken, *wide, *batch.rejects], key=lambda each: each.row)
        return batch

    def _is_wide(self, cells: list[Any]) -> bool:
        """Cells beyond the header that hold something: the row is shifted, and nothing in it can be
        trusted."""
        return len(cells) > self.width and not is_blank(cells[self.width :])

    def _filled(self, cells: list[Any]) -> list[Any]:
        if not self.constants:
            return cells
        return [*cells[: self.width], *[None] * (self.width - len(cells)), *self.constants]

    def _records(self, rows: list[Row]) -> Batch:
        values, faults = read_columns(self.kind, self.columns, [self._filled(cells) for _, cells in rows])
        numbers = [number for number, _ in rows]
        made = self.kind.assemble(Parsed(numbers, values, self.context))
        rejects = [
            reject(numbers[at], fault.column, fault.value, fault.reason)
            for at, fault in sorted(faults.items())
        ]
        batch = Batch(len(rows), [], rejects, [], [])
        for at, result in enumerate(made):
            if at in faults:
                continue
            if isinstance(result, RowError):
                rejects.append(reject(numbers[at], result.column, result.value, result.reason))
            else:
                batch.records.extend(result)
                batch.rows.append(numbers[at])
                batch.sizes.append(len(result))
        return batch


def _number(row: Row | Reject) -> int:
    return row.row if isinstance(row, Reject) else row[0]
