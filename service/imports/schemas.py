"""Imports, as they are asked for, stored and shown."""

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from litestar.params import QueryParameter
from msgspec import Struct

from service.kit.jobs import Progress

Status = Literal["queued", "running", "succeeded", "failed", "cancelled"]
Format = Literal["auto", "csv", "ndjson", "json", "xlsx"]
Platform = Literal[
    "instagram", "tiktok", "youtube", "x", "facebook", "linkedin", "pinterest", "twitch", "other"
]

SOURCE = "import"
"""Where rows come from whose importer said nothing: the same for every file, so that a later one of the same
accounts finds those that are known by their name alone."""
UNSTATED = "unstated"


class Options(Struct, frozen=True):
    """How a file is to be read, as its uploader said it."""

    format: str = "auto"
    platform: str | None = None
    as_of: date | None = None
    shop: str | None = None
    sheet: str | None = None
    mapping: dict[str, str | None] = {}
    source: str = SOURCE
    legal_basis: str = UNSTATED
    dry_run: bool = False


class ColumnView(Struct, frozen=True):
    """A column of the file and what it is taken for; `field` null: it is not imported, `message` says why.

    `scope`: what the column is about where a field may stand several times (a platform, a format).
    """

    position: int
    header: str
    field: str | None
    scope: str | None
    confidence: float
    warning: str | None
    message: str | None


class Warned(Struct, frozen=True):
    """Something about the whole file that its owner should know. `code` is stable."""

    code: str
    message: str


class Counts(Struct, frozen=True):
    """Rows of the file, each counted once. `suppressed` are of people who opted out or were erased."""

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: int = 0
    suppressed: int = 0


class Plan(Struct, frozen=True):
    """What the file was found to be."""

    format: str
    encoding: str | None
    sheet: str | None
    header_row: int | None
    columns: list[ColumnView]
    warnings: list[Warned]


class ImportRow(Struct, frozen=True):
    """An import with its job."""

    id: UUID
    job_id: UUID
    kind: str
    filename: str | None
    size: int
    sha256: bytes
    options: Options
    first_seen_at: datetime
    created_by: str
    created_at: datetime
    format: str | None
    encoding: str | None
    sheet: str | None
    header_row: int | None
    columns: list[ColumnView]
    warnings: list[Warned]
    sample: list[dict[str, Any]]
    read: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    suppressed: int
    status: str
    done: int
    total: int | None
    error: dict[str, Any] | None
    started_at: datetime | None
    finished_at: datetime | None


class Import(Struct, frozen=True):
    """A file on its way in. `progress` counts rows; `total` is an estimate until the end, null where there is
    none. A dry run's counts are what an import would do, and `sample` its first records.
    """

    id: str
    job_id: str
    kind: str
    status: Status
    progress: Progress
    counts: Counts
    filename: str | None
    bytes: int
    sha256: str
    options: Options
    format: str | None
    encoding: str | None
    sheet: str | None
    header_row: int | None
    columns: list[ColumnView]
    warnings: list[Warned]
    sample: list[dict[str, Any]]
    error: dict[str, Any] | None
    created_by: str
    created_at: datetime
    started_at: datetime | None
    finished_at: datetime | None


class RejectRow(Struct, frozen=True):
    position: int
    row: int
    column: str | None
    value: str | None
    code: str
    reason: str


class RejectedRow(Struct, frozen=True):
    """A row that was not imported. `row` counts as the file shows it, from 1, with the header; `code` is
    stable, `reason` for people."""

    row: int
    column: str | None
    value: str | None
    reason: str
    code: str


def _text(most: int, description: str) -> QueryParameter:
    return QueryParameter(min_length=1, max_length=most, description=description)


KindName = Annotated[str, _text(40, "what the rows are, such as influencers, audiences, posts")]
FormatName = Annotated[Format, QueryParameter(description="what the file is; auto looks")]
FileName = Annotated[str | None, _text(255, "for a body that is no form; may tell platform and day")]
PlatformName = Annotated[Platform | None, QueryParameter(description="the platform of all accounts")]
Day = Annotated[date | None, QueryParameter(description="the day that the figures are of")]
Shop = Annotated[str | None, _text(200, "the shop that orders are of")]
SheetName = Annotated[str | None, _text(200, "a workbook's sheet, by name or by number from 1")]
Mapping = Annotated[
    str | None,
    QueryParameter(
        max_length=20_000,
        description="JSON: column (header, or position from 1) to field, null to leave it out:"
        ' {"Ad": "name"}; "=value" gives every row that value',
    ),
]
SourceName = Annotated[str, _text(200, "where the data was collected: a tool, a file, a person")]
LegalBasis = Annotated[str, _text(200, "on what ground it is kept, such as legitimate_interest")]
DryRun = Annotated[bool, QueryParameter(description="true: say what would happen, and write nothing")]
KindFilter = Annotated[str | None, QueryParameter(name="kind", max_length=40)]
StatusFilter = Annotated[Status | None, QueryParameter(name="status", description="where the import stands")]
