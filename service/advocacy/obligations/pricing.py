"""What open points will cost in money, by what the terms say that they are worth. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from service.advocacy.obligations.expecting import Open, Past, cost
from service.advocacy.obligations.schemas import Obligations, OpenPointsRow, PointsCost
from service.advocacy.terms.points import each
from service.advocacy.terms.shapes import POINTS, PointsWorth


def in_money(
    rows: Iterable[OpenPointsRow], worths: Mapping[UUID, PointsWorth], past: Past
) -> list[PointsCost]:
    """A row a currency, with the interval that the points have: one chance for all programs. Points of
    programs without a worth are in none."""
    opened: defaultdict[str, list[Open]] = defaultdict(list)
    points: defaultdict[str, int] = defaultdict(int)
    for row in rows:
        if (worth := worths.get(row.program_id)) is not None:
            currency = worth.amount.currency
            opened[currency].append(Open(float(row.amount * each(worth)), row.n))
            points[currency] += row.amount * row.n
    found = []
    for currency, mine in sorted(opened.items()):
        value, low, high = (round(side) for side in cost(past, mine))
        found.append(PointsCost("worth", currency, points[currency], value, low, high))
    return found


def past(found: Obligations) -> Past:
    """What became of earlier points."""
    line = next((one for one in found.data if one.currency == POINTS), None)
    return Past(0, 0) if line is None else Past(line.chance.delivered, line.chance.lost)


def open_points(found: Obligations) -> int:
    """How many points are open."""
    lines = [one for one in found.data if one.currency == POINTS]
    parts = [part for one in lines for part in (one.waiting, one.ready, one.overdue)]
    return sum(part.amount or 0 for part in parts)
