"""A mention as a row of the table. Pure."""

import hmac
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct, structs

from service.influencers.identity import fold_handle
from service.kit.text import fold_tr
from service.mentions.keys import site
from service.mentions.merging import MOST_DIGESTS, Told, merged
from service.mentions.reports import MentionReport

AUTHOR_BYTES = 16
_OURS = ("influencer_id", "account_id", "hand_label", "campaign_id")
_READ = ("label", "score", "positive", "negative", "model", "text_kind")
_TOLD = tuple(name for name in MentionReport.__struct_fields__ if name not in ("author_id", "tags"))


class Reading(Struct, frozen=True):
    """What the text says to us: its language and its sentiment (`label` None: not sure enough).

    `model`: the version that labelled it; `text_kind`: the kind of text, among those that the model knows."""

    language: str | None = None
    label: str | None = None
    score: float | None = None
    positive: float | None = None
    negative: float | None = None
    model: str | None = None
    text_kind: str | None = None


class MentionValues(Struct):
    """The columns of a mention that intake writes, in the order in which they are written."""

    id: UUID
    key: str
    source: str
    native_id: str | None
    url: str | None
    site: str | None
    platform: str
    kind: str
    title: str | None
    text: str
    language: str | None
    country: str | None
    author_name: str | None
    author_handle: str | None
    author_key: bytes | None
    influencer_id: UUID | None
    account_id: UUID | None
    thread_id: str | None
    published_at: datetime
    observed_at: datetime
    followers: int | None
    reach: int | None
    impressions: int | None
    views: int | None
    likes: int | None
    comments: int | None
    shares: int | None
    engagement: int | None
    stars: float | None
    raw_sentiment: str | None
    raw_label: str | None
    raw_score: float | None
    label: str | None
    score: float | None
    positive: float | None
    negative: float | None
    model: str | None
    text_kind: str | None
    tags: list[str]
    digests: list[int]
    hand_label: str | None = None
    campaign_id: UUID | None = None


class Change(Struct):
    """What becomes of a mention: `values` is None where nothing new was told. `reread`: its words changed."""

    told: Told
    mention_id: UUID
    status: str
    values: MentionValues | None
    reread: bool


def change(told: Told, known: MentionValues | None, new_id: UUID, key: bytes) -> Change:
    """What a batch's reports of one mention do to what is known of it. `key`: the workspace's."""
    if known is None:
        return Change(
            told, new_id, "created", _values(new_id, told.key, told.report, told.digests, key), True
        )
    fresh = [one for one in told.digests if one not in known.digests]
    if not fresh:
        return Change(told, known.id, "unchanged", None, False)
    before = report_of(known)
    report = merged(before, told.report)
    values = _values(known.id, known.key, report, [*known.digests, *fresh][-MOST_DIGESTS:], key)
    reread = (report.title, report.text) != (before.title, before.text)
    kept = {name: getattr(known, name) for name in (*_OURS, *(() if reread else _READ))}
    made = structs.replace(
        values,
        **kept,
        tags=list(dict.fromkeys([*known.tags, *report.tags])),
        author_key=values.author_key or known.author_key,
        language=report.language or (None if reread else known.language),
    )
    same = structs.replace(made, digests=known.digests, observed_at=known.observed_at) == known
    return Change(told, known.id, "unchanged" if same else "updated", made, reread)


def report_of(values: MentionValues) -> MentionReport:
    """What was told of a mention so far."""
    return MentionReport(**{name: getattr(values, name) for name in _TOLD})


def read(values: MentionValues, reading: Reading) -> MentionValues:
    """The row with what its text says; a language that the source names stays."""
    found = structs.asdict(reading)
    return structs.replace(values, **{**found, "language": values.language or reading.language})


def author_key(key: bytes, platform: str, author: str | None) -> bytes | None:
    """Tells authors of a platform apart without naming them.

    >>> author_key(b"k", "x", "@Elci") == author_key(b"k", "x", "elci"), author_key(b"k", "x", None)
    (True, None)
    """
    folded = fold_handle((author or "").strip().lstrip("@"))
    if not folded:
        return None
    return hmac.digest(key, f"{platform}\0author\0{folded}".encode(), "sha256")[:AUTHOR_BYTES]


def engagement(report: MentionReport) -> int | None:
    """As the source sums it up, else likes, comments and shares as far as they are known."""
    known = [each for each in (report.likes, report.comments, report.shares) if each is not None]
    return report.engagement if report.engagement is not None or not known else sum(known)


def folded_handle(values: MentionValues) -> str | None:
    """How an author's handle is searched for."""
    return fold_handle((values.author_handle or "").lstrip("@"))


def folded_name(values: MentionValues) -> str | None:
    """How an author's name is searched for."""
    return fold_tr(values.author_name or "") or None


def _values(
    mention_id: UUID, key: str, report: MentionReport, digests: list[int], workspace_key: bytes
) -> MentionValues:
    author = report.author_handle or report.author_id or report.author_name
    told: dict[str, Any] = {name: getattr(report, name) for name in _TOLD}
    told |= dict.fromkeys(("influencer_id", "account_id", *_READ))
    told |= {
        "id": mention_id,
        "key": key,
        "site": site(report.url),
        "author_key": author_key(workspace_key, report.platform, author),
        "engagement": engagement(report),
        "tags": list(report.tags),
        "digests": digests,
    }
    return MentionValues(**told)
