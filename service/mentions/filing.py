"""Files of mentions and reviews, taken in as any other report."""

import re
from collections.abc import Sequence

from msgspec import structs

from service.imports.outcomes import Origin, Outcome
from service.imports.schemas import SOURCE
from service.kit.db import Connection
from service.kit.text import fold_tr
from service.mentions.dating import dated
from service.mentions.intake.files import MentionFileRow
from service.mentions.intake.making import platform_of
from service.mentions.reports import MentionReport
from service.mentions.sentiments import said
from service.mentions.taking import take

_TOLD = tuple(
    name
    for name in MentionFileRow.__struct_fields__
    if name not in ("row", "source", "platform", "kind", "text", "published_at", "sentiment", "url")
)
_KINDS = {
    **dict.fromkeys(("news", "blog", "web"), "article"),
    **dict.fromkeys(("youtube", "tiktok"), "video"),
    **dict.fromkeys(("forum", "review", "podcast"), None),
}


async def take_in(db: Connection, origin: Origin, rows: Sequence[MentionFileRow]) -> Sequence[Outcome]:
    """Takes the mentions of a batch in: an outcome for each row."""
    reports = [report(row, origin) for row in rows]
    undated = [at for at, row in enumerate(rows) if row.published_at is None]
    reports = await dated(db, origin.workspace_id, reports, undated)
    taken = await take(db, origin.settings, origin.workspace_id, reports)
    return [Outcome(each.status) for each in taken]


def report(row: MentionFileRow, origin: Origin) -> MentionReport:
    """A row of a file as a report. One without a time is of the file's day."""
    meant = said(row.sentiment)
    platform = row.platform if row.platform not in (None, "other") else None
    platform = platform or platform_of(row.url, "web" if row.stars is None else "review")
    return MentionReport(
        source=source_of(row.source, origin.source),
        platform=platform,
        kind=row.kind or kind_of(platform, row.stars),
        url=row.url,
        text=row.text or "",
        published_at=row.published_at or origin.as_of,
        raw_sentiment=meant.raw if meant else None,
        raw_label=meant.label if meant else None,
        raw_score=meant.score if meant else None,
        **{name: value for name, value in structs.asdict(row).items() if name in _TOLD},
    )


def kind_of(platform: str, stars: float | None) -> str:
    """What a mention is where its file doesn't say.

    >>> kind_of("x", 4.0), kind_of("news", None), kind_of("forum", None), kind_of("x", None)
    ('review', 'article', 'forum', 'post')
    """
    if stars is not None:
        return "review"
    return _KINDS.get(platform, "post") or platform


def source_of(told: str | None, given: str) -> str:
    """The code of the source: as the row says it, else as the import was given it, else a file.

    >>> source_of("Brandwatch", "import"), source_of(None, "Mention export"), source_of(None, "import")
    ('brandwatch', 'mention_export', 'file')
    """
    for name in (told, None if given == SOURCE else given):
        code = re.sub(r"[^a-z0-9.]+", "_", fold_tr(name or "")).strip("_.")[:40]
        if code:
            return code
    return "file"
