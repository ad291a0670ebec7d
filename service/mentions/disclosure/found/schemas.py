"""Findings of watched posts, what people said of them, and reports."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct

from service.mentions.disclosure.deciding import Code, Verdict
from service.mentions.disclosure.packs import Bilingual
from service.mentions.disclosure.schemas import TextSpan

FindingStatus = Literal["open", "confirmed", "dismissed"]
GroupBy = Literal["influencer", "watch", "code"]


class FindingRow(Struct):
    id: UUID
    watch_id: UUID
    post_id: UUID
    influencer_id: UUID
    platform: str
    url: str | None
    published_at: datetime | None
    code: Code
    rule_id: str
    pack_id: str
    pack_version: int
    field: str | None
    frame: int
    span_start: int | None
    span_end: int | None
    about: str
    explanation: Bilingual
    status: FindingStatus
    reason: str | None
    decided_by: str | None
    decided_at: datetime | None
    cleared_at: datetime | None
    created_at: datetime


class WatchedFinding(Struct):
    """A possible issue of a watched post. `cleared_at`: since then it is not found any more."""

    id: str
    watch_id: str
    influencer_id: str
    post_id: str
    platform: str
    url: str | None
    published_at: datetime | None
    code: Code
    rule_id: str
    pack: str
    pack_version: int
    span: TextSpan | None
    about: str
    explanation: Bilingual
    status: FindingStatus
    reason: str | None
    decided_by: str | None
    decided_at: datetime | None
    cleared_at: datetime | None
    created_at: datetime


class FindingPatch(Struct, forbid_unknown_fields=True):
    """What a person makes of a finding, and why."""

    status: FindingStatus
    reason: Annotated[str, Meta(min_length=1, max_length=1_000, pattern=r"\S")]


class ListedFindings(Struct, frozen=True):
    """What a list of findings is narrowed to. `verdict` possible_issue: what is still found; ok: cleared."""

    ids: list[UUID] | None = None
    influencer_id: UUID | None = None
    watch_id: UUID | None = None
    code: str | None = None
    status: str | None = None
    verdict: Verdict | None = None
    since: datetime | None = None
    until: datetime | None = None


class ReportRow(Struct):
    influencer_id: UUID | None
    watch_id: UUID | None
    code: str | None
    posts: int
    posts_with_issues: int
    findings: int
    open: int
    confirmed: int
    dismissed: int


class DisclosureReportLine(Struct):
    """Posts that were checked, and what was found in them. By code, `posts` are those with such a finding.

    A dismissed finding is no issue of its post.
    """

    influencer_id: str | None
    watch_id: str | None
    code: Code | None
    posts: int
    posts_with_issues: int
    share_with_issues: float
    findings: int
    open: int
    confirmed: int
    dismissed: int


class DisclosureReport(Struct):
    """The report's lines, the most issues first; `total` counts a post once."""

    data: list[DisclosureReportLine]
    total: DisclosureReportLine
