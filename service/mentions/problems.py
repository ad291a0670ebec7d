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


class UnknownRateTable(NotFound):
    title = "EMV rate table not found"
    slug = "emv-rate-table-not-found"


class RateTableExists(Conflict):
    """Somebody else has made the next version of this table at the same moment."""

    title = "This version of the rate table exists"
    slug = "emv-rate-table-exists"


CONSTRAINTS: dict[str, type[Problem]] = {
    "listening_queries_name": QueryExists,
    "emv_rate_tables_version": RateTableExists,
}
TURKISH = {
    "Mention not found": "Bahsetme bulunamadı",
    "Listening query not found": "Dinleme sorgusu bulunamadı",
    "Too many listening queries": "Çok fazla dinleme sorgusu",
    "A listening query has this name": "Bu adda bir dinleme sorgusu var",
    UnknownRulePack.title: "Kural paketi bulunamadı",
    UnknownWatch.title: "İzleme bulunamadı",
    UnknownFinding.title: "Bulgu bulunamadı",
    UnknownRateTable.title: "EMV fiyat tablosu bulunamadı",
    RateTableExists.title: "Fiyat tablosunun bu sürümü var",
}
