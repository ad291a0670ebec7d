"""Share links of a shortlist, and what their visitors see and say."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from service.discovery.scores.schemas import Scores
from service.discovery.shortlists.items.schemas import Id, Status
from service.influencers.accounts.schemas import AccountEngagement
from service.influencers.audiences.schemas import AudienceShare
from service.influencers.schemas import Name, Platform
from service.kit.money import Money

Can = Literal["view", "comment", "approve"]
Decision = Literal["approved", "rejected"]
Hidden = Literal["accounts", "audience", "comments", "contacts", "notes", "rates", "scores", "status"]
Author = Annotated[str, Meta(min_length=1, max_length=100, pattern=r"\S", description="who speaks")]
Text = Annotated[str, Meta(min_length=1, max_length=4_000, pattern=r"\S")]


class NewShare(Struct, forbid_unknown_fields=True):
    """A link for somebody without an account. What is hidden is not in the answer at all.

    Notes and contacts are never part of it, named or not. Without `expires_at` it ends in 30 days.
    """

    expires_at: Annotated[datetime, Meta(tz=True)] | None = None
    can: Can = "view"
    hide: Annotated[list[Hidden], Meta(max_length=8)] = []
    name: Name | None = None


class ShareRow(Struct):
    id: UUID
    shortlist_id: UUID
    name: str | None
    can: Can
    hide: list[Hidden]
    expires_at: datetime
    revoked_at: datetime | None
    created_at: datetime


class FoundShare(Struct):
    """Where a live share link lies."""

    workspace_id: UUID
    share_id: UUID


class VisitRow(Struct):
    """A live share link and the list behind it."""

    id: UUID
    shortlist_id: UUID
    can: Can
    hide: list[Hidden]
    expires_at: datetime
    list_name: str
    brief_id: UUID | None


class CommentRow(Struct):
    id: UUID
    share_id: UUID
    share_name: str | None
    influencer_id: UUID | None
    author: str
    text: str | None
    decision: Decision | None
    created_at: datetime


class ShortlistShare(Struct):
    """A share link, without its token."""

    id: str
    shortlist_id: str
    name: str | None
    can: Can
    hide: list[Hidden]
    expires_at: datetime
    revoked_at: datetime | None
    created_at: datetime


class CreatedShare(ShortlistShare):
    """`token`, and `url` with it, are shown this once and stored nowhere."""

    token: str
    url: str


class ShortlistComment(Struct):
    """What was said through a share link, of an influencer or (null) of the whole list."""

    id: str
    share_id: str
    share_name: str | None
    influencer_id: str | None
    author: str
    text: str | None
    decision: Decision | None
    created_at: datetime


class NewComment(Struct, forbid_unknown_fields=True):
    """What a visitor says of an influencer, or of the whole list."""

    author: Author
    text: Text
    influencer_id: Id | None = None


class NewDecision(Struct, forbid_unknown_fields=True):
    """What a visitor decides: it is the item's status at once."""

    author: Author
    influencer_id: Id
    decision: Decision
    reason: Text | None = None


class SharedComment(Struct):
    """What was said through this link."""

    id: str
    influencer_id: str | None
    author: str
    text: str | None
    decision: Decision | None
    created_at: datetime


class SharedInfluencer(Struct):
    """An influencer as a visitor sees one."""

    id: str
    name: str
    avatar_url: str | None
    country: str | None
    city: str | None
    languages: list[str]
    categories: list[str]


class SharedAccount(Struct):
    """An account with its newest figures."""

    platform: Platform
    handle: str | None
    url: str | None
    verified: bool | None
    followers: int | None
    avg_views: float | None
    avg_likes: float | None
    avg_comments: float | None
    engagement_rate: AccountEngagement | None


class SharedRate(Struct):
    """A price that is valid today."""

    platform: Platform
    format: str
    price: Money
    tax_included: bool | None


class SharedAudience(Struct):
    """The newest audience that is known."""

    as_of: datetime
    sample_size: int | None
    distributions: list[AudienceShare]


class SharedItem(Struct):
    """An influencer of a shared list; what the link hides is left out."""

    influencer: SharedInfluencer
    status: Status | UnsetType = UNSET
    accounts: list[SharedAccount] | UnsetType = UNSET
    rates: list[SharedRate] | UnsetType = UNSET
    audience: SharedAudience | UnsetType | None = UNSET
    scores: Scores | UnsetType = UNSET
    comments: list[SharedComment] | UnsetType = UNSET


class SharedList(Struct):
    """A page of a shared list. `comments` are those on the whole list; `can`: what the link allows."""

    name: str
    can: Can
    expires_at: datetime
    data: list[SharedItem]
    next_cursor: str | None
    has_more: bool
    comments: list[SharedComment] | UnsetType = UNSET
