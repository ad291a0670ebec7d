"""From sums to what is answered: pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from msgspec import structs

from service.kit import ids
from service.kit.money import Money
from service.links.stats.grouping import midnight
from service.partner.stats.schemas import (
    Asked,
    Cell,
    Clicks,
    Commissions,
    OtherPartnerValues,
    PartnerFigures,
    PartnerStats,
    PartnerStatsRow,
)

OWED = ("pending", "on_hold", "payable", "paid")
_PREFIXES = {"link": "lnk", "coupon": "cpn", "campaign": "cmp"}
# A click has neither.
WITHOUT_CLICKS = ("coupon", "product")


class _Place(NamedTuple):
    date: date | None
    value: str
    rest: bool


class _Sums:
    """What is known of one row, added up."""

    def __init__(self) -> None:
        self.gross = self.net = self.uniques = self.conversions = self.cancelled = 0
        self.sales: defaultdict[str, int] = defaultdict(int)
        self.earned: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))

    def add(self, cell: Cell) -> None:
        """Adds a cell of any kind."""
        if cell.kind == "clicks":
            self.gross += cell.first
            self.net += cell.second
            self.uniques += cell.third
        elif cell.currency is not None and cell.status is not None:
            self.earned[cell.currency][cell.status] += cell.first
        elif cell.currency is not None:
            self.conversions += cell.first
            self.cancelled += cell.second
            self.sales[cell.currency] += cell.third

    def figures(self, with_clicks: bool) -> PartnerFigures:
        """The figures that they are."""
        clicks = Clicks(self.gross, self.net, self.uniques) if with_clicks else None
        net = self.net if with_clicks else 0
        return PartnerFigures(
            clicks=clicks,
            conversions=self.conversions,
            cancelled=self.cancelled,
            conversion_rate=round(self.conversions / net, 6) if net else None,
            sales=[Money(amount, currency) for currency, amount in sorted(self.sales.items())],
            commissions=[
                _commissions(currency, self.earned[currency], net) for currency in sorted(self.earned)
            ],
        )


def _commissions(currency: str, found: Mapping[str, int], net: int) -> Commissions:
    earned = sum(found.get(status, 0) for status in OWED)
    states = {status: found.get(status, 0) for status in (*OWED, "reversed", "rejected")}
    epc = round(earned / net, 4) if net else None
    return Commissions(currency=currency, **states, earned=earned, epc=epc)


def stats(asked: Asked, cells: Sequence[Cell], names: Mapping[UUID, str]) -> PartnerStats:
    """The answer; a day without anything has a row of zeros where no dimension is asked for."""
    with_clicks = asked.dimension not in WITHOUT_CLICKS
    total, rest = _Sums(), _Sums()
    rows: defaultdict[_Place, _Sums] = defaultdict(_Sums)
    if asked.by_day and asked.dimension is None:
        for day in asked.days():
            rows[_Place(day, "", False)]
    for cell in cells:
        if cell.whole or cell.kind in ("clicks", "earned"):
            total.add(cell)
        if cell.whole or cell.kind == "values":
            continue
        (rest if cell.rest else rows[_Place(cell.date, cell.value, False)]).add(cell)
    return PartnerStats(
        tz=asked.zone.key,
        from_=asked.first,
        to=asked.last,
        group_by=[name for name in ("day" if asked.by_day else None, asked.dimension) if name],
        date_basis=asked.basis,
        totals=total.figures(with_clicks),
        data=[] if not asked.is_grouped else _rows(asked, rows, names, with_clicks),
        other_values=_others(asked, cells, rest, with_clicks),
    )


def values(cells: Sequence[Cell]) -> set[str]:
    """The values that are shown by themselves."""
    return {cell.value for cell in cells if cell.value}


def _rows(
    asked: Asked, rows: Mapping[_Place, _Sums], names: Mapping[UUID, str], with_clicks: bool
) -> list[PartnerStatsRow]:
    """By day, then the values with the most net clicks first, then conversions."""
    ordered = sorted(
        rows.items(),
        key=lambda row: (row[0].date or date.min, -row[1].net, -row[1].conversions, row[0].value),
    )
    return [_row(asked, place, sums.figures(with_clicks), names) for place, sums in ordered]


def _row(asked: Asked, place: _Place, figures: PartnerFigures, names: Mapping[UUID, str]) -> PartnerStatsRow:
    prefix = _PREFIXES.get(asked.dimension or "")
    inner = UUID(place.value) if prefix and place.value else None
    return PartnerStatsRow(
        **structs.asdict(figures),
        date=place.date,
        starts_at=None if place.date is None else midnight(place.date, asked.zone),
        value=ids.show(prefix, inner) if prefix and inner else place.value or None,
        name=None if inner is None else names.get(inner),
    )


def _others(asked: Asked, cells: Sequence[Cell], rest: _Sums, with_clicks: bool) -> OtherPartnerValues | None:
    """By day, a conversion of the rest counts in each of its days."""
    if asked.dimension is None:
        return None
    figures = rest.figures(with_clicks)
    count = sum(cell.first for cell in cells if cell.kind == "values")
    return OtherPartnerValues(
        **structs.asdict(figures),
        values=max(0, count - asked.limit),
    )
