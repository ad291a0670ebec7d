"""What is known of a mention after another look at it. Pure.

The order in which looks arrive says nothing: the later look counts, and the earlier one fills what it left
open.
"""

from collections.abc import Iterable
from datetime import datetime

from msgspec import Struct, structs

from service.influencers.identity import digest
from service.mentions.keys import mention_key
from service.mentions.reports import MentionReport

MOST_DIGESTS = 40


class Told(Struct):
    """All reports of one mention in a batch, made one; `places`: which of the batch they are.

    `digests`: of each report, by which a repeated delivery is known.
    """

    key: str
    report: MentionReport
    digests: list[int]
    places: list[int]


def together(reports: Iterable[MentionReport], now: datetime) -> list[Told]:
    """Reports by mention, in the order of their keys (rows are locked in that order).

    `now` is when those were seen that don't say.
    """
    found: dict[str, Told] = {}
    for place, report in enumerate(reports):
        key, seen = mention_key(report), digest(structs.astuple(report))
        looked = structs.replace(report, observed_at=report.observed_at or now)
        known = found.setdefault(key, Told(key, looked, [], []))
        known.places.append(place)
        if seen not in known.digests:
            known.report = merged(known.report, looked)
            known.digests.append(seen)
    return [found[key] for key in sorted(found)]


def merged(before: MentionReport, after: MentionReport) -> MentionReport:
    """Both looks as one; of two at the same time the second counts.

    >>> from datetime import UTC, datetime, timedelta
    >>> at = datetime(2026, 1, 1, tzinfo=UTC)
    >>> one = MentionReport(source="x", platform="x", text="hi", published_at=at, observed_at=at, likes=5)
    >>> later = structs.replace(one, observed_at=at + timedelta(hours=1), likes=9)
    >>> merged(later, one).likes, merged(one, later).likes
    (9, 9)
    """
    older, newer = sorted((before, after), key=lambda report: report.observed_at or report.published_at)
    said = {name: value for name, value in structs.asdict(newer).items() if value not in (None, (), "")}
    return structs.replace(older, **said)
