"""What can go wrong with computations on graphs."""

from service.kit.problems import Conflict, InvalidInput, NotFound, Problem


class UnknownResult(NotFound):
    title = "Result not found"
    slug = "graph-result-not-found"


class UnfitParameters(InvalidInput):
    """Parameters that don't fit the graph or each other; `errors` lists every one.

    `unknown`: all nodes and influencers that were named and are not in the graph.
    """

    title = "Parameters that do not fit the graph"
    slug = "graph-parameters"


class ComputationFailed(Conflict):
    """The newest job that computed this has failed; `error` is its problem. Ask again after Retry-After."""

    title = "The computation failed"
    slug = "graph-computation-failed"


class PageGone(Conflict):
    """The result that the cursor belongs to is there no more: the graph has changed, or others took its
    place. Begin with the first page."""

    title = "The pages belong to an older result"
    slug = "graph-page-gone"


class NotComputable(Conflict):
    """What was asked can't be computed on this graph; the detail says why."""

    title = "Not computable on this graph"
    slug = "graph-not-computable"


class ResultGone(Conflict):
    """The graph, or the version that a job was to compute on, is there no more."""

    title = "The graph has changed before it was computed on"
    slug = "graph-result-gone"


CONSTRAINTS: dict[str, type[Problem]] = {}

TURKISH = {
    "Result not found": "Sonuç bulunamadı",
    "Parameters that do not fit the graph": "Ağa uymayan parametreler",
    "The computation failed": "Hesaplama başarısız oldu",
    "The pages belong to an older result": "Sayfalar eski bir sonuca ait",
    "Not computable on this graph": "Bu ağda hesaplanamaz",
    "The graph has changed before it was computed on": "Ağ hesaplanmadan önce değişti",
}
