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


class UnknownSource(NotFound):
    title = "Listening source not found"
    slug = "listening-source-not-found"


class SourceExists(Conflict):
    """Another source has this address."""

    title = "A listening source has this address"
    slug = "listening-source-exists"


class TooManySources(Conflict):
    title = "Too many listening sources"
    slug = "too-many-listening-sources"


class NotPolled(Conflict):
    """Its kind sends by itself, so there is nothing to ask."""

    title = "The source is not polled"
    slug = "listening-source-not-polled"


class UnknownRulePack(NotFound):
    title = "Rule pack not found"
    slug = "rule-pack-not-found"


class UnknownWatch(NotFound):
    title = "Watch not found"
    slug = "disclosure-watch-not-found"


class UnknownFinding(NotFound):
    title = "Finding not found"
    slug = "disclosure-finding-not-found"


CONSTRAINTS: dict[str, type[Problem]] = {
    "listening_queries_name": QueryExists,
    "mention_sources_url": SourceExists,
}
TURKISH = {
    "Mention not found": "Bahsetme bulunamadı",
    "Listening query not found": "Dinleme sorgusu bulunamadı",
    "Too many listening queries": "Çok fazla dinleme sorgusu",
    "A listening query has this name": "Bu adda bir dinleme sorgusu var",
    UnknownSource.title: "Dinleme kaynağı bulunamadı",
    SourceExists.title: "Bu adreste bir dinleme kaynağı var",
    TooManySources.title: "Çok fazla dinleme kaynağı",
    NotPolled.title: "Bu kaynak sorgulanmaz, kendisi gönderir",
    UnknownRulePack.title: "Kural paketi bulunamadı",
    UnknownWatch.title: "İzleme bulunamadı",
    UnknownFinding.title: "Bulgu bulunamadı",
}
