"""What rewards cost: by kind and unit, per acquired customer, and against what it brought. Pure.

`cost` is accrued: what was given or is promised still, without what expired or was taken back. Points are
never money: they are named as what is left out.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Final

import numpy as np
from msgspec import Struct

from service.advocacy.reports.days import Days, Span, daily
from service.advocacy.reports.store import RewardDayRow
from service.advocacy.terms.shapes import POINTS, RewardKind

PARTS: Final = ("promised", "given", "pending", "expired", "taken_back")


class RewardDays(Struct, frozen=True):
    """Rewards of a kind and unit: of each of PARTS how many, and `*_amount`."""

    kind: RewardKind
    currency: str | None
    days: Days


class Sum(Struct, frozen=True):
    """Rewards of a kind and unit over a span; amounts null where nothing tells their worth."""

    kind: RewardKind
    currency: str | None
    counts: dict[str, int]
    amounts: dict[str, int] | None

    @property
    def stands(self) -> int:
        """How many are given or pending."""
        return self.counts["given"] + self.counts["pending"]


class Return(Struct, frozen=True):
    """cost of advocates in a currency against net, what referred customers bought. per_customer: minor units
    of each acquired one; roi: (net - cost) / cost; both null with a reason."""

    currency: str
    cost: int
    net: int
    per_customer: int | None
    per_customer_reason: str | None
    roi: float | None
    roi_reason: str | None


def rewarded(rows: Iterable[RewardDayRow]) -> list[RewardDays]:
    """Rows of a scope as figures by day."""
    groups: defaultdict[tuple[RewardKind, str | None], list[RewardDayRow]] = defaultdict(list)
    for row in rows:
        groups[row.kind, row.currency].append(row)
    made = []
    for (kind, currency), mine in sorted(groups.items(), key=lambda item: (item[0][0], item[0][1] or "")):
        at = np.array([row.day for row in mine], dtype=np.int64)
        names = [*PARTS, *(f"{part}_amount" for part in PARTS)]
        columns = {name: np.array([getattr(row, name) for row in mine], dtype=np.int64) for name in names}
        days = daily({name: (at, values) for name, values in columns.items()})
        made.append(RewardDays(kind, currency, days))
    return made


def sums(rewards: Iterable[RewardDays], span: Span) -> list[Sum]:
    """Over a span, without what there was none of."""
    found = []
    for each in rewards:
        made = each.days.sums(span)
        if not made.get("promised"):
            continue
        amounts = None if each.currency is None else {part: made[f"{part}_amount"] for part in PARTS}
        found.append(Sum(each.kind, each.currency, {part: made[part] for part in PARTS}, amounts))
    return found


def money(rewards: Iterable[Sum]) -> dict[str, int]:
    """What stands, by currency.

    >>> parts = {"given": 1, "pending": 1}
    >>> worth = {"given": 300, "pending": 200}
    >>> made = [Sum("cash", "TRY", parts, worth), Sum("points", "points", parts, worth)]
    >>> money([*made, Sum("discount", None, parts, None)])
    {'TRY': 500}
    """
    found: defaultdict[str, int] = defaultdict(int)
    for each in rewards:
        if each.amounts is not None and each.currency is not None and each.currency != POINTS:
            found[each.currency] += each.amounts["given"] + each.amounts["pending"]
    return dict(found)


def unpriced(rewards: Iterable[Sum]) -> list[Sum]:
    """What stands and is no money: points, and things that nothing tells a worth of."""
    return [each for each in rewards if each.stands and each.currency in (None, POINTS)]


def returns(costs: Mapping[str, int], nets: Mapping[str, int], acquired: int) -> list[Return]:
    """A row a currency of either.

    >>> made = returns({"TRY": 500}, {"TRY": 2_000, "EUR": 70}, 4)
    >>> [(each.currency, each.per_customer, each.roi, each.roi_reason) for each in made]
    [('EUR', 0, None, 'no_cost'), ('TRY', 125, 3.0, None)]
    """
    made = []
    for currency in sorted({*costs, *nets}):
        cost, net = costs.get(currency, 0), nets.get(currency, 0)
        made.append(
            Return(
                currency,
                cost,
                net,
                round(Fraction(cost, acquired)) if acquired else None,
                None if acquired else "no_customers",
                float(Fraction(net - cost, cost)) if cost > 0 else None,
                None if cost > 0 else "no_cost",
            )
        )
    return made
