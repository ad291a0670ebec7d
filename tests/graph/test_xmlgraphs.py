"""GraphML and GEXF as tools write them, and as those do who mean harm."""

import gzip
import io

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import graph.xmlgraphs as xmlgraphs
from graph.build import Graph, build, from_networkx
from graph.collecting import NoEdges, Refusal, TooLarge
from graph.exports import gexf, graphml
from graph.streams import BadStream
from graph.xmlgraphs import BadXml, read

GRAPHML = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
<key id="d0" for="edge" attr.name="weight" attr.type="double"><default>2.5</default></key>
<key id="d1" for="node" attr.name="label" attr.type="string"/>
<key id="d2" for="node" attr.name="weight" attr.type="double"/>
<key id="d3" for="node" yfiles.type="nodegraphics"/>
<graph edgedefault="undirected">
  <node id="n0"><data key="d1">Ayşe</data><data key="d2">9</data></node>
  <node id="n1"><data key="d3"><y:ShapeNode><y:NodeLabel>Bora</y:NodeLabel></y:ShapeNode></data></node>
  <node id="n2"/><node id="n3"/>
  <edge source="n0" target="n1"><data key="d0">4</data></edge>
  <edge source="n1" target="n2" directed="true"/>
</graph></graphml>"""
GEXF = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://gexf.net/1.3"><meta><creator>Gephi</creator></meta>
<graph defaultedgetype="directed"><nodes>
  <node id="1" label="Ayşe"><attvalues><attvalue for="0" value="x"/></attvalues></node>
  <node id="2" label="Bora"/><node id="3"/>
</nodes><edges>
  <edge id="0" source="1" target="2" weight="0.5"/>
  <edge id="1" source="2" target="3" type="undirected"/>
  <edge id="2" source="3" target="3"/>
</edges></graph></gexf>"""


def arcs(graph: Graph) -> dict[tuple[object, object], float]:
    ids = graph.nodes.tolist()
    ends = zip(graph.sources().tolist(), graph.indices.tolist(), graph.weights.tolist(), strict=True)
    return {(ids[source], ids[target]): weight for source, target, weight in ends}


def edges(*lines: str, head: str = "") -> bytes:
    """A directed GEXF document whose edges begin in line 2."""
    body = "\n".join(lines)
    return f'<gexf><graph defaultedgetype="directed">{head}<edges>\n{body}</edges></graph></gexf>'.encode()


@pytest.mark.parametrize("size", [1, 3, 64, 10_000])
@pytest.mark.parametrize("zipped", [False, True])
def test_graphml_in_pieces(size: int, zipped: bool):
    whole = gzip.compress(GRAPHML.encode()) if zipped else GRAPHML.encode()
    found = read(whole[at : at + size] for at in range(0, len(whole), size))
    assert found.graph.nodes.tolist() == ["n0", "n1", "n2", "n3"]
    assert arcs(found.graph) == {("n0", "n1"): 4.0, ("n1", "n0"): 4.0, ("n1", "n2"): 2.5}
    assert (found.lines, found.refused, found.graph.loops) == (2, {}, 0)


def test_gexf():
    found = read([GEXF.encode()])
    assert found.graph.nodes.tolist() == [1, 2, 3]
    assert arcs(found.graph) == {(1, 2): 0.5, (2, 3): 1.0, (3, 2): 1.0}
    assert (found.lines, found.graph.loops) == (3, 1)


def test_nodes_by_their_labels():
    assert read([GRAPHML.encode()], by_label=True).graph.nodes.tolist() == ["Ayşe", "Bora", "n2", "n3"]
    assert read([GEXF.encode()], by_label=True).graph.nodes.tolist() == ["3", "Ayşe", "Bora"]


@pytest.mark.parametrize(
    ("labels", "nodes", "refused"),
    [
        ({"a": "x", "b": "x"}, ["b", "x"], {"same_label": 1}),
        ({"a": "b", "b": "c"}, ["b", "c"], {}),
        ({"a": "b", "b": "a"}, ["a", "b"], {}),
        ({"a": "c", "b": "a", "c": ""}, ["a", "b", "c"], {}),
        ({"a": "x" * 200, "b": " "}, ["a", "b"], {"too_long": 1, "missing": 1}),
    ],
)
def test_labels_that_stand_in_each_other_s_way(labels: dict, nodes: list, refused: dict):
    head = "".join(f'<node id="{node}" label="{label}"/>' for node, label in labels.items())
    found = read([edges('<edge source="a" target="b"/>', head=f"<nodes>{head}</nodes>")], by_label=True)
    assert found.graph.nodes.tolist() == nodes
    assert found.graph.arcs == 1
    assert found.refused == refused


@pytest.mark.parametrize(("undirected", "arcs_"), [(None, 3), (True, 4), (False, 2)])
def test_the_caller_may_know_better(undirected: bool | None, arcs_: int):
    assert read([GRAPHML.encode()], undirected=undirected).graph.arcs == arcs_


