"""Files as tests make them, and what an import makes of them."""

from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any, NamedTuple

from openpyxl import Workbook

from service.imports.kinds import Kind
from service.imports.opening import open_intake
from service.imports.parsing import Intake
from service.imports.rejects import Reject
from service.influencers.intake.profiles import INFLUENCERS


class Taken(NamedTuple):
    """A whole file, taken in."""

    intake: Intake
    read: int
    records: list[Any]
    rejects: list[Reject]

    def field(self, header: str) -> str | None:
        """The field of the first column with that header."""
        return next(column.field for column in self.intake.columns if column.header == header)

    def warning(self, header: str) -> str | None:
        return next(column.warning for column in self.intake.columns if column.header == header)

    def reasons(self) -> list[tuple[int, str]]:
        return [(each.row, each.reason) for each in self.rejects]


def take(content: str | bytes, kind: Kind = INFLUENCERS, **options: Any) -> Taken:
    """Takes a file in, handed over in one piece."""
    return take_chunks([content.encode() if isinstance(content, str) else content], kind, **options)


def take_chunks(chunks: Iterable[bytes], kind: Kind = INFLUENCERS, **options: Any) -> Taken:
    intake = open_intake(chunks, kind, **options)
    read, records, rejects = 0, [], []
    for batch in intake.batches():
        read += batch.read
        records += batch.records
        rejects += batch.rejects
    return Taken(intake, read, records, rejects)


def pieces(content: bytes, size: int) -> Iterator[bytes]:
    """The content in pieces of one size."""
    return (content[at : at + size] for at in range(0, len(content), size))


def workbook(sheets: dict[str, list[list[Any]]]) -> bytes:
    """An XLSX file with these sheets."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stored = BytesIO()
    book.save(stored)
    return stored.getvalue()
