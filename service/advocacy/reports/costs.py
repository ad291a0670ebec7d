"""What rewards cost: by kind and unit, per acquired customer, and against what it brought. Pure.

`cost` is accrued: what was given or is promised still, without what expired or was taken back. Points cost
what the terms that they were given by say that they are worth, as a line of their own; points without a worth
are named as what is left out.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Final

import numpy as np
from msgspec import Struct

from service.advocacy.reports.days import Days, Span, daily
from service.advocacy.reports.store import RewardDayRow
from service.advocacy.terms.points import cost
from service.advocacy.terms.points import each as each_worth
from service.advocacy.terms.shapes import POINTS, PointsWorth, RewardKind

NONE: Final[Mapping[str, int]] = MappingProxyType({})
PARTS: Final = ("promised", "given", "pending", "expired", "taken_back")
_Group = tuple[RewardKind, str | None, PointsWorth | None]


class RewardDays(Struct, frozen=True):
    """Rewards of a kind and unit: of each of PARTS how many, and `*_amount`. `worth`: of these points."""

    kind: RewardKind
    currency: str | None
    days: Days
    worth: PointsWorth | None = None


class Sum(Struct, frozen=True):
    """Rewards of a kind and unit over a span; amounts null where nothing tells them. `worth`: of points."""

    kind: RewardKind
    currency: str | None
    counts: dict[str, int]
    amounts: dict[str, int] | None
    worth: PointsWorth | None = None

    @property
    def stands(self) -> int:
        """How many are given or pending."""
        return self.counts["given"] + self.counts["pending"]

    @property
    def amount(self) -> int:
        """What is given or pending, in the unit."""
        return 0 if self.amounts is None else self.amounts["given"] + self.amounts["pending"]


class Return(Struct, frozen=True):
    """cost of advocates in a currency against net, what referred customers bought. of_points: the part of
    cost that points with a worth make. per_customer: minor units of each acquired one; roi:
    (net - cost) / cost; both null with a reason."""

    currency: str
    cost: int
    of_points: int
    net: int
    per_customer: int | None
    per_customer_reason: str | None
    roi: float | None
    roi_reason: str | None


def rewarded(rows: Iterable[RewardDayRow]) -> list[RewardDays]:
    """Rows of a scope as figures by day."""
    groups: defaultdict[_Group, list[RewardDayRow]] = defaultdict(list)
    for row in rows:
        groups[row.kind, row.currency, row.worth].append(row)
    made = []
    for (kind, currency, worth), mine in sorted(groups.items(), key=lambda item: _in_order(item[0])):
        at = np.array([row.day for row in mine], dtype=np.int64)
        names = [*PARTS, *(f"{part}_amount" for part in PARTS)]
        columns = {name: np.array([getattr(row, name) for row in mine], dtype=np.int64) for name in names}
        days = daily({name: (at, values) for name, values in columns.items()})
        made.append(RewardDays(kind, currency, days, worth))
    return made


def _in_order(group: _Group) -> tuple[str, str, str, Fraction]:
    kind, currency, worth = group
    told = ("", Fraction(0)) if worth is None else (worth.amount.currency, each_worth(worth))
    return (kind, currency or "", *told)


def sums(rewards: Iterable[RewardDays], span: Span) -> list[Sum]:
    """Over a span, without what there was none of."""
    found = []
    for each in rewards:
        made = each.days.sums(span)
        if not made.get("promised"):
            continue
        amounts = None if each.currency is None else {part: made[f"{part}_amount"] for part in PARTS}
        counts = {part: made[part] for part in PARTS}
        found.append(Sum(each.kind, each.currency, counts, amounts, each.worth))
    return found


def by_unit(rewards: Iterable[Sum]) -> list[Sum]:
    """A sum for each kind and unit, points of every worth together."""
    found: dict[tuple[RewardKind, str | None], Sum] = {}
    for each in rewards:
        key = (each.kind, each.currency)
        found[key] = _plus(found[key], each) if key in found else each
    return list(found.values())


def _plus(one: Sum, other: Sum) -> Sum:
    counts = {part: n + other.counts[part] for part, n in one.counts.items()}
    amounts = None
    if one.amounts is not None and other.amounts is not None:
        amounts = {part: n + other.amounts[part] for part, n in one.amounts.items()}
    return Sum(one.kind, one.currency, counts, amounts)


def money(rewards: Iterable[Sum]) -> dict[str, int]:
    """What stands and is money, by currency.

    >>> parts = {"given": 1, "pending": 1}
    >>> worth = {"given": 300, "pending": 200}
    >>> made = [Sum("cash", "TRY", parts, worth), Sum("points", "points", parts, worth)]
    >>> money([*made, Sum("discount", None, parts, None)])
    {'TRY': 500}
    """
    found: defaultdict[str, int] = defaultdict(int)
    for each in rewards:
        if each.amounts is not None and each.currency is not None and each.currency != POINTS:
            found[each.currency] += each.amount
    return dict(found)


def of_points(rewards: Iterable[Sum]) -> dict[str, int]:
    """What points that stand are worth, by currency; each worth's points are rounded together.

    >>> from service.kit.money import Price
    >>> counts, worth = {"given": 1, "pending": 1}, PointsWorth(Price(1, "TRY"), 2)
    >>> points = Sum("points", "points", counts, {"given": 300, "pending": 201}, worth)
    >>> of_points([points, Sum("points", "points", counts, {"given": 9, "pending": 0})]), money([points])
    ({'TRY': 250}, {})
    """
    found: defaultdict[str, int] = defaultdict(int)
    for each in rewards:
        if each.worth is not None:
            made = cost(each.amount, each.worth)
            found[made.currency] += made.amount
    return dict(found)


def unpriced(rewards: Iterable[Sum]) -> list[Sum]:
    """What stands and is no money: points, and things, that nothing tells a worth of."""
    left = (each for each in rewards if each.worth is None and each.currency in (None, POINTS))
    return [each for each in left if each.stands]


def returns(
    costs: Mapping[str, int], nets: Mapping[str, int], acquired: int, points: Mapping[str, int] = NONE
) -> list[Return]:
    """A row a currency of either. `points`: the part of costs that points make.

    >>> made = returns({"TRY": 500}, {"TRY": 2_000, "EUR": 70}, 4)
    >>> [(each.currency, each.per_customer, each.roi, each.roi_reason) for each in made]
    [('EUR', 0, None, 'no_cost'), ('TRY', 125, 3.0, None)]
    """
    made = []
    for currency in sorted({*costs, *nets}):
        spent, net = costs.get(currency, 0), nets.get(currency, 0)
        made.append(
            Return(
                currency,
                spent,
                points.get(currency, 0),
                net,
                round(Fraction(spent, acquired)) if acquired else None,
                None if acquired else "no_customers",
                float(Fraction(net - spent, spent)) if spent > 0 else None,
                None if spent > 0 else "no_cost",
            )
        )
    return made
