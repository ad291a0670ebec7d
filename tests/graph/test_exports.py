import html
import io
import json

import networkx as nx
import numpy as np
import pytest

from graph.build import build, from_networkx
from graph.exports import BadAttributes, gexf, graphml, node_link

GRAPH = build(["ayşe", "<b>", "ayşe"], ["<b>", "can & co", "can & co"], [1.0, 2.5, 1.0])
# By the order of ids: <b>, ayşe, can & co.
ATTRIBUTES = {"community": np.array([1, 0, 1]), "category": ["food", None, "güzellik"]}


def same(made: nx.DiGraph) -> None:
    back = from_networkx(made)
    assert back.nodes.tolist() == GRAPH.nodes.tolist()
    assert back.indices.tolist() == GRAPH.indices.tolist()
    assert back.weights.tolist() == GRAPH.weights.tolist()
    assert made.nodes["can & co"]["category"] == "güzellik"
    assert "category" not in made.nodes["ayşe"]
    assert [made.nodes[each]["community"] for each in GRAPH.nodes.tolist()] == [1, 0, 1]


def test_graphml():
    same(nx.parse_graphml("\n".join(graphml(GRAPH, ATTRIBUTES))))


def test_gexf():
    same(nx.read_gexf(io.BytesIO("\n".join(gexf(GRAPH, ATTRIBUTES)).encode())))


def test_node_link():
    text = node_link(GRAPH, ATTRIBUTES)
    assert "ayşe" in text
    same(nx.node_link_graph(json.loads(text), edges="edges"))


def test_numbers_as_ids():
    made = nx.parse_graphml("\n".join(graphml(build([1], [2]))), node_type=int)
    assert list(made.edges) == [(1, 2)]


@pytest.mark.parametrize("write", [graphml, gexf])
def test_what_xml_can_not_hold(write):
    text = html.unescape("\n".join(write(build(["a\x00b"], ["c"]), {"name": ["x\x0b\ufffe", None]})))
    assert "a\ufffdb" in text
    assert "x\ufffd\ufffd" in text


def test_attributes_for_another_graph():
    with pytest.raises(BadAttributes, match="1 values of size for 3 nodes"):
        node_link(GRAPH, {"size": [1]})
