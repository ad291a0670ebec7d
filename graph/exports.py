"""Graphs for other tools: GraphML (yEd, Cytoscape), GEXF (Gephi), JSON node-link, through networkx.

networkx takes some hundred bytes an arc: what is exported is bounded by the caller.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from graph.build import Graph, to_networkx

# What XML 1.0 can't hold at all; a file with one of these no reader takes.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class BadAttributes(ValueError):
    """Attributes for another number of nodes than the graph has."""


def graphml(graph: Graph, attributes: Mapping[str, Sequence[Any]] | None = None) -> Iterator[str]:
    """GraphML, line by line. attributes: {name: a text, number or None of each node}; None is left out.

    Characters that XML can't hold become the replacement character. Raises BadAttributes.

    >>> from graph.build import build
    >>> "".join(graphml(build(["a"], ["b"]), {"size": [3, None]})).count("<data")
    2
    """
    import networkx as nx

    return nx.generate_graphml(_attributed(graph, attributes, xml=True))  # type: ignore[no-any-return]


def gexf(graph: Graph, attributes: Mapping[str, Sequence[Any]] | None = None) -> Iterator[str]:
    """GEXF 1.2, line by line; otherwise as graphml.

    >>> from graph.build import build
    >>> "".join(gexf(build(["a"], ["b"]))).count("<edge ")
    1
    """
    import networkx as nx

    return nx.generate_gexf(_attributed(graph, attributes, xml=True))  # type: ignore[no-any-return]


def node_link(graph: Graph, attributes: Mapping[str, Sequence[Any]] | None = None) -> str:
    """JSON of networkx.node_link_data: `nodes` with `id`, `edges` with `source`, `target`, `weight`.

    >>> from graph.build import build
    >>> json.loads(node_link(build(["a"], ["b"])))["edges"]
    [{'weight': 1.0, 'source': 'a', 'target': 'b'}]
    """
    import networkx as nx

    data = nx.node_link_data(_attributed(graph, attributes, xml=False), edges="edges")
    return json.dumps(data, ensure_ascii=False, allow_nan=False)


def _attributed(graph: Graph, attributes: Mapping[str, Sequence[Any]] | None, *, xml: bool) -> Any:
    import networkx as nx

    made = to_networkx(graph)
    ids = graph.nodes.tolist()
    for name, values in (attributes or {}).items():
        if len(values) != graph.size:
            raise BadAttributes(f"{len(values)} values of {name} for {graph.size} nodes")
        known = {
            node: _value(value, xml) for node, value in zip(ids, values, strict=True) if value is not None
        }
        nx.set_node_attributes(made, known, name)
    return nx.relabel_nodes(made, {node: _value(node, xml) for node in ids}) if xml else made


def _value(value: Any, xml: bool) -> Any:
    plain = value.item() if hasattr(value, "item") else value
    return _UNWRITABLE.sub("\ufffd", plain) if xml and isinstance(plain, str) else plain
