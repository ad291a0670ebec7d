"""Blocks of numbers are read as line by line, or not at all."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import graph.numberlines as numberlines
from graph.edgelines import Order
from graph.edgelists import read
from graph.numberlines import edges


@pytest.mark.parametrize(
    ("block", "delimiter", "wanted"),
    [
        (b"1 2\n3 4", None, [(1, 2, None), (3, 4, None)]),
        (b"1  2 \r\n 3\t4\r\n", None, [(1, 2, None), (3, 4, None)]),
        (b"1,2,5\n3,4,7\n", ",", [(1, 2, 5.0), (3, 4, 7.0)]),
        (b"1;2;0.25\n3;4;12.5\n", ";", [(1, 2, 0.25), (3, 4, 12.5)]),
        (b"999999999999999999 0\n", None, [(999999999999999999, 0, None)]),
    ],
)
def test_what_is_read(block: bytes, delimiter: str | None, wanted: list):
    found = edges(block, delimiter, Order())
    assert found is not None
    weights = [None] * len(wanted) if found.weights is None else found.weights.tolist()
    assert list(zip(found.sources.tolist(), found.targets.tolist(), weights, strict=True)) == wanted


@pytest.mark.parametrize(
    ("block", "delimiter"),
    [
        (b"1 2\n3\n", None),
        (b"1 2\n3 4 5\n", None),
        (b"1\n2 3 4\n5 6\n", None),
        (b"1 2 3 4\n", None),
        (b"1\n2\n", None),
        (b"1,,2\n", ","),
        (b"1,2,\n", ","),
        (b",1,2\n3,4\n", ","),
        (b"1, 2\n", ","),
        (b"1 -2\n", None),
        (b"# 1 2\n", None),
        (b"01 2\n", None),
        (b"1 2\n\n3 4\n", None),
        (b"1.5 2\n", None),
        (b"1 2 .5\n", None),
        (b"1 2 5.\n", None),
        (b"1 2 1.2.3\n", None),
        (b".5 2 1\n", None),
        (b"1 2 1e5\n", None),
        (b"1234567890123456789 2\n", None),
        (b"1234567890123456 2 0.5\n", None),
        (b"1\r2 3\n", None),
        ("1 ٣\n".encode(), None),
        (b"a b\n", None),
    ],
)
def test_what_is_left_to_others(block: bytes, delimiter: str | None):
    assert edges(block, delimiter, Order()) is None


def test_columns_as_the_head_says():
    found = edges(b"9 1 2\n8 3 4\n", None, Order(source=2, target=1, weight=None, width=3))
    assert found is not None
    assert (found.sources.tolist(), found.targets.tolist(), found.weights) == ([2, 4], [1, 3], None)


cells = st.one_of(
    st.integers(0, 30).map(str),
    st.sampled_from(["0.5", "2.25", "-1", "", "x", "007", "1e3", "1.", "#", "9" * 17, "9" * 20]),
)
lines = st.lists(st.lists(cells, min_size=0, max_size=4), min_size=1, max_size=8)


@settings(deadline=None)
@given(lines, st.sampled_from([" ", ",", "\t", ";"]), st.integers(1, 40), st.sampled_from(["\n", "\r\n"]))
def test_blocks_are_as_good_as_lines(table: list, delimiter: str, size: int, end: str):
    """Whatever a file holds: the same graph, counts and refusals with and without the short way."""
    text = end.join(delimiter.join(row) for row in [["1", "2"], *table]).encode()
    pieces = [text[at : at + size] for at in range(0, len(text), size)]
    short = read(pieces)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(numberlines, "edges", lambda *_: None)
        long = read(pieces)
    assert (short.lines, short.refused, short.refusals, short.parallel) == (
        long.lines,
        long.refused,
        long.refusals,
        long.parallel,
    )
    assert short.graph.nodes.tolist() == long.graph.nodes.tolist()
    assert short.graph.indices.tolist() == long.graph.indices.tolist()
    assert short.graph.weights.tolist() == long.graph.weights.tolist()
    assert short.graph.loops == long.graph.loops
