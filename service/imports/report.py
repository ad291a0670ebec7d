"""What the command line says of imports: tables for people, JSON for programs."""

from typing import Any

import msgspec
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from service.imports.schemas import Import, RejectedRow

SHOWN_REJECTS = 5


class Done(msgspec.Struct):
    """What became of a file; `problem` where it was not even taken."""

    file: str
    made: Import | None = None
    rejects: list[RejectedRow] = []
    problem: str | None = None

    @property
    def failed(self) -> bool:
        """Whether the file is not in."""
        return self.made is None or self.made.status != "succeeded"


def as_json(done: list[Done]) -> str:
    """A list of imports, each with its file and first rejects."""
    return msgspec.json.format(msgspec.json.encode([_object(each) for each in done])).decode()


def _object(each: Done) -> dict[str, Any]:
    made = {} if each.made is None else msgspec.to_builtins(each.made)
    return {
        **made,
        "file": each.file,
        "rejects": msgspec.to_builtins(each.rejects),
        "problem": each.problem or _reason(each),
    }


def show(console: Console, done: list[Done]) -> None:
    """Tables of the files, of their first rejects, and of a dry run's columns."""
    console.print(_files(done))
    for each in done:
        if each.made is not None:
            _say_warnings(console, each)
            if each.made.options.dry_run:
                console.print(_columns(each.file, each.made))
                console.print(_sample(each.made))
    if any(each.rejects for each in done):
        console.print(_rejects(done))


def _files(done: list[Done]) -> Table:
    table = Table("file", "read", "created", "updated", "unchanged", "rejected", "")
    for column in table.columns[1:6]:
        column.justify = "right"
    for each in done:
        counts = each.made.counts if each.made else None
        names = ("read", "created", "updated", "unchanged", "rejected")
        figures = [f"{getattr(counts, name):,}" if counts else "" for name in names]
        table.add_row(escape(each.file), *figures, escape(_state(each)))
    return table


def _state(each: Done) -> str:
    if each.made is None or each.made.status != "succeeded":
        return f"{each.made.status if each.made else 'refused'}: {each.problem or _reason(each) or ''}"
    left_out = each.made.counts.suppressed
    said = "dry run: nothing was written" if each.made.options.dry_run else ""
    return "; ".join(filter(None, (said, f"{left_out} of people who opted out" if left_out else "")))


def _reason(each: Done) -> str | None:
    error = each.made.error if each.made else None
    return str(error["detail"]) if error else None


def _say_warnings(console: Console, each: Done) -> None:
    assert each.made is not None
    for one in each.made.warnings:
        console.print(f"{escape(each.file)}: {escape(one.message)}", highlight=False)


def _rejects(done: list[Done]) -> Table:
    table = Table("file", "row", "column", "value", "reason")
    for each in done:
        for one in each.rejects[:SHOWN_REJECTS]:
            cells = (each.file, str(one.row), one.column or "", one.value or "", one.reason)
            table.add_row(*map(escape, cells))
        more = (each.made.counts.rejected if each.made else 0) - SHOWN_REJECTS
        if more > 0:
            table.add_row(escape(each.file), "", "", "", f"and {more:,} more")
    return table


def _columns(file: str, made: Import) -> Table:
    table = Table("column", "header", "field", "confidence", "", title=escape(file), title_justify="left")
    for column in made.columns:
        field = ":".join(filter(None, (column.field, column.scope)))
        confidence = f"{column.confidence:.2f}" if column.field else ""
        cells = (str(column.position), column.header, field, confidence, column.message or "")
        table.add_row(*map(escape, cells))
    return table


def _sample(made: Import) -> Table:
    """The first records, each with what is known of it."""
    table = Table("first records, as they would be taken in", show_header=True)
    for record in made.sample:
        table.add_row(escape("  ".join(f"{name}={value}" for name, value in record.items())))
    return table
