"""The charts of a partner's figures. Pure."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from markupsafe import Markup

from service.accounts.labels.registry import Language
from service.kit.money import exponent
from service.partner.pages import charts, formats, texts
from service.partner.pages.charts import Bar
from service.partner.stats.schemas import PartnerFigures, PartnerStats, PartnerStatsRow

MOST_CURRENCIES = 3


class Chart(NamedTuple):
    """A chart and what stands above it."""

    title: str
    drawn: Markup


def drawn(stats: PartnerStats, language: Language) -> list[Chart]:
    """Clicks, and what was earned in each currency, the largest first."""
    currencies = sorted(stats.totals.commissions, key=lambda each: -abs(each.earned))[:MOST_CURRENCIES]
    earned = [_earned(stats, each.currency, language) for each in currencies]
    return [_clicks(stats, language), *earned]


def _clicks(stats: PartnerStats, language: Language) -> Chart:
    values = [row.clicks.net if row.clicks else 0 for row in stats.data]
    days = [
        _bar(row, value, formats.number(value, language), language)
        for row, value in zip(stats.data, values, strict=True)
    ]
    title = texts.said("clicks_by_day", language)
    total = formats.number(sum(values), language)
    says = _says(stats, total, language)
    made = charts.bars(days, "clicks", title, says, lambda mark: formats.short_number(mark, language), 1)
    return Chart(title, made)


def _earned(stats: PartnerStats, currency: str, language: Language) -> Chart:
    values = [earned(row, currency) for row in stats.data]
    days = [
        _bar(row, value, formats.minor(value, currency, language), language)
        for row, value in zip(stats.data, values, strict=True)
    ]
    title = texts.said("earned_by_day", language, currency=currency)
    total = formats.minor(sum(values), currency, language)

    def show(mark: float) -> str:
        return formats.short_money(mark, currency, language)

    name = f"earned-{currency.lower()}"
    made = charts.bars(days, name, title, _says(stats, total, language), show, 10 ** exponent(currency))
    return Chart(title, made)


def earned(row: PartnerFigures, currency: str) -> int:
    """What a row earned in a currency, minor units."""
    return sum(each.earned for each in row.commissions if each.currency == currency)


def _bar(row: PartnerStatsRow, value: int, shown: str, language: Language) -> Bar:
    day = row.date or date.min
    says = texts.said("bar_says", language, day=formats.day(day, language), value=shown)
    return Bar(formats.day_and_month(day, language), value, says)


def _says(stats: PartnerStats, total: str, language: Language) -> str:
    ends = {"first": formats.day(stats.from_, language), "last": formats.day(stats.to, language)}
    return texts.said("chart_says", language, total=total, **ends)


def busiest(rows: Sequence[PartnerStatsRow]) -> list[PartnerStatsRow]:
    """The days on which something happened, the newest first: what a table shows of many days."""
    return [
        row
        for row in reversed(rows)
        if (row.clicks and row.clicks.gross) or row.conversions or row.cancelled or row.commissions
    ]
