"""The report's tables as spreadsheets: funnel, cohorts, side by side. Pure."""

from collections.abc import Iterator
from typing import Final

from service.advocacy.reports.schemas import (
    AdvocacyReport,
    Part,
    ReportCohort,
    ReportFigure,
    ReportSide,
)
from service.advocacy.tables import Cell, lines
from service.imports.rejects_csv import BOM


def _with_interval(*names: str) -> list[str]:
    return [f"{name}{end}" for name in names for end in ("", "_low", "_high", "_reason")]


COLUMNS: Final[dict[Part, list[str]]] = {
    "funnel": ["stage", "count", "held", "rejected", "per_previous", *_with_interval("conversion")],
    "cohorts": [
        *("cohort", "users", "invitations", "brought"),
        *_with_interval("invitations_per_user", "conversion", "k", "k_within"),
        "still_young",
    ],
    "sides": [
        *("side", "currency", "customers", "new_customers", "orders", "repeat_days"),
        *_with_interval("repeat_rate", "refund_rate"),
        *("orders_in_currency", "net", "average_order", "cost", "of_points", "cost_per_new_customer"),
    ],
}


def sheet(of: AdvocacyReport, part: Part) -> str:
    """One table. Amounts are minor units of `currency`; counts of a side are of all currencies."""
    rows = {"funnel": _funnel, "cohorts": _cohorts, "sides": _sides}[part]
    return BOM + lines([COLUMNS[part], *rows(of)])


def _funnel(of: AdvocacyReport) -> Iterator[list[Cell]]:
    for each in of.funnel:
        counts = (each.count, each.held, each.rejected, each.per_previous)
        yield [each.stage, *counts, *_cells(each.conversion)]


def _cohorts(of: AdvocacyReport) -> Iterator[list[Cell]]:
    """`all`: everybody ever."""
    for each in of.growth.cohorts:
        yield _cohort(each, each.cohort)
    if of.growth.whole is not None:
        yield _cohort(of.growth.whole, "all")


def _cohort(of: ReportCohort, name: str | None) -> list[Cell]:
    figures = (of.invitations_per_user, of.conversion, of.k, of.k_within)
    cells = [cell for each in figures for cell in _cells(each)]
    return [name, of.users, of.invitations, of.brought, *cells, of.still_young]


def _sides(of: AdvocacyReport) -> Iterator[list[Cell]]:
    for each in of.sides:
        head = _side(each)
        if not each.money:
            yield [each.side, None, *head, *(None,) * 6]
        for row in each.money:
            average, cost = row.average_order, row.cost_per_new_customer
            yield [
                *(each.side, row.currency, *head, row.orders, row.net.amount),
                *(None if average is None else average.amount, row.cost.amount, row.of_points.amount),
                None if cost is None else cost.amount,
            ]


def _side(of: ReportSide) -> list[Cell]:
    counts = (of.customers, of.new_customers, of.orders, of.repeat_days)
    return [*counts, *_cells(of.repeat_rate), *_cells(of.refund_rate)]


def _cells(of: ReportFigure) -> list[Cell]:
    return [of.value, of.low, of.high, of.reason]
