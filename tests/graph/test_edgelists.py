import gzip

import pytest

import graph.collecting as collecting
from graph.collecting import NoEdges, Refusal, TooLarge
from graph.edgelists import read
from graph.streams import BadStream


def arcs(found) -> dict[tuple[object, object], float]:
    made = found.graph
    ids = made.nodes.tolist()
    ends = zip(made.sources().tolist(), made.indices.tolist(), made.weights.tolist(), strict=True)
    return {(ids[source], ids[target]): weight for source, target, weight in ends}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("1 2\n2 3\n", {(1, 2): 1.0, (2, 3): 1.0}),
        ("# SNAP\n# more\n10\t2\n2\t10\n", {(10, 2): 1.0, (2, 10): 1.0}),
        ("% matrix\n1 2 .5\n1 2 .25\n", {(1, 2): 0.75}),
        ("a,b,2\r\nb,c,3\r\n", {("a", "b"): 2.0, ("b", "c"): 3.0}),
        ("a;b\nb;c", {("a", "b"): 1.0, ("b", "c"): 1.0}),
        ("count,to,from\n4,b,a\n", {("a", "b"): 4.0}),
        ("from,to,when\na,b,2020\n", {("a", "b"): 1.0}),
        ('from,to\n"say, ""hi""",b\n', {('say, "hi"', "b"): 1.0}),
        ("\ufeffsource\ttarget\nayşe\tığdır\n", {("ayşe", "ığdır"): 1.0}),
        ("a, b\n\n   \nb , c\n", {("a", "b"): 1.0, ("b", "c"): 1.0}),
        ("007,7\n", {("007", "7"): 1.0}),
        ("1,2,0\n1,3,1\n", {(1, 3): 1.0}),
    ],
)
def test_what_people_have(text: str, wanted: dict):
    found = read([text.encode()])
    assert arcs(found) == wanted
    assert found.refused == {}


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1_000])
@pytest.mark.parametrize("zipped", [False, True])
def test_pieces_of_any_size(size: int, zipped: bool):
    text = "kaynak,hedef,ağırlık\nayşe,çağla,2\nçağla,ömer,3\n".encode()
    # Two members, as `cat a.gz b.gz` makes them.
    whole = gzip.compress(text[:20]) + gzip.compress(text[20:]) if zipped else text
    found = read(whole[at : at + size] for at in range(0, len(whole), size))
    assert arcs(found) == {("ayşe", "çağla"): 2.0, ("çağla", "ömer"): 3.0}


@pytest.mark.parametrize(
    ("line", "refusal"),
    [
        ("a", (None, "target", "", "missing")),
        (",b", (None, "source", "", "missing")),
        ("a,b,1,2", (None, None, "2", "too_many_columns")),
        ("a,b,heavy", (None, "weight", "heavy", "no_number")),
        ("a,b,", (None, "weight", "", "missing")),
        ("a,b,-1", (None, "weight", "-1", "negative")),
        ("a,b,nan", (None, "weight", "nan", "not_finite")),
        ("a,b,1e999", (None, "weight", "1e999", "not_finite")),
        ("a,b,1e16", (None, "weight", "1e16", "too_large")),
        ("a," + "b" * 200, (None, "target", "b" * 100, "too_long")),
        ("a,b\x07", (None, "target", "b\x07", "unprintable")),
    ],
)
def test_refused_lines_say_where_and_why(line: str, refusal: tuple):
    found = read([f"x,y\n{line}\ny,z\n".encode()])
    assert found.refusals == [Refusal(2, *refusal[1:])]
    assert found.refused == {refusal[3]: 1}
    assert found.lines == 3
    assert arcs(found) == {("x", "y"): 1.0, ("y", "z"): 1.0}
    assert "a" not in found.graph.nodes.tolist()


def test_self_loops_are_counted_and_left_out():
    found = read([b"a b\na a\nb b\n"])
    assert (found.graph.loops, arcs(found)) == (2, {("a", "b"): 1.0})
    assert read([b"a b\na a\n"], undirected=True).graph.loops == 1


def test_edges_without_direction_go_both_ways():
    assert arcs(read([b"a b 2\n"], undirected=True)) == {("a", "b"): 2.0, ("b", "a"): 2.0}


def test_only_known_ids():
    found = read([b"a b\na x\ny b\n"], known=["a", "b", "c"])
    assert found.graph.nodes.tolist() == ["a", "b", "c"]
    assert [(each.line, each.column, each.value, each.reason) for each in found.refusals] == [
        (2, "target", "x", "unknown_id"),
        (3, "source", "y", "unknown_id"),
    ]


