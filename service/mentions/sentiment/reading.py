"""A file of labelled texts as rows, and the rows that can't be used: pure but for the bytes that come in."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import chain, islice
from typing import Any

from scoring.folding import fold_tr
from scoring.sentiment.classes import ABSTAIN, UnknownScale, class_of, scale_of
from scoring.sentiment.text import Reading, read
from service.imports.reading.table import Row, open_table
from service.imports.rejects import Reject, Unreadable

TEXT_NAMES = (
    "text",
    "tweet_text",
    "tweet",
    "gorus",
    "yorum",
    "metin",
    "review",
    "comment",
    "content",
    "mention",
)
LABEL_NAMES = (
    "label",
    "sentiment",
    "durum",
    "duygu",
    "etiket",
    "airline_sentiment",
    "class",
    "stars",
    "puan",
    "tone",
)
_LOOKED_AT = 20


@dataclass(frozen=True)
class Bad:
    """A row that is left out, and why."""

    row: int
    reason: str


@dataclass
class Labelled:
    """Texts with their classes (scoring.sentiment.classes), and each row's cell of the column `group`."""

    texts: list[str] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    classes: list[int] = field(default_factory=list)
    groups: list[str] = field(default_factory=list)
    bad: list[Bad] = field(default_factory=list)
    sha256: str = ""


def read_labelled(
    chunks: Iterable[bytes],
    *,
    text: str | None = None,
    label: str | None = None,
    group: str | None = None,
    sheet: str | None = None,
) -> Labelled:
    """Reads CSV, TSV, XLSX, JSON or NDJSON in any encoding.

    Parameters:
        text, label: the columns' headers; None: found by common names.
        group: a further column that has to be there.

    Raises: Unreadable: no table, or without the columns, or numbers on no known scale.
    """
    digest = sha256()
    places, rows = _opened(_digested(chunks, digest), text, label, group, sheet)
    held = list(rows)
    cells = [each for each in held if not isinstance(each, Reject)]
    try:
        scale = scale_of(_cell(row, places[1]) for _, row in cells)
    except UnknownScale as error:
        raise Unreadable("unknown_labels", f"The column of labels: {error}.") from error
    found = Labelled()
    for each in held:
        _take(each, places, scale, found)
    found.sha256 = digest.hexdigest()
    return found


def read_texts(chunks: Iterable[bytes], *, text: str | None = None, sheet: str | None = None) -> list[str]:
    """The texts alone. Raises: Unreadable."""
    places, rows = _opened(chunks, text, None, None, sheet, labelled=False)
    cells = (_cell(each[1], places[0]) for each in rows if not isinstance(each, Reject))
    return [cell for cell in cells if cell]


def _digested(chunks: Iterable[bytes], digest: Any) -> Iterator[bytes]:
    for chunk in chunks:
        digest.update(chunk)
        yield chunk


def _opened(
    chunks: Iterable[bytes],
    text: str | None,
    label: str | None,
    group: str | None,
    sheet: str | None,
    *,
    labelled: bool = True,
) -> tuple[list[int], Iterator[Row | Reject]]:
    """Places of the columns (text, label, group), and the rows below the header."""
    table = open_table(chunks, sheet=sheet)
    wanted = [((text,) if text else TEXT_NAMES), ((label,) if label else LABEL_NAMES)][: 1 + labelled]
    wanted += [(group,)] if group else []
    if table.names is not None:
        return _places(table.names, wanted), table.rows
    head = list(islice(table.rows, _LOOKED_AT))
    headers = [each for each in head if not isinstance(each, Reject)]
    for at, each in enumerate(headers):
        if None not in (found := _found(each[1], wanted)):
            below = head[head.index(headers[at]) + 1 :]
            return [place for place in found if place is not None], chain(below, table.rows)
    return _places(headers[0][1] if headers else [], wanted), table.rows


def _places(headers: Sequence[Any], wanted: Sequence[Sequence[str]]) -> list[int]:
    found = _found(headers, wanted)
    missing = ["/".join(names[:3]) for names, place in zip(wanted, found, strict=True) if place is None]
    if missing:
        there = ", ".join(str(header) for header in headers if header)[:300]
        raise Unreadable("no_columns", f"No column {' and no column '.join(missing)}; there are: {there}.")
    return [place for place in found if place is not None]


def _found(headers: Sequence[Any], wanted: Sequence[Sequence[str]]) -> list[int | None]:
    folded = [fold_tr(str(header or "")) for header in headers]
    return [
        next((folded.index(fold_tr(name)) for name in names if fold_tr(name) in folded), None)
        for names in wanted
    ]


def _cell(row: Sequence[Any], place: int) -> str:
    return str(row[place]).strip() if place < len(row) and row[place] is not None else ""


def _take(each: Row | Reject, places: Sequence[int], scale: Any, found: Labelled) -> None:
    if isinstance(each, Reject):
        found.bad.append(Bad(each.row, each.message))
        return
    number, row = each
    text, label = _cell(row, places[0]), _cell(row, places[1])
    said = class_of(label, scale)
    reading = read(text)
    reason = _reason(text, label, said, reading)
    if reason or said is None:
        found.bad.append(Bad(number, reason or ""))
        return
    found.texts.append(text)
    found.readings.append(reading)
    found.classes.append(said)
    found.groups.append(_cell(row, places[2]) if len(places) > 2 else "")


def _reason(text: str, label: str, said: int | None, reading: Reading) -> str | None:
    if not text:
        return "no text"
    if said is None:
        return f"label {label[:40]!r} is no sentiment" if label else "no label"
    if said == ABSTAIN:
        return f"label {label[:40]!r}: the labeller was unsure"
    return "nothing but links, names and signs" if reading.empty else None
