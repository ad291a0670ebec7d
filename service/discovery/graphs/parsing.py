"""A file of edges as a graph: which reader, what it was asked for, and what its errors mean. Pure."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from graph import edgelists, xmlgraphs
from graph.build import Graph
from graph.collecting import EdgeList, NoEdges, TooLarge
from graph.referrals import NoForest as Circles
from graph.referrals import forest
from graph.streams import BadStream, plain
from graph.xmlgraphs import BadXml
from service.discovery.graphs.problems import GraphTooLarge, NoForest, UnreadableEdges
from service.discovery.graphs.schemas import Format, GraphRow, Options

_BLANKS = b"\xef\xbb\xbf \t\r\n"
# UTF-16 XML begins with one of its marks of byte order.
_MARKS = (b"\xff\xfe", b"\xfe\xff")


def parse(
    chunks: Iterable[bytes],
    row: GraphRow,
    options: Options,
    known: Sequence[str] | None,
    progress: Callable[[int], None],
) -> EdgeList:
    """The edges of a file. Raises UnreadableEdges, GraphTooLarge, and what chunks and progress raise."""
    try:
        pieces = plain(chunks)
        first = next(pieces, b"")
        together = _after(first, pieces)
        undirected = options.undirected
        if undirected is None and not row.directed:
            undirected = True
        if _is_xml(first, options.format):
            return xmlgraphs.read(
                together,
                undirected=undirected,
                known=known,
                by_label=options.names == "label",
                progress=progress,
            )
        return edgelists.read(
            together, undirected=bool(undirected), known=known, skip=options.skip, progress=progress
        )
    except TooLarge as error:
        raise GraphTooLarge(str(error)) from error
    except (BadStream, BadXml, NoEdges) as error:
        raise UnreadableEdges(str(error), code=_CODES[type(error)]) from error


_CODES: dict[type[ValueError], str] = {BadStream: "bad_stream", BadXml: "bad_xml", NoEdges: "no_edges"}


def check(graph: Graph, row: GraphRow) -> None:
    """Raises NoForest where a graph of referrals is no forest."""
    if row.kind != "referral":
        return
    try:
        forest(graph.reversed() if row.reverse else graph)
    except Circles as error:
        # What people are called stands in members that an erasure takes away, not in the sentence.
        detail = f"{error.twice_count:,} with several referrers, {error.cycle_count:,} in a circle"
        raise NoForest(detail, cycles=error.cycles, twice=error.twice) from error


def _is_xml(first: bytes, format: Format) -> bool:
    if format != "auto":
        return format in ("graphml", "gexf")
    return first.lstrip(_BLANKS).startswith(b"<") or first.startswith(_MARKS)


def _after(first: bytes, others: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from others
