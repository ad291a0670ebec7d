"""What is said of the brands, and the day on which it went wrong: tables, or lines where it is narrow."""

from collections.abc import Iterator
from datetime import datetime

from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table

from scoring.explain import percent
from service.demo.hearing import Heard
from service.demo.listening import ZONE
from service.mentions.alerts.schemas import Alert, AlertCause
from service.mentions.analyses.schemas import BrandShare, SentimentRow, VolumeRow

_LEAST_FOR_A_TABLE = 132
_UNKNOWN = "-"
_TERMS, _PLACES, _EXAMPLES = 6, 3, 3
_REASONS = {
    "net_sentiment_fell": "net sentiment fell by more than .2",
    "negative_share_doubled": "the negative share is above twice the usual one",
}
_NAMES = (
    *("brand", "mentions", "share of voice", "by reach", "by engagement"),
    *("unsure", "net sentiment", "corrected", "95% interval"),
)


def show(out: Console, heard: Heard) -> None:
    """Share of voice and sentiment of the brands, then each alert with its cause."""
    out.print(_told(heard), markup=False)
    rows = list(_rows(heard))
    if out.width < _LEAST_FOR_A_TABLE:
        for row in rows:
            out.print(*_lines(row), sep="\n", markup=False)
    else:
        table = Table(*(Column(name, no_wrap=True, justify="right") for name in _NAMES))
        table.columns[0].justify = "left"
        for row in rows:
            table.add_row(*map(escape, row))
        out.print(table)
    for alert in heard.alerts:
        _show_alert(out, alert)


def _told(heard: Heard) -> str:
    totals, month = heard.volume.totals, heard.shares
    when = f"{month.from_} to {month.to}"
    sent = "are in" if heard.sent else "stand there from an earlier start"
    return (
        f"A month of mentions, {when}: {totals.mentions:,} by {totals.authors:,} authors {sent}, Turkish and"
        f" English, read for language and sentiment. Share of voice of the brand and its rivals:"
    )


def _rows(heard: Heard) -> Iterator[tuple[str, ...]]:
    volume = {row.value: row for row in heard.volume.data}
    sentiment = {row.value: row for row in heard.sentiment.data}
    for brand in heard.shares.brands:
        yield _row(brand, volume.get(brand.brand_id), sentiment.get(brand.brand_id))


def _row(brand: BrandShare, volume: VolumeRow | None, said: SentimentRow | None) -> tuple[str, ...]:
    count = f"{volume.mentions if volume else 0:,}"
    shares = (_percent(each.share) for each in (brand.mentions, brand.reach, brand.engagement))
    if said is None:
        return (brand.name, count, *shares, *[_UNKNOWN] * 4)
    net = said.net_sentiment
    interval = f"{_signed(net.low)} to {_signed(net.high)}" if net.low is not None else _UNKNOWN
    return (
        *(brand.name, count, *shares, f"{said.abstained:,}"),
        *(_signed(net.raw), _signed(net.corrected), interval),
    )


def _lines(row: tuple[str, ...]) -> Iterator[str]:
    brand, mentions, share, reach, engagement, unsure, raw, corrected, interval = row
    yield f"- {brand}: {mentions} mentions ({unsure} with an unsure sentiment)"
    yield f"  share of voice {share}; {reach} by reach, {engagement} by engagement"
    yield f"  net sentiment {raw}, corrected {corrected} ({interval})"


def _show_alert(out: Console, alert: Alert) -> None:
    out.print(*_alert(alert), sep="\n", markup=False)
    out.print(_terms(alert.cause))
    out.print(*_examples(alert), sep="\n", markup=False)


def _alert(alert: Alert) -> Iterator[str]:
    until = "now" if alert.ended_at is None else f"{_local(alert.ended_at):%H:%M}"
    yield (
        f"A {alert.kind} of “{alert.query_name}”, {_local(alert.starts_at):%Y-%m-%d %H:%M} to {until}:"
        f" {alert.mentions:,} mentions where {alert.expected:,.0f} are usual, {alert.peak_count:,} of them in"
        f" the hour from {_local(alert.peak_at):%H:%M} on. The alert is {alert.status}."
    )
    crisis = alert.crisis
    if crisis.crisis:
        yield f"- why a crisis: {'; '.join(_REASONS.get(each, each) for each in crisis.reasons)}"
    yield (
        f"- net sentiment {_signed(crisis.net)}, before {_signed(crisis.net_before)}; negative"
        f" {_percent(crisis.negative_share)}, before {_percent(crisis.negative_share_before)}"
    )
    places = [f"{each.name} {_percent(each.excess)}" for each in alert.cause.sources[:_PLACES]]
    yield f"- where it comes from: {', '.join(places)}"
    yield "- its words:"


def _terms(cause: AlertCause) -> Table:
    names = ("word", "mentions", "share", "before")
    table = Table(*(Column(name, no_wrap=True, justify="right") for name in names))
    table.columns[0].justify = "left"
    for each in cause.terms[:_TERMS]:
        table.add_row(escape(each.term), f"{each.count:,}", _percent(each.share), _percent(each.share_before))
    return table


def _examples(alert: Alert) -> Iterator[str]:
    for each in alert.examples[:_EXAMPLES]:
        who = f", @{each.author.handle}" if each.author.handle else ""
        yield f"- “{each.text}” ({each.platform}{who})"


def _local(at: datetime) -> datetime:
    return at.astimezone(ZONE)


def _percent(share: float | None) -> str:
    return _UNKNOWN if share is None else percent(share)


def _signed(figure: float | None) -> str:
    """As it is written of a figure from -1 to 1.

    >>> _signed(0.256), _signed(-0.001), _signed(None)
    ('+0.26', '0.00', '-')
    """
    if figure is None:
        return _UNKNOWN
    return f"{figure:+.2f}" if abs(figure) >= 0.005 else "0.00"
