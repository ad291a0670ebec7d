"""Terms that can't be: what points are called and worth."""

import msgspec
import pytest

from service.advocacy.terms.checks import MOST_WORTH, faults
from service.advocacy.terms.points import called, cost
from service.advocacy.terms.shapes import AdvocacyTerms, PointsName, PointsTerms, PointsWorth
from service.kit.money import Money, Price


@pytest.mark.parametrize(
    ("worth", "paths"),
    [
        (None, []),
        (PointsWorth(Price(100, "TRY"), 100), []),
        (PointsWorth(Price(0, "TRY")), ["points.worth.amount.amount"]),
        (PointsWorth(Price(MOST_WORTH + 1, "TRY")), ["points.worth.amount.amount"]),
        (PointsWorth(Price(1, "XQQ")), ["points.worth.amount.currency"]),
    ],
)
def test_a_worth(worth: PointsWorth | None, paths: list[str]) -> None:
    found = faults(AdvocacyTerms(points=PointsTerms("çekirdek", worth)))
    assert [path for path, _ in found] == paths


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ({"name": "Bean"}, PointsName("Bean", "Bean")),
        ({"name": {"tr": "Çekirdek", "en": "Bean"}}, PointsName("Çekirdek", "Bean")),
        ({"name": " "}, None),
        ({"name": {"tr": "Çekirdek"}}, None),
        ({"name": "Bean", "worth": {"amount": {"amount": 1, "currency": "TRY"}, "per": 0}}, None),
        ({"name": "Bean", "worth": {"amount": {"amount": 1, "currency": "points"}}}, None),
    ],
)
def test_a_name(sent: object, name: PointsName | None) -> None:
    if name is None:
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(sent, PointsTerms)
    else:
        assert called(msgspec.convert(sent, PointsTerms)) == name


def test_points_are_rounded_once() -> None:
    third = PointsWorth(Price(1, "TRY"), 3)
    assert cost(3_000_000, third) == Money(1_000_000, "TRY")
    assert cost(4, third) == Money(1, "TRY")
    assert called(None) is None
