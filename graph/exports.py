"""Graphs for other tools: GraphML (yEd, Cytoscape), GEXF (Gephi), JSON node-link (networkx, d3).

The XML is written line by line from the arrays: a graph of any size goes out with no more than a line in
memory, where networkx would first build all of it as elements.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from graph.build import Graph, to_networkx

Attributes = Mapping[str, Sequence[Any]]

# What XML 1.0 can't hold at all; a file with one of these no reader takes.
_UNWRITABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_GEXF = "http://www.gexf.net/1.2draft"
_SPACES = {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}


class BadAttributes(ValueError):
    """Attributes for another number of nodes than the graph has."""


def graphml(graph: Graph, attributes: Attributes | None = None) -> Iterator[str]:
    """GraphML, line by line. attributes: {name: a text, number or None of each node}; None is left out.

    Characters that XML can't hold become the replacement character. Raises BadAttributes, at once.

    >>> from graph.build import build
    >>> "".join(graphml(build(["a"], ["b"]), {"size": [3, None]})).count("<data")
    2
    """
    return _graphml(graph, _checked(graph, attributes))


def gexf(graph: Graph, attributes: Attributes | None = None) -> Iterator[str]:
    """GEXF 1.2, line by line; an attribute `label` is the nodes' label. Otherwise as graphml.

    >>> from graph.build import build
    >>> "".join(gexf(build(["a"], ["b"]))).count("<edge ")
    1
    """
    return _gexf(graph, _checked(graph, attributes))


def node_link(graph: Graph, attributes: Attributes | None = None) -> str:
    """JSON of networkx.node_link_data: `nodes` with `id`, `edges` with `source`, `target`, `weight`.

    networkx takes some hundred bytes an arc: what is exported like this is bounded by the caller.

    >>> from graph.build import build
    >>> json.loads(node_link(build(["a"], ["b"])))["edges"]
    [{'weight': 1.0, 'source': 'a', 'target': 'b'}]
    """
    import networkx as nx

    made = to_networkx(graph)
    for name, values in _checked(graph, attributes).items():
        pairs = zip(graph.nodes.tolist(), values, strict=True)
        nx.set_node_attributes(made, {node: value for node, value in pairs if value is not None}, name)
    data = nx.node_link_data(made, edges="edges")
    return json.dumps(data, ensure_ascii=False, allow_nan=False)


def _checked(graph: Graph, attributes: Attributes | None) -> dict[str, list[Any]]:
    """The attributes as plain values, one a node."""
    made: dict[str, list[Any]] = {}
    for name, values in (attributes or {}).items():
        if len(values) != graph.size:
            raise BadAttributes(f"{len(values)} values of {name} for {graph.size} nodes")
        made[name] = [value.item() if hasattr(value, "item") else value for value in values]
    return made


def _graphml(graph: Graph, attributes: dict[str, list[Any]]) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<graphml xmlns="{_GRAPHML}">'
    yield '<key id="weight" for="edge" attr.name="weight" attr.type="double"/>'
    for at, (name, values) in enumerate(attributes.items()):
        yield f'<key id="d{at}" for="node" attr.name={_quoted(name)} attr.type="{_type(values)}"/>'
    yield '<graph edgedefault="directed">'
    columns = list(attributes.values())
    for place, node in enumerate(graph.nodes.tolist()):
        told = "".join(
            f'<data key="d{at}">{_text(values[place])}</data>'
            for at, values in enumerate(columns)
            if values[place] is not None
        )
        yield f"<node id={_quoted(node)}>{told}</node>" if told else f"<node id={_quoted(node)}/>"
    for source, target, weight in _arcs(graph):
        yield f'<edge source={source} target={target}><data key="weight">{weight!r}</data></edge>'
    yield "</graph>"
    yield "</graphml>"


def _gexf(graph: Graph, attributes: dict[str, list[Any]]) -> Iterator[str]:
    labels = attributes.pop("label", None)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f'<gexf xmlns="{_GEXF}" version="1.2">'
    yield '<graph defaultedgetype="directed" mode="static">'
    yield '<attributes mode="static" class="node">'
    for at, (name, values) in enumerate(attributes.items()):
        yield f'<attribute id="{at}" title={_quoted(name)} type="{_type(values)}"/>'
    yield "</attributes>"
    yield "<nodes>"
    columns = list(attributes.values())
    for place, node in enumerate(graph.nodes.tolist()):
        label = node if labels is None or labels[place] is None else labels[place]
        told = "".join(
            f'<attvalue for="{at}" value={_quoted(_text(values[place], escaped=False))}/>'
            for at, values in enumerate(columns)
            if values[place] is not None
        )
        inner = f"<attvalues>{told}</attvalues>" if told else ""
        yield f"<node id={_quoted(node)} label={_quoted(label)}>{inner}</node>"
    yield "</nodes>"
    yield "<edges>"
    for at, (source, target, weight) in enumerate(_arcs(graph)):
        yield f'<edge id="{at}" source={source} target={target} weight="{weight!r}"/>'
    yield "</edges>"
    yield "</graph>"
    yield "</gexf>"


def _arcs(graph: Graph) -> Iterator[tuple[str, str, float]]:
    """The quoted ends and the weight of each arc, the arrays as Python's values source by source."""
    for place, node in enumerate(graph.nodes.tolist()):
        begin, end = int(graph.indptr[place]), int(graph.indptr[place + 1])
        if begin == end:
            continue
        source = _quoted(node)
        targets = graph.nodes[graph.indices[begin:end]].tolist()
        for target, weight in zip(targets, graph.weights[begin:end].tolist(), strict=True):
            yield source, _quoted(target), weight


def _type(values: Sequence[Any]) -> str:
    """What both formats call the type of an attribute."""
    kinds = {type(value) for value in values if value is not None}
    if kinds == {bool}:
        return "boolean"
    if kinds == {int}:
        return "long"
    return "double" if kinds and kinds <= {int, float} else "string"


def _text(value: Any, *, escaped: bool = True) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return _quoted(text)[1:-1].replace("&quot;", '"') if escaped else text


def _quoted(value: Any) -> str:
    """A value in quotes, as an attribute holds it."""
    if isinstance(value, int):
        return f'"{value}"'
    text = _UNWRITABLE.sub("\ufffd", str(value))
    for sign, name in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), *_SPACES.items()):
        if sign in text:
            text = text.replace(sign, name)
    return f'"{text}"'
