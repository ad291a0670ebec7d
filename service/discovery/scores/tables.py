"""A ranking as a file for people: CSV, XLSX or JSON, by the name's ending. No cell is ever a formula."""

import csv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from scoring.model import WEIGHTS
from service.discovery.scores.schemas import Scored
from service.imports.rejects_csv import BOM, harmless

HEADER = (
    *("rank", "influencer", "platform", "handle", "url", "followers", "engagement_rate"),
    *("fit", "fit_confidence", "low_confidence", *WEIGHTS, "vetoes", "reasons", "influencer_id"),
)
ENDINGS = (".csv", ".xlsx", ".json")
Cell = str | int | float | bool | None
Write = Callable[[list[Scored]], None]


def row(one: Scored) -> list[Cell]:
    """The cells of one ranked influencer; what is unknown is empty."""
    account = one.account
    shown: list[Cell] = [None] * 5
    if account is not None:
        shown = [account.platform, account.handle, account.url, account.followers, account.engagement_rate]
    scores: list[Cell] = [getattr(one, name).score for name in WEIGHTS]
    fit = one.fit
    return [
        *(one.rank, one.influencer.name, *shown),
        *(fit.score, fit.confidence, "yes" if fit.low_confidence else "no", *scores),
        *(", ".join(fit.vetoes), "; ".join(one.sentences), one.influencer.id),
    ]


@contextmanager
def writer(file: Path) -> Iterator[Write]:
    """Takes pages of a ranking; the file is whole when the block ends. ValueError for another ending."""
    with {".csv": _csv, ".xlsx": _xlsx, ".json": _json}[ending(file)](file) as write:
        yield write


def ending(file: Path) -> str:
    """What the file's name says that it is. ValueError for what is none of ENDINGS.

    >>> ending(Path("Ranked.CSV"))
    '.csv'
    """
    if file.suffix.lower() not in ENDINGS:
        raise ValueError(f"{file.name}: expected a name that ends in {', '.join(ENDINGS)}")
    return file.suffix.lower()


@contextmanager
def _csv(file: Path) -> Iterator[Write]:
    with file.open("w", encoding="utf-8", newline="") as out:
        out.write(BOM)
        lines = csv.writer(out)
        lines.writerow(HEADER)
        yield lambda page: lines.writerows([_plain(cell) for cell in row(one)] for one in page)


def _plain(cell: Cell) -> Cell:
    return harmless(cell) if isinstance(cell, str) else cell


@contextmanager
def _xlsx(file: Path) -> Iterator[Write]:
    import xlsxwriter  # a tenth of a second that only a workbook costs

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        sheet = book.add_worksheet("ranking")
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, HEADER)

        def write(page: list[Scored]) -> None:
            for one in page:
                sheet.write_row(one.rank, 0, row(one))

        yield write


@contextmanager
def _json(file: Path) -> Iterator[Write]:
    with file.open("wb") as out:
        out.write(b"[")
        before: list[bytes] = [b"\n"]

        def write(page: list[Scored]) -> None:
            for one in page:
                out.write(before[0] + msgspec.json.encode(one))
                before[0] = b",\n"

        yield write
        out.write(b"\n]\n")
