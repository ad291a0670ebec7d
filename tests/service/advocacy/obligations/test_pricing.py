"""Open points in money: by the worth of their program, with the interval of the points."""

from uuid import UUID

from service.advocacy.obligations.expecting import Open, Past, cost
from service.advocacy.obligations.pricing import in_money
from service.advocacy.obligations.schemas import OpenPointsRow
from service.advocacy.terms.shapes import PointsWorth
from service.kit.money import Price

A, B, C = (UUID(int=n) for n in (1, 2, 3))
PAST = Past(90, 10)
PENCE = PointsWorth(Price(10, "TRY"), 1)


def test_it_is_the_cost_of_the_points_in_another_unit() -> None:
    (found,) = in_money([OpenPointsRow(A, 100, 30)], {A: PENCE}, PAST)
    points = cost(PAST, [Open(100, 30)])
    assert (found.basis, found.currency, found.points) == ("worth", "TRY", 3_000)
    assert (found.amount, found.low, found.high) == tuple(round(side * 10) for side in points)
    assert found.low < found.amount < found.high


def test_parts_of_a_minor_unit_are_rounded_at_the_end() -> None:
    (found,) = in_money([OpenPointsRow(A, 1, 3_000)], {A: PointsWorth(Price(1, "TRY"), 3)}, Past(10**6, 0))
    assert found.amount == 1_000


def test_programs_have_worths_of_their_own() -> None:
    rows = [OpenPointsRow(A, 100, 1), OpenPointsRow(B, 100, 1), OpenPointsRow(C, 7, 1)]
    found = in_money(rows, {A: PENCE, B: PointsWorth(Price(1, "EUR"))}, Past(10**6, 0))
    assert [(one.currency, one.points, one.amount) for one in found] == [
        ("EUR", 100, 100),
        ("TRY", 100, 1_000),
    ]
    both = in_money(rows, {A: PENCE, B: PointsWorth(Price(20, "TRY"))}, Past(10**6, 0))
    assert [(one.currency, one.points, one.amount) for one in both] == [("TRY", 200, 3_000)]
    assert in_money(rows, {}, PAST) == []