@pytest.mark.parametrize(
    ("line", "refusal"),
    [
        ('<edge target="b"/>', ("source", "", "missing")),
        ('<edge source="a"/>', ("target", "", "missing")),
        ('<edge source="a" target="b" weight="-1"/>', ("weight", "-1", "negative")),
        ('<edge source="a" target="b" weight="much"/>', ("weight", "much", "no_number")),
        ('<edge source="a" target="b" weight="inf"/>', ("weight", "inf", "not_finite")),
        (f'<edge source="{"a" * 200}" target="b"/>', ("source", "a" * 100, "too_long")),
        ('<hyperedge id="h"/>', (None, "h", "hyperedge")),
    ],
)
def test_refused_edges_say_where_and_why(line: str, refusal: tuple):
    good = '<edge source="x" target="y"/>'
    found = read([edges(good, line, good)])
    assert found.refusals == [Refusal(3, *refusal)]
    assert (found.lines, found.refused) == (3, {refusal[2]: 1})
    assert arcs(found.graph) == {("x", "y"): 2.0}


def test_only_known_ids():
    found = read([edges('<edge source="a" target="b"/>', '<edge source="a" target="z"/>')], known=["a", "b"])
    assert (found.refused, found.graph.nodes.tolist()) == ({"unknown_id": 1}, ["a", "b"])


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><gexf>&b;</gexf>'


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (BOMB, "DTD"),
        ('<!DOCTYPE x SYSTEM "file:///etc/passwd"><gexf/>', "DTD"),
        ("<html><body/></html>", "neither"),
        ("<gexf><graph>", "no XML"),
        ("1 2\n2 3\n", "no XML in line 1, column 1"),
        ("<gexf>\n<graph></gexf>", "no XML in line 2"),
        ('<?xml version="1.0" encoding="klingon"?><gexf/>', "XML|encoding"),
        ("<gexf>&nothing;</gexf>", "no XML"),
        ("<gexf>" + "<a>" * 300, "deep"),
        ("<gexf>" + "".join(f"<a{n}/>" for n in range(2_000)), "kinds"),
        ("<gexf><" + "a" * 5_000 + "/>", "kinds"),
        ("<gexf>\x00</gexf>", "no XML"),
    ],
)
def test_what_is_refused_as_a_whole(content: str, says: str):
    with pytest.raises(BadXml, match=says):
        read([content.encode()])
    assert issubclass(BadXml, ValueError)


def test_an_element_without_an_end_is_not_held():
    def endless():
        yield b'<gexf><node id="'
        while True:
            yield b"a" * 65_536

    with pytest.raises(BadXml, match="longer"):
        read(endless())


def test_limits_and_damage():
    with pytest.raises(NoEdges):
        read([b"<gexf><graph/></gexf>"])
    with pytest.raises(TooLarge, match="more than 2 edges"):
        read([edges('<edge source="1" target="2"/>' * 3)], most_edges=2)
    with pytest.raises(TooLarge, match="more than 2 nodes"):
        read(
            [edges(head="<nodes>" + "".join(f'<node id="n{n}"/>' for n in range(3)) + "</nodes>")],
            most_nodes=2,
        )
    with pytest.raises(BadStream):
        read([gzip.compress(GEXF.encode())[:-9]])


def test_memory_does_not_grow_with_the_document():
    import tracemalloc

    def many():
        yield b'<gexf><graph defaultedgetype="directed"><edges>'
        for _ in range(60):
            yield (
                b'<edge source="1" target="2"><attvalues><attvalue for="0" value="x"/></attvalues></edge>'
                * 500
            )
        yield b"</edges></graph></gexf>"

    tracemalloc.start()
    assert read(many()).graph.weights.tolist() == [30_000.0]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    # 30,000 edges of 16 bytes, doubled once by growing; as a tree they would be 60 MB.
    assert peak < 8_000_000


def test_progress_can_end_the_work(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(xmlgraphs, "EVERY", 2)
    seen: list[int] = []
    read([edges('<edge source="1" target="2"/>' * 5)], progress=seen.append)
    assert seen == [2, 4]


characters = st.characters(exclude_categories=["Cs", "Cc", "Cn", "Zl", "Zp"])
names = st.text(characters, min_size=1, max_size=9).filter(str.isprintable)
graphs = st.tuples(
    st.one_of(st.lists(names, min_size=2, max_size=6, unique=True), st.just([0, 3, 5, 7, 2**40])),
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5), st.sampled_from([0.5, 1.0, 3.0])), min_size=1),
)


@settings(deadline=None)
@given(graphs, st.sampled_from([graphml, gexf]))
def test_what_is_exported_comes_back(made: tuple, write):
    ids, ends = made
    pairs = [(ids[a % len(ids)], ids[b % len(ids)], w) for a, b, w in ends]
    sources, targets, weights = zip(*pairs, strict=True)
    graph = build(sources, targets, weights, nodes=ids)
    text = "\n".join(write(graph, {"label": [str(each) for each in graph.nodes.tolist()]}))
    if not graph.arcs:
        with pytest.raises(NoEdges):
            read([text.encode()])
        return
    back = read([text.encode()]).graph
    assert back.nodes.tolist() == graph.nodes.tolist()
    assert arcs(back) == arcs(graph)


@pytest.mark.parametrize("directed", [True, False])
def test_networkx_and_we_read_the_same(directed: bool):
    made = nx.gnp_random_graph(30, 0.1, seed=4, directed=directed)
    nx.set_edge_attributes(made, {edge: float(at) for at, edge in enumerate(made.edges, 1)}, "weight")
    wanted = arcs(from_networkx(made))
    for write in (nx.write_graphml, nx.write_gexf):
        out = io.BytesIO()
        write(made, out)
        assert arcs(read([out.getvalue()]).graph) == wanted
