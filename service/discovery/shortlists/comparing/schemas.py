"""Influencers side by side."""

from datetime import datetime
from uuid import UUID

from msgspec import UNSET, Struct, UnsetType

from service.discovery.scores.schemas import InfluencerCard, Scores
from service.discovery.shortlists.items.schemas import Status
from service.influencers.accounts.schemas import Account
from service.influencers.audiences.schemas import AudienceShare, Dimension
from service.influencers.rates.schemas import Rate


class AudienceRow(Struct):
    """An influencer's newest audience."""

    influencer_id: UUID
    account_id: UUID
    source: str
    as_of: datetime
    sample_size: int | None
    dimensions: list[Dimension]
    codes: list[str]
    shares: list[float]


class ComparedAudience(Struct):
    """The newest audience of an influencer, of the account with most followers that has one."""

    account_id: str
    source: str
    as_of: datetime
    sample_size: int | None
    distributions: list[AudienceShare]


class Compared(Struct):
    """One column of a comparison. `scores` where the list has a brief."""

    influencer: InfluencerCard
    status: Status
    fit: float | None
    accounts: list[Account]
    rates: list[Rate]
    audience: ComparedAudience | None
    scores: Scores | UnsetType = UNSET


class Comparison(Struct):
    """Influencers of a list side by side."""

    shortlist_id: str
    brief_id: str | None
    data: list[Compared]
