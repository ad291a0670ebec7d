"""What can go wrong with mentions and the disclosure of advertising."""

from service.kit.problems import Conflict, NotFound, Problem


class UnknownMention(NotFound):
    title = "Mention not found"
    slug = "mention-not-found"


class UnknownQuery(NotFound):
    title = "Listening query not found"
    slug = "listening-query-not-found"


class QueryExists(Conflict):
    """Another query that is not archived has this name."""

    title = "A listening query has this name"
    slug = "listening-query-exists"


class TooManyQueries(Conflict):
    title = "Too many listening queries"
    slug = "too-many-listening-queries"


class UnknownRulePack(NotFound):
    title = "Rule pack not found"
    slug = "rule-pack-not-found"


class UnknownWatch(NotFound):
    title = "Watch not found"
    slug = "disclosure-watch-not-found"


class UnknownFinding(NotFound):
    title = "Finding not found"
    slug = "disclosure-finding-not-found"


CONSTRAINTS: dict[str, type[Problem]] = {"listening_queries_name": QueryExists}
TURKISH = {
    "Mention not found": "Bahsetme bulunamadı",
    "Listening query not found": "Dinleme sorgusu bulunamadı",
    "Too many listening queries": "Çok fazla dinleme sorgusu",
    "A listening query has this name": "Bu adda bir dinleme sorgusu var",
    UnknownRulePack.title: "Kural paketi bulunamadı",
    UnknownWatch.title: "İzleme bulunamadı",
    UnknownFinding.title: "Bulgu bulunamadı",
}
