"""Charts hold every value, say what they show, and never let a word out as markup."""

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from service.partner.pages.charts import HEIGHT, PLOT, TOP, Bar, bars, scale

VALUES = st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=30)


@given(VALUES)
def test_a_scale_holds_zero_and_every_value(values: list[int]) -> None:
    found = scale(values)
    assert found.least <= min([0, *values])
    assert found.most >= max([0, *values])
    assert 0 in found.marks()
    assert 2 <= len(found.marks()) <= 7
    assert re.match(r"[125]0*$", f"{found.step:.0f}")
    assert all(TOP <= found.y(value) <= TOP + PLOT for value in values)


@given(VALUES)
def test_bars_stay_inside(values: list[int]) -> None:
    days = [Bar(f"<{value}", value, f"{value} & more") for value in values]
    drawn = bars(days, "x", "Title <b>", "Said & done", str, 1)
    svg = ElementTree.fromstring(f"<div>{drawn}</div>")
    shown = [one for one in svg.iter("rect") if (one.get("class") or "").startswith("bar")]
    assert len(shown) == len(values)
    for one in shown:
        top, height = float(one.get("y", "")), float(one.get("height", ""))
        assert TOP - 2 <= top <= top + height <= HEIGHT
    plot = svg.findall("svg")[1]
    assert plot.get("role") == "img"
    assert [one.text for one in plot][:2] == ["Title <b>", "Said & done"]


@pytest.mark.parametrize(("count", "labels"), [(0, 0), (1, 1), (2, 2), (7, 3), (90, 3)])
def test_days_below(count: int, labels: int) -> None:
    drawn = str(bars([Bar("d", 1, "t")] * count, "x", "t", "d", str, 1))
    assert drawn.count(">d</text>") == labels
