"""`elci followers`: files of followers judged on this machine, without a server."""

import csv
from collections.abc import Iterator
from pathlib import Path

import msgspec
from rich.console import Console
from rich.markup import escape
from rich.progress import track
from rich.table import Table

from scoring import fakes
from scoring.percents import percent
from service.imports.rejects import Unreadable
from service.imports.rejects_csv import BOM, harmless
from service.influencers.samples.judging import Judged, judge, lines
from service.influencers.samples.reading import Followers, read_followers

SHOWN_REJECTS = 20
_PIECE = 2**18
_WIDTH = 140


class Failed(msgspec.Struct):
    """A file that could not be read."""

    file: str
    problem: str


def run(
    files: list[Path], *, out: Path | None = None, sheet: str | None = None, as_json: bool = False
) -> int:
    """Judges files one by one; the exit code: 1 where one of them could not be read."""
    console = Console() if Console().is_terminal else Console(width=_WIDTH)
    done: list[Judged | Failed] = []
    rows: list[tuple[object, ...]] = []
    for file in track(files, "judging", console=Console(stderr=True), transient=True):
        try:
            followers = read_followers(_pieces(file), sheet=sheet)
        except Unreadable as error:
            done.append(Failed(file.name, str(error)))
            continue
        judged, made = _judged(file, followers)
        done.append(judged)
        rows += made
    if out is not None:
        _write(out, rows)
    if as_json:
        console.print_json(msgspec.json.encode(done).decode())
    else:
        _show(console, done)
    return 1 if any(isinstance(each, Failed) for each in done) else 0


def _judged(file: Path, followers: Followers) -> tuple[Judged, list[tuple[object, ...]]]:
    judged, probability = judge(file.name, followers, fakes.builtin())
    return judged, [(file.name, *line) for line in lines(followers, probability)]


def _pieces(file: Path) -> Iterator[bytes]:
    with file.open("rb") as opened:
        while piece := opened.read(_PIECE):
            yield piece


def _write(out: Path, rows: list[tuple[object, ...]]) -> None:
    with out.open("w", encoding="utf-8", newline="") as opened:
        opened.write(BOM)
        writer = csv.writer(opened)
        writer.writerow(("file", "row", "handle", "fake_probability"))
        for name, row, handle, likely in rows:
            writer.writerow((harmless(str(name)), row, harmless(str(handle)), likely))


def _show(console: Console, done: list[Judged | Failed]) -> None:
    table = Table("file", "read", "judged", "rejected", "fakes", "90% interval", "")
    for each in done:
        table.add_row(*map(escape, _cells(each)))
    console.print(table)
    bad = [(each.file, one) for each in done if isinstance(each, Judged) for one in each.rejects]
    if not bad:
        return
    rejects = Table("file", "row", "column", "value", "reason")
    for file, one in bad[:SHOWN_REJECTS]:
        rejects.add_row(*map(escape, (file, str(one.row), one.column or "", one.value or "", one.message)))
    if len(bad) > SHOWN_REJECTS:
        rejects.add_row("", "", "", "", f"and {len(bad) - SHOWN_REJECTS:,} more: --json lists all")
    console.print(rejects)


def _cells(each: Judged | Failed) -> tuple[str, ...]:
    if isinstance(each, Failed):
        return each.file, "", "", "", "", "", each.problem
    counts = f"{each.read:,}", f"{each.n:,}", f"{len(each.rejects):,}"
    if each.fakes is None:
        return each.file, *counts, "", "", "too little is known of the profiles"
    between = f"{percent(each.fakes.low)} to {percent(each.fakes.high)}"
    return each.file, *counts, percent(each.fakes.estimate), between, ""
