"""Rows of inputs: taken out and read again they make the score that they made among the others."""

from datetime import UTC, datetime

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring import builtin, engagement
from scoring.audience import Shares
from scoring.places import Fields
from scoring.rates import Rates
from scoring.rows import from_plain, take, to_plain

NOW = datetime(2026, 11, 21, tzinfo=UTC)
ROW = st.tuples(
    st.sampled_from(["instagram", "tiktok", "x"]),
    st.none() | st.floats(0.001, 0.5),
    st.sampled_from([None, "food", "art"]),
)


@given(st.lists(ROW, min_size=1, max_size=8), st.data())
def test_a_row_of_rates_scores_as_among_the_others(rows: list[tuple], data: st.DataObject) -> None:
    platform, value, category = zip(*rows, strict=True)
    rates = Rates.of(
        platform=list(platform), value=list(value), followers=[1e4] * len(rows), category=category
    )
    at = data.draw(st.integers(0, len(rows) - 1))
    stored = msgspec.json.encode(to_plain(take(rates, [at], len(rows))))
    again = from_plain(Rates, msgspec.json.decode(stored))
    assert len(again.bases) == 1
    assert again.categories == (() if category[at] is None else (category[at],))
    one = engagement.score(again, builtin.peers()).at(0, NOW, "m")
    assert one == engagement.score(rates, builtin.peers()).at(at, NOW, "m")


def test_a_row_of_fields_names_its_own_alone() -> None:
    fields = Fields.of(["x", "x", "tiktok"], ["food", None, "art"])
    taken = take(fields, [2, 0], 3)
    assert [taken.names[code] for code in taken.code] == [("tiktok", "art"), ("x", "food")]
    assert len(taken.names) == 2


def test_fields_come_with_their_rows() -> None:
    fields = Fields.of(["x", "y", "x"], [None, None, None])
    assert [(field.platform, rows.tolist()) for field, rows in fields.rows()] == [("x", [0, 2]), ("y", [1])]
    assert list(Fields(np.zeros(0, dtype=np.int64), ()).rows()) == []


def test_columns_keep_the_order_of_their_names() -> None:
    """jsonb sorts keys by length, then by letters; shares stand in the order of the wanted codes."""
    shares = Shares("country", {"TUR": 0.5, "DE": 0.1}, np.array([[0.4, 0.3]]), np.ones(1), np.ones(1))
    stored = msgspec.json.decode(msgspec.json.encode(to_plain(shares)))
    again = from_plain(Shares, dict(sorted(stored.items(), key=lambda item: (len(item[0]), item[0]))))
    assert list(again.wanted.items()) == [("TUR", 0.5), ("DE", 0.1)]
    assert again.shares.tolist() == [[0.4, 0.3]]


def test_what_is_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="not the inputs of Rates"):
        from_plain(Rates, {"value": [1.0]})
