"""Findings and reports as the API and spreadsheets show them. Pure."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from service.imports.rejects_csv import BOM, harmless
from service.kit import ids
from service.mentions.disclosure.found.schemas import (
    DisclosureReport,
    DisclosureReportLine,
    FindingRow,
    ReportRow,
    WatchedFinding,
)
from service.mentions.disclosure.schemas import TextSpan

COLUMNS = (
    *("id", "watch_id", "influencer_id", "post_id", "platform", "url", "published_at", "code", "rule_id"),
    *("pack", "pack_version", "field", "span_start", "span_end", "about", "explanation_tr", "explanation_en"),
    *("status", "reason", "decided_by", "decided_at", "cleared_at", "created_at"),
)


def finding(row: FindingRow) -> WatchedFinding:
    """A finding with outer ids."""
    span = None
    if row.field is not None and row.span_start is not None and row.span_end is not None:
        frame = None if row.frame < 0 else row.frame
        span = TextSpan(row.field, frame, row.span_start, row.span_end)  # type: ignore[arg-type]
    return WatchedFinding(
        id=ids.show("dfi", row.id),
        watch_id=ids.show("dwt", row.watch_id),
        influencer_id=ids.show("inf", row.influencer_id),
        post_id=ids.show("pst", row.post_id),
        platform=row.platform,
        url=row.url,
        published_at=row.published_at,
        code=row.code,
        rule_id=row.rule_id,
        pack=row.pack_id,
        pack_version=row.pack_version,
        span=span,
        about=row.about,
        explanation=row.explanation,
        status=row.status,
        reason=row.reason,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        cleared_at=row.cleared_at,
        created_at=row.created_at,
    )


def header() -> str:
    """The header's line of the spreadsheet."""
    return BOM + ",".join(COLUMNS) + "\r\n"


def lines(rows: Iterable[FindingRow]) -> str:
    """Rows of the spreadsheet; no cell is ever run."""
    out = StringIO()
    csv.writer(out).writerows([_cell(value) for value in _cells(finding(row))] for row in rows)
    return out.getvalue()


def _cells(one: WatchedFinding) -> Sequence[object]:
    span = one.span
    place = (None, None, None) if span is None else (span.field, span.start, span.end)
    return (
        *(one.id, one.watch_id, one.influencer_id, one.post_id, one.platform, one.url, one.published_at),
        *(one.code, one.rule_id, one.pack, one.pack_version, *place, one.about),
        *(one.explanation.tr, one.explanation.en, one.status, one.reason, one.decided_by, one.decided_at),
        *(one.cleared_at, one.created_at),
    )


def _cell(value: object) -> str | None:
    if isinstance(value, str):
        return harmless(value)
    if value is None:
        return None
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def report(rows: Sequence[ReportRow], total: ReportRow) -> DisclosureReport:
    """A report with the share of posts that may have an issue."""
    return DisclosureReport([_line(row) for row in rows], _line(total))


def _line(row: ReportRow) -> DisclosureReportLine:
    return DisclosureReportLine(
        influencer_id=ids.show_or_none("inf", row.influencer_id),
        watch_id=ids.show_or_none("dwt", row.watch_id),
        code=row.code,  # type: ignore[arg-type]
        posts=row.posts,
        posts_with_issues=row.posts_with_issues,
        share_with_issues=row.posts_with_issues / row.posts if row.posts else 0.0,
        findings=row.findings,
        open=row.open,
        confirmed=row.confirmed,
        dismissed=row.dismissed,
    )
