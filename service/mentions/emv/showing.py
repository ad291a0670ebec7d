"""Tables and values as the API and spreadsheets show them. Pure."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from io import StringIO
from itertools import groupby
from typing import Final, Literal

from service.kit import ids
from service.kit.money import Money
from service.mentions.emv.schemas import (
    Emv,
    EmvCoverage,
    EmvLine,
    EmvMethod,
    EmvPlatform,
    EmvTable,
    EmvWords,
    FigureRow,
    GivenFigures,
    Of,
    RateTable,
    RateTableRow,
)
from service.mentions.emv.tables import BuiltIn
from service.mentions.emv.valuing import METRICS, Group, Line, Metric, Value, total

FORMULA = "sum over platforms and metrics of quantity x rate per 1,000 / 1,000"
NOTE = EmvWords(
    tr="EMV'nin (kazanılmış medya değeri) bir standardı yok: rakam, bu tablonun fiyatlarına bağlı bir"
    " tahmindir; gelir değildir ve hiçbir puana girmez.",
    en="EMV (earned media value) has no standard: the figure is an estimate that depends on the rates of this"
    " table; it is no revenue, and part of no score.",
)
COLUMNS = (
    *("platform", "metric", "items", "known", "counted", "quantity", "per_thousand", "rate_of", "value"),
    *("currency", "reason", "table", "table_version"),
)
_NAMES: Final[Mapping[Metric, str]] = {
    "view": "views",
    "impression": "impressions",
    "like": "likes",
    "comment": "comments",
    "share": "shares",
    "save": "saves",
}


def table(row: RateTableRow | BuiltIn) -> RateTable:
    """A version of a table, built in or the workspace's own."""
    own = row if isinstance(row, RateTableRow) else None
    return RateTable(
        id=_table_id(row),
        name=row.name,
        version=row.version,
        built_in=own is None,
        currency=row.currency,
        exposure=row.exposure,
        as_of=row.as_of,
        source=row.source,
        rates=row.rates,
        created_by=None if own is None else own.created_by,
        created_at=None if own is None else own.created_at,
        archived_at=None if own is None else own.archived_at,
    )


def _table_id(row: RateTableRow | BuiltIn) -> str:
    return ids.show("emt", row.id) if isinstance(row, RateTableRow) else row.id


def groups(rows: Iterable[FigureRow]) -> list[Group]:
    """Rows of sums as they are valued."""
    return [_group(row) for row in rows]


def _group(row: FigureRow) -> Group:
    sums = {metric: getattr(row, name) for metric, name in _NAMES.items()}
    known = {metric: int(value) for metric, value in sums.items() if value is not None}
    return Group(row.platform, row.items, known)


def given(figures: Iterable[GivenFigures]) -> list[Group]:
    """Figures of a request as they are valued, each an item."""
    found = []
    for one in figures:
        sums = {metric: getattr(one, metric) for metric in METRICS}
        known = {metric: value for metric, value in sums.items() if value is not None}
        found.append(Group(one.platform, 1, known))
    return found


def emv(
    value: Value,
    by: RateTableRow | BuiltIn,
    of: Of | Literal["given"],
    since: datetime | None = None,
    until: datetime | None = None,
) -> Emv:
    """A value with its method, its inputs and what it rests on."""
    coverage = EmvCoverage(
        items=value.items,
        valued=value.valued,
        without_figures=value.without_figures,
        without_rate=value.without_rate,
        share=value.valued / value.items if value.items else None,
    )
    return Emv(
        of=of,
        since=since,
        until=until,
        value=_money(value.amount, by.currency),
        reason=value.reason,
        method=_method(by),
        coverage=coverage,
        platforms=list(_platforms(value.lines, by.currency)),
        lines=[_line(line, by.currency) for line in value.lines],
    )


def _method(by: RateTableRow | BuiltIn) -> EmvMethod:
    told = EmvTable(_table_id(by), by.name, by.version, by.as_of, by.source)
    return EmvMethod(told, FORMULA, by.exposure, "half_even_per_line", NOTE)


def _platforms(lines: Sequence[Line], currency: str) -> Iterator[EmvPlatform]:
    for platform, group in groupby(lines, key=lambda line: line.platform):
        own = list(group)
        amount, reason = total(own)
        yield EmvPlatform(platform, own[0].items, _money(amount, currency), reason)


def _line(line: Line, currency: str) -> EmvLine:
    return EmvLine(
        platform=line.platform,
        metric=line.metric,
        items=line.items,
        known=line.known,
        counted=line.counted,
        quantity=line.quantity,
        per_thousand=_money(line.rate, currency),
        rate_of=line.rate_of,
        value=_money(line.amount, currency),
        reason=line.reason,
    )


def _money(amount: int | None, currency: str) -> Money | None:
    return None if amount is None else Money(amount, currency)


def sheet(answer: Emv) -> str:
    """The spreadsheet: lines, then their sum."""
    by = answer.method.table
    table = (by.id, by.version)
    out = StringIO()
    write = csv.writer(out).writerow
    write(COLUMNS)
    for line in answer.lines:
        known = (line.platform, line.metric, line.items, line.known, line.counted, line.quantity)
        rate, currency = _cells(line.per_thousand)
        amount, _ = _cells(line.value)
        write([*known, rate, line.rate_of, amount, currency, line.reason, *table])
    amount, currency = _cells(answer.value)
    coverage = answer.coverage
    whole = ("total", None, coverage.items, None, coverage.valued, None, None, None)
    write([*whole, amount, currency, answer.reason, *table])
    return out.getvalue()


def _cells(value: Money | None) -> tuple[int | None, str | None]:
    return (None, None) if value is None else (value.amount, value.currency)
