"""Bars by day as SVG that is read aloud, scales without distorting its letters, and needs no script. Pure.

Horizontal places are per cent, vertical ones pixels: a phone shows the same letters as a desk. Colours are
classes of the style sheet.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup

TOP, PLOT, FOOT = 8.0, 132.0, 22.0
HEIGHT = TOP + PLOT + FOOT
MOST_STEPS = 4


class Bar(NamedTuple):
    """A day: what stands below it, its value, and what is said of it."""

    label: str
    value: float
    text: str


class Scale(NamedTuple):
    """From `least` to `most`, with a mark at every `step`."""

    least: float
    most: float
    step: float

    def marks(self) -> list[float]:
        """The values that have a line."""
        count = round((self.most - self.least) / self.step)
        return [self.least + self.step * n for n in range(count + 1)]

    def y(self, value: float) -> float:
        """Where a value stands, in pixels from the top."""
        return round(TOP + PLOT * (self.most - value) / (self.most - self.least), 2)


def scale(values: Sequence[float], least_step: float = 1) -> Scale:
    """A scale that holds 0 and every value, in steps of 1, 2 or 5 times a power of ten.

    >>> scale([3, 18]), scale([0, 0]), scale([-40, 260])
    (Scale(least=0, most=20, step=5), Scale(least=0, most=1, step=1), Scale(least=-100, most=300, step=100))
    """
    low, high = min([0, *values]), max([0, *values])
    if low == high:
        return Scale(0, least_step, least_step)
    rough = max((high - low) / MOST_STEPS, least_step)
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * each for each in (1, 2, 5, 10) if power * each >= rough - 1e-9)
    return Scale(math.floor(low / step) * step, math.ceil(high / step) * step, step)


def bars(
    days: Sequence[Bar], name: str, title: str, description: str, show: Callable[[float], str], least: float
) -> Markup:
    """A chart with its axis. `name` is unique on the page; `least`: the smallest distance of two marks."""
    scaled = scale([day.value for day in days], least)
    marks = [(mark, scaled.y(mark)) for mark in scaled.marks()]
    return Markup(
        '<svg class="axis" height="{height}" aria-hidden="true" focusable="false">{axis}</svg>'
        '<svg class="plot" height="{height}" role="img" aria-labelledby="{name}-title {name}-desc">'
        '<title id="{name}-title">{title}</title><desc id="{name}-desc">{description}</desc>'
        "{lines}{drawn}{foot}</svg>"
    ).format(
        height=f"{HEIGHT:g}",
        name=name,
        title=title,
        description=description,
        axis=_joined(_text("100%", y + 4, "end", show(mark)) for mark, y in marks),
        lines=_joined(_line("zero" if mark == 0 else "mark", y) for mark, y in marks),
        drawn=_joined(_bar(day, at, len(days), scaled) for at, day in enumerate(days)),
        foot=_foot(days),
    )


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(parts)


def _text(x: str, y: float, anchor: str, text: str) -> Markup:
    return Markup('<text x="{}" y="{:g}" text-anchor="{}">{}</text>').format(x, y, anchor, text)


def _line(kind: str, y: float) -> Markup:
    return Markup('<line class="{}" x1="0" x2="100%" y1="{y:g}" y2="{y:g}"/>').format(kind, y=y)


def _bar(day: Bar, at: int, count: int, scaled: Scale) -> Markup:
    """A hair's breadth is left where something happened that the scale would make nothing."""
    zero, end = scaled.y(0), scaled.y(day.value)
    width = 100 / count
    return Markup(
        '<g class="day"><rect class="target" x="{left:.3f}%" y="{room_top:g}" width="{width:.3f}%" '
        'height="{room:g}"/><rect class="{kind}" x="{inner:.3f}%" y="{top:g}" width="{narrow:.3f}%" '
        'height="{height:g}"/><title>{text}</title></g>'
    ).format(
        left=width * at,
        width=width,
        room_top=TOP,
        room=PLOT,
        kind="bar below" if day.value < 0 else "bar",
        inner=width * (at + 0.14),
        narrow=width * 0.72,
        top=min(zero, end) if day.value >= 0 else zero,
        height=max(abs(zero - end), 1.5 if day.value else 0),
        text=day.text,
    )


def _foot(days: Sequence[Bar]) -> Markup:
    """The first day, the last, and the one between where there are enough."""
    last = len(days) - 1
    places = {0: ("0%", "start"), last: ("100%", "end")} if last > 0 else {0: ("50%", "middle")}
    if last >= 4:
        places[last // 2] = (f"{100 * (last // 2 + 0.5) / len(days):.2f}%", "middle")
    return _joined(_text(x, HEIGHT - 5, anchor, days[at].label) for at, (x, anchor) in places.items() if days)
