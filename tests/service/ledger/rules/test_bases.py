"""An order's net over its lines: proportions, what isn't told, and no minor unit lost."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.ledger.rules.bases import part, shares, spread
from service.ledger.rules.shapes import Item


@pytest.mark.parametrize(
    ("net", "lines", "parts"),
    [
        (100, [Item(net=100)], [100]),
        (90, [Item(net=50), Item(net=50)], [45, 45]),
        (100, [Item(net=0), Item(net=10)], [0, 100]),
        (100, [Item(), Item(), Item()], [34, 33, 33]),
        (100, [Item(quantity=3), Item()], [75, 25]),
        (100, [Item(net=60), Item(quantity=3), Item()], [60, 30, 10]),
        (100, [Item(net=150), Item()], [100, 0]),
        (100, [Item(net=0), Item(net=0)], [50, 50]),
        (100, [Item(net=-20), Item(net=40)], [0, 100]),
        (100, [Item(quantity=0), Item(quantity=-1)], [50, 50]),
        (0, [Item(net=5), Item(net=5)], [0, 0]),
    ],
)
def test_lines_share_the_net(net: int, lines: list[Item], parts: list[int]) -> None:
    assert spread(net, lines) == parts


@given(st.integers(-(10**12), 10**12), st.lists(st.fractions(0, 1000), min_size=1).filter(any))
def test_shares_add_up_and_are_off_by_less_than_one(total: int, weights: list[Fraction]) -> None:
    found, whole = shares(total, weights), sum(weights)
    assert sum(found) == total
    assert all(abs(one - total * w / whole) < 1 for one, w in zip(found, weights, strict=True))


@given(st.integers(0, 10**12), st.lists(st.integers(1, 100), min_size=1, max_size=8))
def test_parts_side_by_side_add_up(total: int, weights: list[int]) -> None:
    before, found = Fraction(0), []
    for weight in weights:
        one = Fraction(weight, sum(weights))
        found.append(part(total, before, one))
        before += one
    assert sum(found) == total
