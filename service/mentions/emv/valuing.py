"""What figures would have cost as advertising: pure.

Items (posts or mentions) come in groups that know the same figures, so that what is not known stays so.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Final, Literal

from msgspec import Struct

Metric = Literal["view", "impression", "like", "comment", "share", "save", "click"]
Exposure = Literal["views_first", "impressions_first", "both"]
Reason = Literal["no_items", "no_figures", "no_rate", "counted_once", "too_large"]
METRICS: Final[tuple[Metric, ...]] = ("view", "impression", "like", "comment", "share", "save", "click")
_PREFERRED: Final[Mapping[Exposure, tuple[Metric, ...]]] = {
    "views_first": ("view", "impression"),
    "impressions_first": ("impression", "view"),
    "both": (),
}
# Money is PostgreSQL's bigint.
_MOST = 2**63 - 1


class Group(Struct, frozen=True):
    """`items` of one platform that know the same metrics, and their sums; what isn't named is not known."""

    platform: str
    items: int
    sums: Mapping[Metric, int]


class Line(Struct, frozen=True):
    """A metric of a platform: `known` of `items` have the figure, `counted` of them are priced, `quantity` is
    the sum of those, or of the known ones where none is priced; `rate` is per thousand in minor units.
    `reason` says why there is no amount."""

    platform: str
    metric: Metric
    items: int
    known: int
    counted: int
    quantity: int | None
    rate: int | None
    rate_of: str | None
    amount: int | None
    reason: Reason | None


class Value(Struct, frozen=True):
    """All lines and their sum. Of `items`, `valued` have a priced figure; the others know none
    (`without_figures`), or only such as have no rate (`without_rate`)."""

    lines: tuple[Line, ...]
    amount: int | None
    reason: Reason | None
    items: int
    valued: int
    without_figures: int
    without_rate: int


Rates = Mapping[tuple[str | None, Metric], int]


def value(groups: Iterable[Group], rates: Rates, exposure: Exposure) -> Value:
    """What groups are worth. A platform without a rate of its own takes that of `None`.

    Amounts are exact until a line is rounded, half to even, so that lines add up to their sum. Views and
    impressions of an item are one exposure seen twice: only one of them is priced, unless `both`.

    >>> rates = {("x", "view"): 500, (None, "like"): 1500}
    >>> made = value([Group("x", 2, {"view": 1001, "impression": 9, "like": 3})], rates, "views_first")
    >>> [(line.metric, line.amount, line.reason) for line in made.lines][:3]
    [('view', 500, None), ('impression', None, 'no_rate'), ('like', 4, None)]
    >>> made.amount, made.items, made.valued
    (504, 2, 2)
    """
    by_platform: dict[str, list[Group]] = defaultdict(list)
    for group in groups:
        by_platform[group.platform].append(group)
    lines = tuple(
        _line(platform, metric, by_platform[platform], rates, exposure)
        for platform in sorted(by_platform)
        for metric in METRICS
    )
    told = [group for own in by_platform.values() for group in own]
    items = sum(group.items for group in told)
    blank = sum(group.items for group in told if not group.sums)
    priced = sum(group.items for group in told if _priced(group, rates, exposure))
    amount, reason = total(lines)
    return Value(lines, amount, reason, items, priced, blank, items - blank - priced)


def total(lines: Sequence[Line]) -> tuple[int | None, Reason | None]:
    """The sum of lines, and why there is none: never 0 for what isn't known.

    >>> total([])
    (None, 'no_items')
    """
    amounts = [line.amount for line in lines if line.amount is not None]
    if amounts:
        amount = sum(amounts)
        return (amount, None) if amount <= _MOST else (None, "too_large")
    if any(line.reason == "too_large" for line in lines):
        return None, "too_large"
    if any(line.known for line in lines):
        return None, "no_rate"
    return None, "no_figures" if lines else "no_items"


def find(rates: Rates, platform: str, metric: Metric) -> tuple[str | None, int | None]:
    """Whose rate holds (`any`: that of all other platforms), and the rate."""
    if (platform, metric) in rates:
        return platform, rates[platform, metric]
    return ("any", rates[None, metric]) if (None, metric) in rates else (None, None)


def _line(platform: str, metric: Metric, groups: Sequence[Group], rates: Rates, exposure: Exposure) -> Line:
    known = [group for group in groups if metric in group.sums]
    counted = [group for group in known if metric in _priced(group, rates, exposure)]
    quantity = sum(group.sums[metric] for group in counted or known) if known else None
    rate_of, rate = find(rates, platform, metric)
    amount: int | None = None
    reason: Reason | None = "no_rate" if rate is None else "counted_once" if known else "no_figures"
    if counted and quantity is not None and rate is not None:
        amount, reason = _amount(quantity, rate)
    return Line(
        platform=platform,
        metric=metric,
        items=sum(group.items for group in groups),
        known=sum(group.items for group in known),
        counted=sum(group.items for group in counted),
        quantity=quantity,
        rate=rate,
        rate_of=rate_of,
        amount=amount,
        reason=reason,
    )


def _amount(quantity: int, rate: int) -> tuple[int | None, Reason | None]:
    # round() of a Fraction is exact and goes half to even.
    amount = round(Fraction(quantity * rate, 1000))
    return (amount, None) if amount <= _MOST else (None, "too_large")


def _priced(group: Group, rates: Rates, exposure: Exposure) -> set[Metric]:
    """The metrics of a group that are priced."""
    found = {metric for metric in group.sums if find(rates, group.platform, metric)[1] is not None}
    seen = [metric for metric in _PREFERRED[exposure] if metric in found]
    return found - set(seen[1:])
