"""/v1/listening/sources: where mentions come from."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from service.conversions.inbound.deliveries.schemas import DeliveryOutcome, DeliveryStatus
from service.conversions.inbound.schemas import Secret
from service.influencers.schemas import Name, Url
from service.kit.jobs import JobView

SourceKind = Literal["brandwatch", "talkwalker", "mention", "meta", "x", "reddit", "rss", "generic"]
POLLED = frozenset(("reddit", "rss"))
INTERVAL_S = 900
MOST_SOURCES = 500
Interval = Annotated[int, Meta(ge=60, le=604_800, description="seconds between two looks at a feed")]
Token = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=2_000,
        pattern=r"^[\x21-\x7e]+$",
        description="with which Meta is asked for the text of what it only names; never shown again",
    ),
]
Aliases = Annotated[
    dict[
        Annotated[str, Meta(min_length=1, max_length=40)], Annotated[str, Meta(min_length=1, max_length=200)]
    ],
    Meta(
        max_length=30,
        description="of `generic`: where the fields of a mention stand in what is sent, as a path with dots, "
        "or `=` and a constant: `{text: payload.body, source: =trustpilot}`",
    ),
]


class NewSource(Struct, forbid_unknown_fields=True):
    """A source of mentions. `reddit` and `rss` are asked every `interval_s` seconds at their `url`; the
    others send to the `inbound_url` that is answered, signed with `secret` where they sign (Meta
    does always)."""

    kind: SourceKind
    name: Name
    url: Url | None = None
    interval_s: Interval | None = None
    secret: Secret | None = None
    access_token: Token | None = None
    aliases: Aliases = {}


class SourcePatch(Struct, forbid_unknown_fields=True):
    """What is left out stays. A null `secret` or `access_token` takes it away. A new `url` is asked
    at once."""

    name: Name | UnsetType = UNSET
    url: Url | UnsetType = UNSET
    interval_s: Interval | UnsetType = UNSET
    secret: Secret | UnsetType | None = UNSET
    access_token: Token | UnsetType | None = UNSET
    aliases: Aliases | UnsetType = UNSET
    paused: bool | UnsetType = UNSET


class SourceFault(Struct, frozen=True, omit_defaults=True):
    """Something that could not be read: where, why (a code), and what stood there. `lost`: a mention is
    missing for it; else it came in without that field."""

    path: str
    why: str
    value: str | None = None
    lost: bool = False


class SourceResult(Struct, frozen=True):
    """What the last look or delivery brought. `faults` are the first 20 of `failed`; `wanted`: mentions that
    were only named, and are asked for."""

    at: datetime
    status_code: int | None
    created: int
    updated: int
    unchanged: int
    ignored: int
    wanted: int
    failed: int
    faults: list[SourceFault]


class SourceCounts(Struct):
    """All that a source ever brought; `failed` counts what could not be read."""

    created: int
    updated: int
    unchanged: int
    failed: int


class FetchCounts(Struct):
    """Mentions that Meta only named: how many wait for their text, have it, or could not be had."""

    waiting: int
    done: int
    failed: int


class ListeningSource(Struct, kw_only=True):
    """A source and how it does. `status`: ok, waiting (nothing came yet), failing (the last look failed;
    `failures` in a row), paused. `inbound_url` is a credential: for those who may write. `cursor`: where the
    sender's stream or list goes on."""

    id: str
    kind: SourceKind
    name: str
    url: str | None
    interval_s: int | None
    inbound_url: str | None
    signed: bool
    has_access_token: bool
    aliases: dict[str, str]
    status: Literal["ok", "waiting", "failing", "paused"]
    next_poll_at: datetime | None
    last_at: datetime | None
    last_ok_at: datetime | None
    last_result: SourceResult | None
    last_error: str | None
    last_error_at: datetime | None
    failures: int
    cursor: str | None
    counts: SourceCounts
    fetches: FetchCounts | None
    created_at: datetime
    updated_at: datetime


class SourceDelivery(Struct):
    """Something that a source sent. `outcomes` count the mentions in it, and say what could not be read."""

    id: str
    source_id: str
    size: int
    verified: bool
    status: DeliveryStatus
    why: str | None
    outcomes: list[DeliveryOutcome]
    attempts: int
    replayable: bool
    received_at: datetime
    processed_at: datetime | None


class SourceReplay(Struct):
    """The job that reads a source's deliveries again. `matched`: how many there are; of those, `without_body`
    can't be read any more."""

    job: JobView
    matched: int
    without_body: int


class SourcePoll(Struct):
    """The job that looks at a feed now."""

    job: JobView


class SourceRow(Struct, frozen=True):
    id: UUID
    kind: SourceKind
    name: str
    url: str | None
    interval_s: int | None
    integration_id: UUID | None
    aliases: dict[str, str]
    token_sealed: bytes | None
    paused: bool
    due_at: datetime | None
    etag: str | None
    last_modified: str | None
    cursor: str | None
    failures: int
    last_at: datetime | None
    last_ok_at: datetime | None
    last_result: dict[str, Any] | None
    last_error: str | None
    last_error_at: datetime | None
    created: int
    updated: int
    unchanged: int
    failed: int
    version: int
    created_at: datetime
    updated_at: datetime


class FetchRow(Struct, frozen=True):
    """A mention that has to be asked for, with what it is asked with."""

    source_id: UUID
    media_id: str
    comment_id: str
    user_id: str
    attempts: int
    token_sealed: bytes


class FetchCount(Struct, frozen=True):
    source_id: UUID
    status: str
    number: int


class PollRow(Struct, frozen=True):
    """A feed that is due."""

    id: UUID
    kind: str
    url: str
    interval_s: int
    etag: str | None
    last_modified: str | None
    failures: int
    version: int
