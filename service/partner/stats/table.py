"""A partner's figures as a CSV that a spreadsheet opens and never runs. Pure."""

import csv
from collections.abc import Iterator
from io import StringIO

from service.imports.rejects_csv import BOM, harmless
from service.partner.stats.schemas import Commissions, PartnerFigures, PartnerStats, PartnerStatsRow

OF_ROW = ("date", "value", "name", "clicks_gross", "clicks_net", "clicks_unique", "conversions", "cancelled")
OF_CURRENCY = ("pending", "on_hold", "payable", "paid", "reversed", "rejected", "earned", "epc")
HEADER = (*OF_ROW, "conversion_rate", "currency", "sales", *OF_CURRENCY)


def lines(stats: PartnerStats) -> str:
    """The rows, then what lies beyond the first values, then the totals; a line for each currency of a row.

    Amounts are minor units. Clicks and conversions stand in a row's first line alone, so that columns add up.
    """
    out = StringIO()
    out.write(BOM)
    writer = csv.writer(out)
    writer.writerow(HEADER)
    for row in stats.data:
        writer.writerows(_of(row, _day(row), row.value, row.name))
    if stats.other_values is not None and stats.other_values.values:
        writer.writerows(_of(stats.other_values, "other", None, None))
    writer.writerows(_of(stats.totals, "total", None, None))
    return out.getvalue()


def _day(row: PartnerStatsRow) -> str | None:
    return None if row.date is None else row.date.isoformat()


def _of(
    figures: PartnerFigures, day: str | None, value: str | None, name: str | None
) -> Iterator[list[str | None]]:
    clicks = figures.clicks
    counts = [None] * 3 if clicks is None else [clicks.gross, clicks.net, clicks.unique]
    first = [*counts, figures.conversions, figures.cancelled, figures.conversion_rate]
    sales = {money.currency: money.amount for money in figures.sales}
    earned = {each.currency: each for each in figures.commissions}
    for at, currency in enumerate(sorted({*sales, *earned}) or [None]):
        shown = [None] * len(first) if at else first
        cells = [day, value, name, *shown, currency, sales.get(currency or "", 0)]
        cells += _commissions(earned.get(currency or ""))
        yield [harmless(None if cell is None else str(cell)) for cell in cells]


def _commissions(found: Commissions | None) -> list[int | float | None]:
    if found is None:
        return [0] * (len(OF_CURRENCY) - 1) + [None]
    return [getattr(found, name) for name in OF_CURRENCY]
