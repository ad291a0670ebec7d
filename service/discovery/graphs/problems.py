"""What can go wrong with reach graphs."""

from service.kit.problems import BadRequest, Conflict, InvalidInput, NotFound, Problem, TooLarge


class UnknownGraph(NotFound):
    title = "Graph not found"
    slug = "graph-not-found"


class NoArcs(Conflict):
    """Nothing was uploaded yet, or the graph is still being made: `status` says which."""

    title = "The graph has no edges yet"
    slug = "graph-empty"


class GraphChanged(Conflict):
    """A newer version took the place of the one that was being read; ask again."""

    title = "The graph has changed meanwhile"
    slug = "graph-changed"


class WrongSource(Conflict):
    """Files go into uploaded graphs; a derived one is refreshed."""

    title = "The graph gets its edges otherwise"
    slug = "graph-source"


class BadGraph(InvalidInput):
    """Fields of a graph that exclude each other."""

    title = "Fields that do not fit each other"
    slug = "graph-fields"


class UnreadableEdges(BadRequest):
    """The file is no list of edges; `code`: bad_stream, bad_xml, no_edges. The graph stays as it was.

    Where every line was refused, `refused` counts them by reason and `refusals` are the first.
    """

    title = "Unreadable edges"
    slug = "unreadable-edges"


class NoForest(BadRequest):
    """Referrals where somebody is referred by two, or by somebody that she referred herself.

    `cycles` names such circles, `twice` those with several referrers; both the first ten. The graph stays as
    it was.
    """

    title = "Referrals must be trees"
    slug = "referrals-no-forest"


class GraphTooLarge(TooLarge):
    """More nodes, edges or text than is held; `limit` says how much is."""

    title = "The graph is too large"
    slug = "graph-too-large"


CONSTRAINTS: dict[str, type[Problem]] = {
    "graph_arrays_graph_fkey": UnknownGraph,
    "graph_uploads_graph_fkey": UnknownGraph,
    "graph_chunks_upload_fkey": UnknownGraph,
}

TURKISH = {
    "Graph not found": "Ağ bulunamadı",
    "The graph has no edges yet": "Ağda henüz bağlantı yok",
    "The graph has changed meanwhile": "Ağ bu arada değişti",
    "The graph gets its edges otherwise": "Ağ bağlantılarını başka yoldan alıyor",
    "Fields that do not fit each other": "Birbiriyle uyuşmayan alanlar",
    "Unreadable edges": "Okunamayan bağlantılar",
    "Referrals must be trees": "Referanslar ağaç olmalı",
    "The graph is too large": "Ağ çok büyük",
}
