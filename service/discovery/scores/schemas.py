"""Scores of influencers for a brief."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from scoring.scores import FitScore, Score
from service.discovery.briefs.schemas import EXCLUSIVITY_DAYS
from service.discovery.search.filters import Filters
from service.influencers.schemas import Platform

Language = Literal["en", "tr"]
MaybeLanguage = Annotated[
    Language | UnsetType, Meta(description="of the sentences; left out: as Accept-Language")
]
RunId = Annotated[str, Meta(max_length=40, description="a run whose first page is asked for again")]


class ScoresRequest(Struct, forbid_unknown_fields=True):
    """Who is ranked (as in a search) and which page.

    Without `cursor` and `run_id` a new run is made; with either, its order stands and `filters` are not read.
    """

    filters: Filters = Filters()
    limit: Annotated[int, Meta(ge=1, le=100)] = 50
    cursor: Annotated[str, Meta(max_length=2_000)] | UnsetType | None = UNSET
    run_id: RunId | UnsetType = UNSET
    language: MaybeLanguage = UNSET


# By part: peers, percentiles. A part reads its own (parts/base.py).
Populations = dict[str, Any]


class Asked(Struct, frozen=True):
    """What candidates are held against: a brief's wishes, completed by its personas. Stored with a run."""

    audience: dict[str, dict[str, float]]
    mode: Literal["minimum", "exact"]
    weights: dict[str, float]
    platforms: list[str]
    vetoed: list[UUID]
    vetoed_categories: list[str]
    brand_id: UUID | None = None
    description: str | None = None
    keywords: list[str] = []
    hashtags: list[str] = []
    competitors: list[UUID] = []
    exclusivity_days: int = EXCLUSIVITY_DAYS
    # categories of word lists whose hits are a veto; None: as the workspace says
    safety: list[str] | None = None


class PersonaRow(Struct):
    """What a persona says of an audience."""

    id: UUID
    demographics: dict[str, object]


class PeerGroup(Struct, frozen=True):
    """Accounts whose rates are of one kind: of each the followers, the rate, and over how many posts.

    A row a group and not a row an account: 100,000 accounts are some dozens of rows.
    """

    category: str | None
    platform: str | None
    er_format: str | None
    er_basis: str | None
    er_components: str | None
    er_statistic: str | None
    followers: list[int | None]
    er_value: list[float | None]
    er_n: list[int | None]


class CandidateGroup(PeerGroup, frozen=True):
    """Candidates whose scored accounts' rates are of one kind; a platform of None: no account."""

    keys: list[UUID]
    account_ids: list[UUID | None]
    opted_out: list[bool]
    excluded: list[bool]


class Audiences(Struct, frozen=True):
    """The newest audiences of candidates, flat: `lengths[i]` codes and shares are of place `places[i]`.

    Places count from 1. Codes (int4) and shares (float4) are as PostgreSQL sends arrays: each value behind
    its length.
    """

    places: list[int]
    samples: list[int | None]
    lengths: list[int]
    codes: bytes
    shares: bytes


class CodeRow(Struct, frozen=True):
    """The number of a code of an audience dimension."""

    id: int
    dimension: str
    code_folded: str


class RunRow(Struct):
    """A part of a run's order, and what the order was decided by. `total`: candidates in all."""

    id: UUID
    brief_id: UUID
    brief_version: int
    asked: Asked
    populations: Populations
    model_version: str
    part: list[UUID]
    total: int
    scored: int
    as_of: datetime
    shadow_version: str | None
    shadow: list[float | None]


class PersonRow(Struct):
    """What every list shows of an influencer."""

    id: UUID
    name: str
    avatar_url: str | None
    country: str | None
    city: str | None
    languages: list[str]
    categories: list[str]
    archived: bool
    opted_out: bool


class CardRow(PersonRow):
    """An influencer, and the account that was scored."""

    account_id: UUID | None
    platform: str | None
    handle: str | None
    url: str | None
    followers: int | None
    engagement_rate: float | None


class ScoredAccount(Struct):
    """The account that was scored: of those on the brief's platforms the one with most followers."""

    id: str
    platform: Platform
    handle: str | None
    url: str | None
    followers: int | None
    engagement_rate: float | None


class InfluencerCard(Struct):
    """An influencer as lists show one."""

    id: str
    name: str
    avatar_url: str | None
    country: str | None
    city: str | None
    languages: list[str]
    categories: list[str]
    archived: bool
    opted_out: bool


class Scores(Struct):
    """Five scores and the fit that they make, each with terms that sum to it; and the reasons in words."""

    fit: FitScore
    audience: Score
    authority: Score
    engagement: Score
    authenticity: Score
    content: Score
    sentences: list[str]


class Scored(Scores):
    """A ranked influencer; `rank` counts from 1. `shadow`: the fit by a model that only watches, if any."""

    rank: int
    influencer: InfluencerCard
    account: ScoredAccount | None
    shadow: float | None = None


class InfluencerScores(Scores):
    """The scores of one influencer for a brief, by the figures of now."""

    brief_id: str
    influencer: InfluencerCard
    account: ScoredAccount | None


class ScorePage(Struct):
    """A page of a run. `candidates`: all that were ranked; `scored`: those of them whose fit is known.

    The order is the run's, and so is the model: `model_version` names the cold start, and behind a + the
    learned model that is blended with it; `shadow_version` one that only watches. Later pages compute scores
    anew, for what the figures are by then; who has opted out, was archived or erased since is left out.
    """

    run_id: str
    brief_id: str
    brief_version: int
    model_version: str
    shadow_version: str | None
    as_of: datetime
    candidates: int
    scored: int
    data: list[Scored]
    next_cursor: str | None
    has_more: bool