def test_lines_can_be_skipped():
    found = read([b"4039 88234\n0 1\n"], skip=1)
    assert (arcs(found), found.lines) == ({(0, 1): 1.0}, 1)


def test_refusals_are_shown_in_part_and_counted_whole():
    found = read([b"a b\n" + b"a\n" * 250])
    assert (len(found.refusals), found.refused) == (100, {"missing": 250})


def test_limits(monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(TooLarge, match="more than 2 edges"):
        read([b"a b\n" * 3], most_edges=2)
    with pytest.raises(TooLarge, match="more than 2 nodes"):
        read([b"a b\nb c\n"], most_nodes=2)
    monkeypatch.setattr(collecting, "MOST_ID_BYTES", 100)
    with pytest.raises(TooLarge, match="3 ids of up to 20 characters"):
        read([b"a b\nb " + b"c" * 20 + b"\n"])


def test_a_limit_ends_the_reading_at_once():
    def endless():
        while True:
            yield b"1 2\n" * 1_000

    with pytest.raises(TooLarge):
        read(endless(), most_edges=10_000)


def test_progress_can_end_the_work():
    class Cancelled(Exception):
        pass

    seen: list[int] = []

    def stop(lines: int) -> None:
        seen.append(lines)
        if lines >= 200_000:
            raise Cancelled

    with pytest.raises(Cancelled):
        read([b"1 2\n" * 300_000], progress=stop)
    assert seen == [100_000, 200_000]


@pytest.mark.parametrize("content", [b"", b"# nothing\n\n", b"source,target\n"])
def test_nothing_to_read(content: bytes):
    with pytest.raises(NoEdges):
        read([content])


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"a b\na \xff\n", "not UTF-8 after line 1"),
        (b"a b\na \xc3", "not UTF-8 after line 1"),
        (b"a" * 70_000, "line 1 is longer"),
        (gzip.compress(b"a b\n" * 99, mtime=0)[:-9], "ends before"),
        (b"\x1f\x8bnothing", "damaged"),
    ],
)
def test_what_is_no_text(content: bytes, says: str):
    with pytest.raises(BadStream, match=says):
        read([content])
    for kind in (BadStream, NoEdges, TooLarge):
        assert issubclass(kind, ValueError)


def test_a_gzip_that_grows_is_taken_in_pieces():
    import tracemalloc

    bomb = gzip.compress(b"1 2\n" * 5_000_000)
    tracemalloc.start()
    with pytest.raises(TooLarge):
        read([bomb], most_edges=400_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    # One piece as bytes, text and lines, and 400,000 edges; all of the text alone would be 20 MB.
    assert peak < 40_000_000


def test_parallel_edges_are_counted():
    assert read([b"1 2\n1 2\n2 1\n1 1\n1 2 0\n"]).parallel == 1
    assert read([b"1 2\n1 2\n2 1\n1 1\n"], undirected=True).parallel == 2


@pytest.mark.parametrize("size", [5, 11, 1_000])
def test_the_first_text_makes_all_ids_text(size: int):
    text = b"10 2\n2 10 3\n" + b"9 x\n" + b"10 2\n2 9\n"
    found = read([text[at : at + size] for at in range(0, len(text), size)])
    assert found.graph.nodes.tolist() == ["10", "2", "9", "x"]
    assert arcs(found) == {("10", "2"): 2.0, ("2", "10"): 3.0, ("9", "x"): 1.0, ("2", "9"): 1.0}


def test_only_known_numbers():
    found = read([b"1 2\n2 3\n3 4\n2 1\n"], known=["1", "2", "3", "7"])
    assert found.graph.nodes.tolist() == [1, 2, 3, 7]
    assert [(each.line, each.value) for each in found.refusals] == [(3, "4")]
    assert arcs(found) == {(1, 2): 1.0, (2, 3): 1.0, (2, 1): 1.0}
    mixed = read([b"1 2\n2 a\n2 b\n"], known=["1", "2", "a"])
    assert mixed.graph.nodes.tolist() == ["1", "2", "a"]
    assert [(each.line, each.value) for each in mixed.refusals] == [(3, "b")]


def test_ids_that_are_text_have_a_limit_of_their_own(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(collecting, "MOST_TEXTS", 3)
    assert read([b"1 2\n3 4\n5 6\n"]).graph.size == 6
    for text in (b"a b\nc d\n", b"1 2\n3 4\nx 1\n"):
        with pytest.raises(TooLarge, match="more than 3 nodes whose ids are text"):
            read([text])
