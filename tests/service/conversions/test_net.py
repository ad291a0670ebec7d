"""The net base, by lines and by order."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.conversions.net import net_base
from service.conversions.reports import Line

TWO = (Line(net=6000), Line(net=4000))


@pytest.mark.parametrize(
    ("told", "amount", "basis"),
    [
        ({"amount": 10000}, 10000, "order"),
        ({"amount": 12000, "tax": 2000}, 10000, "order"),
        ({"amount": 10000, "tax": 2000, "tax_included": False}, 10000, "order"),
        ({"amount": 14400, "tax": 2400, "shipping": 2400, "shipping_tax": 400}, 10000, "order"),
        ({"amount": 13000, "shipping": 2000, "fees": 1000}, 10000, "order"),
        ({"amount": 10000, "lines": TWO}, 10000, "lines"),
        ({"amount": 9000, "lines": TWO}, 9000, "order"),
        ({"amount": 11000, "lines": TWO}, 10000, "lines"),
        ({"amount": 500, "shipping": 1000, "lines": TWO}, 10000, "lines"),
        ({"amount": 500, "shipping": 1000}, 0, "order"),
        ({"amount": 0, "lines": TWO}, 0, "order"),
        ({"amount": 9000, "lines": (Line(net=6000), Line())}, 9000, "order"),
        ({"amount": 9000, "lines": ()}, 9000, "order"),
        ({"amount": None, "lines": TWO}, 10000, "lines"),
        ({"amount": None}, 0, "order"),
        ({"amount": 10000, "shipping": 100, "shipping_tax": 9000}, 10000, "order"),
        ({"amount": 10000, "lines": (Line(net=-5),)}, 0, "lines"),
    ],
)
def test_the_base_is_the_smaller_of_both_ways(told: dict[str, Any], amount: int, basis: str) -> None:
    net = net_base(**told)
    assert (net.amount, net.basis) == (amount, basis)


money = st.none() | st.integers(-(10**12), 10**12)
lines = st.lists(st.builds(Line, net=st.none() | st.integers(0, 10**12)), max_size=4)


@given(
    st.fixed_dictionaries(
        dict.fromkeys(("amount", "tax", "shipping", "shipping_tax", "fees"), money),
        optional={"tax_included": st.booleans(), "lines": lines},
    )
)
def test_it_is_never_negative_and_never_above_a_way_that_can_be_gone(told: dict[str, Any]) -> None:
    net = net_base(**told)
    ways = [each for each in (net.by_lines, net.by_order) if each is not None and each >= 0]
    assert net.amount >= 0
    assert net.amount == min(ways, default=0)
