"""PackChecks of posts, and the rules they are checked by."""

from datetime import date, datetime
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from service.influencers.schemas import Time
from service.mentions.disclosure.deciding import Code, Verdict
from service.mentions.disclosure.packs import AdLabel, Bilingual, ForbiddenClaim, Market, PackChecks, PackId

CheckPlatform = Literal[
    "instagram",
    "tiktok",
    "youtube",
    "x",
    "facebook",
    "linkedin",
    "pinterest",
    "twitch",
    "podcast",
    "blog",
    "other",
]
CheckFormat = Literal["post", "reel", "video", "short", "live", "story", "podcast"]
Body = Annotated[str, Meta(max_length=50_000)]
AdvertiserName = Annotated[str, Meta(min_length=1, max_length=200, pattern=r"\S")]
MOST_CHECKS = 1_000
# Of all texts of a request: a second of work.
MOST_TEXT = 2_000_000


class PostCheck(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A post that was paid for. What it consists of is sent; the rest is left out.

    `text`: the caption. `title`, `description`, `transcript`: of a video or a podcast. `frames`: what is
    written on each frame of a story, in order. `advertiser`: a name or handle; without it nobody looks
    whether it is named. `published_at`: the rules of that day hold; left out: today's. `pack`: these rules,
    whatever the day (also a draft).
    """

    platform: CheckPlatform
    market: Market
    text: Body = ""
    title: Annotated[str, Meta(max_length=1_000)] = ""
    description: Body = ""
    transcript: Body = ""
    frames: Annotated[list[Annotated[str, Meta(max_length=5_000)]], Meta(max_length=100)] = []
    format: CheckFormat | None = None
    advertiser: AdvertiserName | None = None
    other_names: Annotated[
        list[AdvertiserName], Meta(max_length=20, description="other names and handles of the advertiser")
    ] = []
    published_at: Time | None = None
    filters_used: Annotated[bool, Meta(description="a filter changes how a cosmetic product works")] = False
    ai_likeness: Annotated[bool, Meta(description="a person or voice was made by software")] = False
    pack: PackId | None = None


class PostChecks(Struct, forbid_unknown_fields=True):
    """Up to 1,000 posts, of two million characters together."""

    posts: Annotated[list[PostCheck], Meta(min_length=1, max_length=MOST_CHECKS)]


class CheckItems(Struct, forbid_unknown_fields=True):
    """The same as it is read: a bad item does not keep the good ones out."""

    posts: Annotated[list[dict[str, Any]], Meta(min_length=1, max_length=MOST_CHECKS)]


class TextSpan(Struct, frozen=True):
    """Code points `start` to `end` of a field as it was sent; `index`: of which frame, from 0."""

    field: Literal["text", "title", "description", "transcript", "frames"]
    index: int | None
    start: int
    end: int


class DisclosureFinding(Struct, frozen=True):
    """Something that may be wrong. `span` is null where nothing can be pointed at."""

    code: Code
    rule_id: str
    span: TextSpan | None
    explanation: Bilingual


class DisclosureVerdict(Struct, frozen=True):
    """What the rules make of a post: never legal advice. `pack`: null where none was in force that day."""

    verdict: Verdict
    findings: list[DisclosureFinding]
    explanation: Bilingual
    pack: str | None
    pack_version: int | None


class CheckError(Struct):
    """A field of a post that fails, and why."""

    path: str
    message: str


class CheckResult(Struct):
    """The verdict on an item, or what is wrong with it; `index` counts from 0."""

    index: int
    result: DisclosureVerdict | None
    errors: list[CheckError]


class CheckResults(Struct):
    """A result for every item, in their order, and how many there are of each kind."""

    results: list[CheckResult]
    ok: int
    possible_issues: int
    rejected: int


class DisclosureRule(Struct, frozen=True):
    """One rule of a pack: the code of its findings and what it says."""

    rule_id: str
    code: Code
    text: Bilingual


class RulePack(Struct, frozen=True):
    """A rule pack. `in_force`: on the day that is asked about."""

    id: str
    version: int
    title: Bilingual
    markets: list[str]
    platforms: list[str] | None
    source: str
    published_on: date
    valid_from: date | None
    valid_to: date | None
    timezone: str
    in_force: bool
    rules: list[DisclosureRule]
    labels: list[AdLabel]
    not_enough: list[AdLabel]
    checks: PackChecks
    claims: list[ForbiddenClaim]


class RulePacks(Struct):
    """All packs that fit, and how many characters of each field people see at once, by platform."""

    data: list[RulePack]
    at: datetime
    visible_characters: dict[str, dict[str, int | None]]
