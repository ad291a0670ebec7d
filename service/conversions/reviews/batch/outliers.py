"""Hours and days of a partner that lie far above what is usual: pure.

Usual is a median, far is counted in median absolute deviations: a few odd days move neither (Hampel, 1974).
Rates weigh by their clicks: to sell nothing on a quiet day isn't what is usual for a busy one.
The deviation is never taken for smaller than chance makes it: counts scatter by their root.
"""

import functools
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from math import sqrt
from statistics import median
from typing import Final
from uuid import UUID

from msgspec import Struct

from service.conversions.reviews.rules import Outlier

# Fewer say nothing of what is usual.
ENOUGH_OWN: Final = 7
ENOUGH_PEERS: Final = 12
MANY: Final = 50
# A rate of fewer clicks is chance.
CLICKS: Final = 5
RAREST: Final = 0.005
# Partners differ: against others, a partner with a history of their own may lie twice as far out.
LENIENCE: Final = 2
# A sale may come an hour after its click; so often may orders exceed what clicks usually bring.
BURST: Final = 3.0


class Slot(Struct, frozen=True):
    """An hour or a day of a partner: all orders, those that came by a click, and net clicks (of an hour also
    those of the hour before). `posted`: the partner published something in the three days before."""

    partner_id: UUID
    starts_at: datetime
    orders: int
    by_click: int
    clicks: int
    posted: bool = False


class Odd(Struct, frozen=True):
    """A slot that is far out, and by what it was measured."""

    slot: Slot
    value: float
    usual: float
    bound: float


def odd_rates(days: Iterable[Slot], wanted: Outlier) -> list[Odd]:
    """Days on which more of a partner's clicks became orders than ever do."""
    days = list(days)
    usual = _Usual([(day, _rate(day), _clicks(day)) for day in days if _clicks(day) >= CLICKS])
    found = []
    for day in days:
        if day.by_click < wanted.min_orders:
            continue
        bound = usual.bound(day, wanted.mads, functools.partial(_chance_of_rates, _clicks(day)))
        if bound is not None and _rate(day) > bound[1]:
            found.append(Odd(day, _rate(day), *bound))
    return found


def _chance_of_rates(clicks: int, rate: float) -> float:
    return sqrt(max(rate, RAREST) / clicks)


def _chance_of_counts(count: float) -> float:
    return max(1.0, sqrt(count))


def _clicks(day: Slot) -> int:
    # Each order by a click had one, on whatever day.
    return max(day.clicks, day.by_click)


def _rate(day: Slot) -> float:
    return day.by_click / _clicks(day) if day.by_click else 0.0


def odd_hours(hours: Iterable[Slot], wanted: Outlier) -> list[Odd]:
    """Hours with more orders than ever come, where neither clicks nor a post explain them."""
    hours = [hour for hour in hours if hour.orders]
    usual = _Usual([(hour, float(hour.orders), 1) for hour in hours])
    rates = _rates(hours)
    found = []
    for hour in hours:
        if hour.orders < wanted.min_orders:
            continue
        bound = usual.bound(hour, wanted.mads, _chance_of_counts)
        if bound is None:
            continue
        explained = BURST * rates.get(hour.partner_id, 0.0) * hour.clicks
        most = max(bound[1] * (BURST if hour.posted else 1), explained)
        if hour.orders > most:
            found.append(Odd(hour, float(hour.orders), bound[0], most))
    return found


def _rates(hours: Sequence[Slot]) -> dict[UUID, float]:
    """Orders a click, in a partner's middle hour that has clicks: an hour of nothing else hardly moves it."""
    found: defaultdict[UUID, list[float]] = defaultdict(list)
    for hour in hours:
        if hour.clicks:
            found[hour.partner_id].append(min(1.0, hour.orders / hour.clicks))
    return {partner: median(rates) for partner, rates in found.items() if len(rates) >= ENOUGH_OWN}


Weighed = tuple[float, int]
Middle = tuple[float, float]
Chance = Callable[[float], float]


class _Usual:
    """Middle and deviation of a partner's own values, and of everybody else's."""

    def __init__(self, values: Sequence[tuple[Slot, float, int]]) -> None:
        own: defaultdict[UUID, list[Weighed]] = defaultdict(list)
        for slot, value, weight in values:
            own[slot.partner_id].append((value, weight))
        self._own: Mapping[UUID, list[Weighed]] = own
        self._mine: dict[UUID, Middle | None] = {}
        self._peers: dict[UUID | None, Middle | None] = {}

    def bound(self, slot: Slot, mads: float, chance: Chance) -> tuple[float, float] | None:
        """What is usual and the most that is; None where too little is known."""
        mine = self._of_partner(slot.partner_id)
        theirs = self._of_peers(slot.partner_id)
        found = []
        if mine:
            found.append((mine[0], mine[0] + mads * max(mine[1], chance(mine[0]))))
        if theirs:
            times = mads * (LENIENCE if mine else 1)
            found.append((theirs[0], theirs[0] + times * max(theirs[1], chance(theirs[0]))))
        return min(found, key=lambda pair: pair[1], default=None)

    def _of_partner(self, partner: UUID) -> Middle | None:
        if partner not in self._mine:
            own = self._own.get(partner, [])
            self._mine[partner] = _middle(own) if len(own) >= ENOUGH_OWN else None
        return self._mine[partner]

    def _of_peers(self, partner: UUID) -> Middle | None:
        # One of many moves the middle of all little.
        left_out = partner if len(self._own) <= MANY else None
        if left_out not in self._peers:
            others = [value for other, values in self._own.items() if other != left_out for value in values]
            self._peers[left_out] = _middle(others) if len(others) >= ENOUGH_PEERS else None
        return self._peers[left_out]


def _middle(values: Sequence[Weighed]) -> Middle:
    """Median and median absolute deviation."""
    middle = _median(values)
    return middle, _median([(abs(value - middle), weight) for value, weight in values])


def _median(values: Sequence[Weighed]) -> float:
    """The value with half of the weight on either side; the middle of two where it lies between them."""
    half = sum(weight for _, weight in values) / 2
    ordered, passed = sorted(values), 0
    for at, (value, weight) in enumerate(ordered):
        passed += weight
        if passed == half:
            return (value + ordered[at + 1][0]) / 2
        if passed > half:
            return value
    raise ValueError("no values have no middle")
