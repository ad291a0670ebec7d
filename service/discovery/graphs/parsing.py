"""A file of edges as a graph: which reader, what it was asked for, and what its errors mean. Pure."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from graph import edgelists, xmlgraphs
from graph.build import Graph
from graph.collecting import EdgeList, NoEdges, Refusal, TooLarge
from graph.referrals.strict import NoForest as Circles
from graph.referrals.strict import forest
from graph.streams import BadStream, plain
from graph.xmlgraphs import BadXml
from service.discovery.graphs.problems import GraphTooLarge, NoForest, UnreadableEdges
from service.discovery.graphs.schemas import Format, GraphRow, Options, RefusedLine

_BLANKS = b"\xef\xbb\xbf \t\r\n"
# UTF-16 begins with one of its marks of byte order; XML may be written in it.
_MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


def parse(
    chunks: Iterable[bytes],
    row: GraphRow,
    options: Options,
    known: Sequence[str] | None,
    progress: Callable[[int], None],
) -> EdgeList:
    """The edges of a file. Raises UnreadableEdges, GraphTooLarge, and what chunks and progress raise.

    A file without a single edge is most likely another file: it does not take the place of a graph.
    """
    found = _read(chunks, row, options, known, progress)
    if found.refused and not found.graph.arcs and not found.graph.loops:
        detail = f"none of the file's {found.lines:,} lines is an edge"
        refusals = [refused_line(each) for each in found.refusals]
        raise UnreadableEdges(detail, code="no_edges", refused=found.refused, refusals=refusals)
    return found


def refused_line(one: Refusal) -> RefusedLine:
    """A refusal as it is told. What PostgreSQL can't hold can't be quoted either."""
    return RefusedLine(one.line, one.column, one.value.replace("\x00", "\ufffd"), one.reason)


def _read(
    chunks: Iterable[bytes],
    row: GraphRow,
    options: Options,
    known: Sequence[str] | None,
    progress: Callable[[int], None],
) -> EdgeList:
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
    encoding = _MARKS.get(first[:2])
    if encoding is not None and not first[2:].startswith("<".encode(encoding)):
        raise BadStream("a table in UTF-16: save it as UTF-8")
    return encoding is not None or first.lstrip(_BLANKS).startswith(b"<")


def _after(first: bytes, others: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from others
