"""Payloads with pieces that no shop would send, and what must hold of whatever is read from them."""

import copy
from collections.abc import Iterator
from typing import Any, get_args

import msgspec
from hypothesis import strategies as st

from service.conversions.reports import Ignored, NeedsFetch, Order, Quarantined, Refund, Report
from service.conversions.shops.amounts import MOST
from service.kit.money import CURRENCIES
from service.kit.text import is_storable

REPORTS = get_args(Report)
_ODD = [
    *(
        None,
        True,
        False,
        0,
        -1,
        1,
        2**63,
        10**39,
        0.1,
        1e300,
        -0.0,
        "",
        " ",
        "0",
        "-5.00",
        "1e400",
        "NaN",
        "1,5",
    ),
    *(
        "\ud800",
        "\x00",
        "a\x00b",
        "{clickid}",
        "٣٫٥",
        "TL",
        "QQQ",
        "JPY",
        "KWD",
        "x" * 5000,
        "2026-13-45",
        "9" * 400,
    ),
    *(
        [],
        {},
        [[]],
        [None],
        [{}],
        {"": None},
        {"id": {}},
        {"shop_money": []},
        "2026-11-25T10:00:00",
        "//[",
        "https://[::",
    ),
    *(
        "refunded",
        "cancelled",
        "REFUNDED",
        "success",
        "draft",
        "0001-01-01T00:00:00+23:59",
        "clk_" + "0" * 26,
    ),
]
odd = st.sampled_from(_ODD) | st.text(max_size=20) | st.floats(allow_nan=False) | st.integers()


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every value within a value, except itself."""
    inside = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, deeper in inside:
        yield (*path, name)
        yield from places(deeper, (*path, name))


@st.composite
def mutated(draw: st.DrawFn, payload: Any) -> Any:
    """The payload with a few of its values replaced, moved or left out."""
    changed = copy.deepcopy(payload)
    for _ in range(draw(st.integers(1, 4))):
        paths = list(places(changed))
        if not paths:
            break
        path = draw(st.sampled_from(paths))
        holder = changed
        for name in path[:-1]:
            holder = holder[name]
        what = draw(st.sampled_from(["replace", "replace", "replace", "drop", "wrap", "other"]))
        if what == "drop":
            del holder[path[-1]]
        elif what == "wrap":
            holder[path[-1]] = [holder[path[-1]]]
        elif what == "other":
            source = changed
            for name in draw(st.sampled_from(paths)):
                source = source[name]
            holder[path[-1]] = copy.deepcopy(source)
        else:
            holder[path[-1]] = copy.deepcopy(draw(odd))
    return changed


def texts_in(value: Any) -> Iterator[str]:
    """Every text within built-in values."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for name, deeper in value.items():
            yield from texts_in(name)
            yield from texts_in(deeper)
    elif isinstance(value, list | tuple):
        for deeper in value:
            yield from texts_in(deeper)


def check(reports: list[Report]) -> None:
    """At least one report, of the closed set, that can be stored, with money that can be reckoned with."""
    assert reports
    for report in reports:
        assert isinstance(report, REPORTS)
        assert all(is_storable(each) for each in texts_in(msgspec.to_builtins(report)))
        assert msgspec.json.decode(msgspec.json.encode(report), type=type(report)) == report
        if isinstance(report, Order):
            check_order(report)
        elif isinstance(report, Refund):
            assert 0 < report.amount <= MOST
            assert report.currency in CURRENCIES
            assert report.order
            assert report.external_id
        elif isinstance(report, Ignored):
            assert report.why in ("topic", "test", "status", "kind")
        elif isinstance(report, NeedsFetch):
            assert report.id
        elif isinstance(report, Quarantined):
            assert report.why in ("macro", "amount", "currency", "missing", "shape")


def check_order(order: Order) -> None:
    """Its names and its money."""
    assert order.refs
    assert all(ref.value for ref in order.refs)
    assert order.amount is None or (0 <= order.amount <= MOST and order.currency in CURRENCIES)
    parts = (order.tax, order.shipping, order.shipping_tax, order.fees, order.discount)
    assert all(part is None or abs(part) <= MOST for part in parts)
    assert all(line.net is None or abs(line.net) <= MOST for line in order.lines or ())
