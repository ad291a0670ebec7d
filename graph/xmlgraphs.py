"""GraphML (yEd, Cytoscape, networkx) and GEXF (Gephi), read as a stream: no tree is ever built.

Entities, document types and anything from outside are refused, so a small file can't become a large one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from graph.collecting import MOST_EDGES, MOST_NODES, Collector, EdgeList, wrong_id
from graph.streams import plain

# An element without an end; no tool nests groups so deeply, or has so many words of its own, or so long ones.
LONGEST_ELEMENT = 1 << 20
DEEPEST = 200
MOST_WORDS = 1_000
LONGEST_WORD = 1_000
# Of a text that no key should hold more of.
MOST_PIECES, LONGEST_PIECE = 100, 500
EVERY = 100_000
Progress = Callable[[int], None]
_WEIGHTS = frozenset(("weight", "edge_weight", "edgeweight", "agirlik", "ağırlık"))
_LABELS = frozenset(("label", "name", "nodelabel", "etiket"))


class BadXml(ValueError):
    """No XML, XML that defines entities, or a document that is neither GraphML nor GEXF."""


def read(
    chunks: Iterable[bytes],
    *,
    undirected: bool | None = None,
    known: Iterable[str] | None = None,
    by_label: bool = False,
    most_edges: int = MOST_EDGES,
    most_nodes: int = MOST_NODES,
    progress: Progress | None = None,
) -> EdgeList:
    """The edges of a GraphML or GEXF document; which of the two it says itself. gzip is recognised.

    Each edge has the direction that it, or else the graph, states; an undirected one is an edge each way. A
    weight is GEXF's `weight`, in GraphML the data of a key named weight, with the key's default; without one
    it is 1. Nodes without edges are nodes. Refused, with the line, are edges without an end or with a bad
    weight, hyperedges (`hyperedge`), and two nodes of one label (`same_label`: the second keeps its id).

    Parameters
    ----------
    undirected: True, False: whatever the file states; None: as it states.
    known: ids that may be; others are refused, also as nodes. None: any. Not together with `by_label`.
    by_label: nodes are called by their labels, those without one by their ids.
    progress: called with the edges read, every 100,000; what it raises ends the work.

    Raises BadXml, NoEdges and TooLarge (of collecting), streams.BadStream (damaged gzip).

    >>> found = read([b'<gexf><graph defaultedgetype="directed"><nodes><node id="a"/><node id="b"/></nodes>'
    ...               b'<edges><edge source="a" target="b" weight="2"/></edges></graph></gexf>'])
    >>> found.graph.nodes.tolist(), found.graph.indices.tolist(), found.graph.weights.tolist()
    (['a', 'b'], [1], [2.0])
    """
    labels = _Labels() if by_label else None
    collector = Collector(known, most_edges, most_nodes)
    reader = _Reader(collector, undirected, labels, progress)
    _parse(chunks, reader)
    if labels is not None:
        collector.rename(labels.chosen(collector))
    return collector.finish()


@dataclass(slots=True)
class _Edge:
    """An edge that has begun. directed: as it states itself."""

    source: str
    target: str
    line: int
    directed: str
    weight: str | None


class _Reader:
    """What the parser calls for each element. `line` is set by whoever feeds the parser."""

    def __init__(
        self,
        collector: Collector,
        undirected: bool | None,
        labels: "_Labels | None",
        progress: Progress | None,
    ) -> None:
        self.line: Callable[[], int] = int
        self.heard = 0
        self._collector, self._undirected = collector, undirected
        self._labels, self._progress = labels, progress
        self._depth = 0
        self._words: set[str] = set()
        self._format: str | None = None
        self._both: list[bool] = []
        self._keys: dict[str, str] = {}
        self._default: dict[str, str] = {}
        self._key: str | None = None
        self._text: list[str] | None = None
        self._edge: _Edge | None = None
        self._node: list[str] = []

    def start(self, tag: str, attrib: dict[str, str]) -> None:
        """An element begins."""
        self.heard += 1
        self._depth += 1
        name = tag.rpartition("}")[2].lower()
        self._bound(tag, attrib)
        if self._format is None:
            if name not in ("graphml", "gexf"):
                raise BadXml(f"the document is {name[:40]!r}, neither GraphML nor GEXF")
            self._format = name
        begin = getattr(self, f"_start_{name}", None)
        if begin is not None:
            begin(attrib)

    def end(self, tag: str) -> None:
        """An element ends."""
        self.heard += 1
        self._depth -= 1
        finish = getattr(self, f"_end_{tag.rpartition('}')[2].lower()}", None)
        if finish is not None:
            finish()

    def data(self, data: str) -> None:
        """A piece of text, of which only what a key may hold is kept."""
        self.heard += 1
        if self._text is not None and len(self._text) < MOST_PIECES:
            self._text.append(data[:LONGEST_PIECE])

    def close(self) -> None:
        """The document has ended."""

    def _bound(self, tag: str, attrib: dict[str, str]) -> None:
        if self._depth > DEEPEST:
            raise BadXml(f"elements stand more than {DEEPEST} deep in each other")
        for word in (tag, *attrib):
            if word not in self._words:
                self._word(word)

    def _word(self, word: str) -> None:
        self._words.add(word)
        if len(self._words) > MOST_WORDS or len(word) > LONGEST_WORD:
            raise BadXml(f"the document has more than {MOST_WORDS:,} kinds of elements and attributes")

    def _start_graph(self, attrib: dict[str, str]) -> None:
        stated = attrib.get("edgedefault" if self._format == "graphml" else "defaultedgetype", "")
        # Both formats take a graph that says nothing for undirected.
        self._both.append(stated.lower() != "directed")

    def _end_graph(self) -> None:
        self._both.pop()

    def _start_key(self, attrib: dict[str, str]) -> None:
        word, kind = attrib.get("attr.name", attrib.get("id", "")).lower(), attrib.get("for", "all").lower()
        self._key = attrib.get("id")
        if self._key is None or len(self._keys) >= MOST_WORDS:
            return
        if word in _WEIGHTS and kind in ("edge", "all"):
            self._keys.setdefault(self._key, "weight")
        elif word in _LABELS and kind in ("node", "all"):
            self._keys.setdefault(self._key, "label")

    def _end_key(self) -> None:
        self._key = None

    def _start_default(self, attrib: dict[str, str]) -> None:
        self._text = [] if self._key in self._keys else None

    def _end_default(self) -> None:
        if self._text is not None and self._key is not None:
            self._default[self._keys[self._key]] = "".join(self._text).strip()
        self._text = None

    def _start_node(self, attrib: dict[str, str]) -> None:
        node = attrib.get("id", "")
        self._node.append(node)
        reason = self._collector.node(node)
        if reason is not None:
            self._collector.refuse(self.line(), "node", node, reason)
        elif self._labels is not None and attrib.get("label"):
            self._labels.add(node, attrib["label"], self.line())

    def _end_node(self) -> None:
        self._node.pop()

    def _start_edge(self, attrib: dict[str, str]) -> None:
        weight = attrib.get("weight") if self._format == "gexf" else None
        stated = attrib.get("directed", attrib.get("type", "")).lower()
        ends = attrib.get("source", ""), attrib.get("target", "")
        self._edge = _Edge(*ends, self.line(), stated, weight)

    def _end_edge(self) -> None:
        edge, self._edge = self._edge, None
        if edge is None:
            return
        weight = self._default.get("weight") if edge.weight is None else edge.weight
        self._collector.edge(edge.line, edge.source, edge.target, weight, both=self._is_both(edge))
        if self._progress and self._collector.lines % EVERY == 0:
            self._progress(self._collector.lines)

    def _is_both(self, edge: _Edge) -> bool:
        if self._undirected is not None:
            return self._undirected
        if edge.directed in ("true", "1", "directed"):
            return False
        if edge.directed in ("false", "0", "undirected", "mutual"):
            return True
        return self._both[-1] if self._both else True

    def _start_hyperedge(self, attrib: dict[str, str]) -> None:
        self._collector.lines += 1
        self._collector.refuse(self.line(), None, attrib.get("id", ""), "hyperedge")

    def _start_data(self, attrib: dict[str, str]) -> None:
        meaning = self._keys.get(attrib.get("key", ""))
        wanted = meaning == "weight" if self._edge is not None else meaning == "label" and self._node
        self._text = [] if wanted else None

    def _start_nodelabel(self, attrib: dict[str, str]) -> None:
        # yEd draws labels: they stand inside a node's data.
        self._text = [] if self._node else None

    def _end_nodelabel(self) -> None:
        self._end_data()

    def _end_data(self) -> None:
        text, self._text = self._text, None
        if text is None:
            return
        value = "".join(text).strip()
        if self._edge is not None:
            self._edge.weight = value
        elif self._labels is not None and self._node and value:
            self._labels.add(self._node[-1], value, self.line())


class _Labels:
    """Labels by id, with the line that they stood in."""

    def __init__(self) -> None:
        self._by_id: dict[str, tuple[str, int]] = {}

    def add(self, node: str, label: str, line: int) -> None:
        """The first label of a node counts."""
        self._by_id.setdefault(node, (label.strip(), line))

    def chosen(self, collector: Collector) -> dict[str, str]:
        """Id to label, each label once; what can't be an id is refused."""
        taken: set[str] = set()
        made: dict[str, str] = {}
        for node, (label, line) in self._by_id.items():
            reason = "same_label" if label in taken else wrong_id(label)
            if reason:
                collector.refuse(line, "label", label, reason)
            else:
                made[node] = label
                taken.add(label)
        return made


def _parse(chunks: Iterable[bytes], reader: _Reader) -> None:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser, ParseError

    parser: Any = DefusedXMLParser(target=reader, forbid_dtd=True)
    reader.line = lambda: int(parser.parser.CurrentLineNumber)
    silent = 0
    try:
        for piece in plain(chunks):
            before = reader.heard
            parser.feed(piece)
            silent = 0 if reader.heard != before else silent + len(piece)
            if silent > LONGEST_ELEMENT:
                raise BadXml(f"an element in line {reader.line()} is longer than {LONGEST_ELEMENT:,} bytes")
        parser.close()
    except ParseError as error:
        line, column = error.position
        raise BadXml(f"no XML in line {line}, column {column + 1}") from error
    except DefusedXmlException as error:
        raise BadXml("the document has a DTD or defines entities, which is refused") from error
    except (LookupError, UnicodeError) as error:
        raise BadXml("the document is in an encoding that is not known") from error
