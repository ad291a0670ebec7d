"""Rows of a panel as lines with one key each. Pure."""

from collections.abc import Iterable
from datetime import date

from msgspec import Struct, structs

from service.conversions.inbound.files.cells import Cash, minor
from service.conversions.inbound.reported.rows import PanelRow, network_of
from service.conversions.inbound.reported.schemas import Figures, LineKey
from service.imports.rejects import Unfit


class Frame(Struct, frozen=True):
    """What holds for a whole file: what names its network and shop, the currency of what names none, and the
    day of a report without one."""

    shop: str
    source: str
    currency: str
    day: date


class BadLine(ValueError):
    """A row that is no line: a code of rejects.REASONS, and the column."""

    def __init__(self, reason: str, column: str) -> None:
        super().__init__(reason)
        self.reason, self.column = reason, column


def line(row: PanelRow, frame: Frame) -> tuple[LineKey, Figures]:
    """The key and the figures of a row. Raises BadLine."""
    cash = [each for each in (row.sales, row.returns, row.commission) if each is not None]
    currency = row.currency or next((each.currency for each in cash if each.currency), None) or frame.currency
    first = row.period.first if row.period else frame.day
    last = row.ends.last if row.ends else row.period.last if row.period else frame.day
    if last < first:
        raise BadLine("conflict", "ends")
    key = LineKey(
        network=network_of(row.network, frame.shop, frame.source),
        shop=frame.shop,
        starts_on=first,
        ends_on=last,
        tracking_id=row.tracking_id or "",
        sub_id=row.sub_id or "",
        campaign=row.campaign or "",
        product_id=row.product_id or "",
        reference=row.reference or "",
        state=row.state or "",
        currency=currency,
    )
    figures = Figures(
        row.clicks,
        row.orders,
        row.items,
        _minor(row.sales, currency, "sales"),
        _minor(row.returns, currency, "returns"),
        _minor(row.commission, currency, "commission"),
    )
    return key, figures


def _minor(cash: Cash | None, currency: str, column: str) -> int | None:
    if cash is None:
        return None
    if cash.currency not in (None, currency):
        raise BadLine("conflict", column)
    try:
        return minor(cash, currency)
    except Unfit as unfit:
        raise BadLine(unfit.reason, column) from unfit


def added(one: Figures, other: Figures) -> Figures:
    """Figures of two rows of one key: a panel lists each sale by itself.

    >>> added(Figures(1, None, None, 100, None, None), Figures(2, 1, None, None, None, None))
    Figures(clicks=3, orders=1, items=None, sales=100, returns=None, commission=None)
    """
    pairs = zip(structs.astuple(one), structs.astuple(other), strict=True)
    return Figures(*(_sum(values) for values in pairs))


def _sum(values: Iterable[int | None]) -> int | None:
    told = [value for value in values if value is not None]
    return sum(told) if told else None
