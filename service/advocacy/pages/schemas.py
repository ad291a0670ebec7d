"""Pages on which people join an advocacy program by themselves, and what they send."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import Meta, Struct, field

from service.advocacy.terms.shapes import Member
from service.influencers.schemas import Email, Name
from service.links.catalogue.schemas import Address
from service.programs.pages.schemas import Consent, WordedLine, WordedProse
from service.programs.preferences.schemas import Language

CodePattern = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=40,
        description="of personal codes: `{name}` is the first name, each `#` a letter or digit by chance",
        examples=["{name}-####"],
    ),
]
Slug = Annotated[
    str,
    Meta(
        pattern="^[a-z0-9]([a-z0-9-]{0,58}[a-z0-9])?$",
        description="words in the page's address that people can read; the address is found by what follows",
    ),
]
Version = Annotated[str, Meta(max_length=64)]
Outcome = Literal["joined", "member"]
Ended = Literal["joined", "member", "resting", "waiting", "customers_only", "closed", "partner"]


class JoinTexts(Struct, frozen=True, forbid_unknown_fields=True):
    """What the page says in the brand's own words; what is left out is said in the house's. `notice`: what
    whoever joins is told of their data, which nobody has to agree to; `consent`: what they agree to;
    `marketing`: what the second box agrees to; `share`: what an advocate's message to a friend begins
    with."""

    headline: WordedLine | None = None
    intro: WordedProse | None = None
    terms: WordedProse | None = None
    notice: WordedProse | None = None
    consent: WordedProse | None = None
    marketing: WordedProse | None = None
    share: WordedLine | None = None


class NewJoinPage(Struct, frozen=True, forbid_unknown_fields=True):
    """A program's page to join on. `url`: where personal links lead; without it there are none.
    `code_pattern`: of personal codes; without it there are none. `member`: who people are who join here.
    `customers_only`: those alone whose address is known from an order. `marketing`: whether the page has a
    box for news by mail, which nobody has to tick."""

    enabled: bool = True
    slug: Slug | None = None
    url: Address | None = None
    code_pattern: CodePattern | None = None
    member: Member = "customer"
    customers_only: bool = False
    marketing: bool = False
    texts: JoinTexts = field(default_factory=JoinTexts)


class JoinPageRow(Struct):
    program_id: UUID
    token: str
    slug: str | None
    enabled: bool
    url: str | None
    code_pattern: str | None
    member: Member
    customers_only: bool
    marketing: bool
    texts: JoinTexts
    version: int
    created_at: datetime
    updated_at: datetime


class JoinPage(Struct):
    """A program's page to join on. `page_url`: its address, to be put anywhere. `open`: people can join now;
    `closed_because`: `disabled`, `program` (it rests), `terms` (there are none, they are over, or they let
    nobody in by a page or as this `member`)."""

    program_id: str
    page_url: str
    open: bool
    closed_because: Literal["disabled", "program", "terms"] | None
    enabled: bool
    slug: str | None
    url: str | None
    code_pattern: str | None
    member: Member
    customers_only: bool
    marketing: bool
    texts: JoinTexts
    created_at: datetime
    updated_at: datetime


class PublicJoinPage(Struct):
    """The page as those see it who may join, in one language. `notice` has to be shown, `consent` has to be
    agreed to, `marketing` may be (null where the page doesn't ask); who sends the form names the versions
    that were shown."""

    program_id: str
    program: str
    brand: str
    language: Language
    open: bool
    customers_only: bool
    headline: str
    intro: str
    terms: str | None
    notice: str
    consent: Consent
    marketing: Consent | None


class JoiningForm(Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who asks to join. `consent_version`: the text that was shown and agreed to;
    `marketing_version`: the same of the second box, left out where it isn't ticked. `board_name`: to be shown
    by on the leaderboard, left out to stay off it. `ref`: whose invitation it was (adv_... or ref_...).
    `fax` is shown to nobody and stays empty: programs that fill in every field are known by it."""

    name: Name
    email: Email
    consent_version: Version
    marketing_version: Version | None = None
    board_name: Name | None = None
    ref: Annotated[str, Meta(max_length=40)] | None = None
    language: Language | None = None
    fax: Annotated[str, Meta(max_length=200)] = ""


class JoiningReceived(Struct):
    """The same answer to every form that is complete: it does not tell whether an address is a customer's or
    a member's. A mail asks whether the address is theirs; whoever confirms there has joined."""

    status: Literal["received"]
    message: str


class Written(Struct, frozen=True):
    """What somebody wrote, sealed until they confirm."""

    name: str
    email: str
    board_name: str | None


class JoinRequestRow(Struct):
    """A request. `is_over`: its link is too old."""

    id: UUID
    program_id: UUID
    address_key: bytes
    sealed: bytes | None
    language: Language
    brought_by: UUID | None
    referral_id: UUID | None
    consent_version: str
    marketing_version: str | None
    outcome: Outcome | None
    advocate_id: UUID | None
    is_over: bool
    created_at: datetime


class FoundPage(Struct):
    """Whose a page is, before anybody has said who they are."""

    workspace_id: UUID
    program_id: UUID
    locale: str


class Sharing(Struct, frozen=True):
    """What an advocate has to share."""

    name: str
    link: str | None
    code: str | None
    page: str | None
