"""What can go wrong with mentions and the disclosure of advertising."""

from service.kit.problems import Conflict, Forbidden, NotFound, Problem


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


class UnknownAlertRule(NotFound):
    title = "Alert rule not found"
    slug = "alert-rule-not-found"


class AlertRuleExists(Conflict):
    """A query has one rule: two would tell of one spike twice."""

    title = "The query has an alert rule"
    slug = "alert-rule-exists"


class UnknownAlert(NotFound):
    title = "Alert not found"
    slug = "alert-not-found"


class UnknownListeningEvent(NotFound):
    title = "Event not found"
    slug = "listening-event-not-found"


class ListeningEventExists(Conflict):
    """An event of this key begins then already."""

    title = "The event exists"
    slug = "listening-event-exists"


class UnknownStatement(NotFound):
    title = "Statement not found"
    slug = "statement-not-found"


class StatementInWork(Conflict):
    """An alert has one text in work a channel."""

    title = "A statement is in work for this channel"
    slug = "statement-in-work"


class StatementPublished(Conflict):
    """What was published can't be changed."""

    title = "The statement is published"
    slug = "statement-published"


class StatementNotApproved(Conflict):
    """Only an approved text may be published."""

    title = "The statement is not approved"
    slug = "statement-not-approved"


class OwnStatement(Forbidden):
    """A text is approved by another person than who wrote it, or by an owner."""

    title = "Somebody else approves a statement"
    slug = "own-statement"


class UnknownRateTable(NotFound):
    title = "EMV rate table not found"
    slug = "emv-rate-table-not-found"


class RateTableExists(Conflict):
    """Somebody else has made the next version of this table at the same moment."""

    title = "This version of the rate table exists"
    slug = "emv-rate-table-exists"


CONSTRAINTS: dict[str, type[Problem]] = {
    "listening_queries_name": QueryExists,
    "alert_rules_query": AlertRuleExists,
    "statements_in_work": StatementInWork,
    "listening_events_key": ListeningEventExists,
    "emv_rate_tables_version": RateTableExists,
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
    UnknownAlertRule.title: "Uyarı kuralı bulunamadı",
    AlertRuleExists.title: "Bu sorgunun bir uyarı kuralı var",
    UnknownAlert.title: "Uyarı bulunamadı",
    UnknownListeningEvent.title: "Olay bulunamadı",
    ListeningEventExists.title: "Bu olay var",
    UnknownStatement.title: "Açıklama bulunamadı",
    StatementInWork.title: "Bu kanal için hazırlanan bir açıklama var",
    StatementPublished.title: "Açıklama yayımlandı",
    StatementNotApproved.title: "Açıklama onaylanmadı",
    OwnStatement.title: "Açıklamayı başka biri onaylar",
    UnknownRateTable.title: "EMV fiyat tablosu bulunamadı",
    RateTableExists.title: "Fiyat tablosunun bu sürümü var",
}
