"""Reach plans: as they are asked for, stored and answered."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from msgspec import Meta, Struct

from graph.estimates import Estimate
from service.discovery.computations.operations.models import Kind as ModelKind
from service.discovery.computations.schemas import Chance
from service.discovery.plans.costs import Per
from service.discovery.reach.schemas import Planned, PlannedPosts
from service.discovery.reach.show import Figure, ReachFigure
from service.discovery.scores.schemas import CardRow, ScoredAccount
from service.discovery.shortlists.items.schemas import Status
from service.influencers.schemas import Name, Platform
from service.kit.money import Money, Price

Objective = Literal["unique_followers", "unique_reach", "target_reach", "spread"]
Reason = Literal[
    "excluded",
    "opted_out",
    "archived",
    "no_account",
    "no_posts_planned",
    "no_cost",
    "other_currency",
    "cost_too_large",
    "no_audience_set",
    "uniform_sample",
    "sample_too_small",
    "no_reach_rate",
    "target_unknown",
    "over_budget",
    "not_in_graph",
]
Method = Literal["subsets", "pairs", "greedy"]
PlanStatus = Literal["computing", "done", "failed", "cancelled"]
NoteCode = Literal[
    "sampled",
    "platforms_not_linked",
    "platforms_linked",
    "posts_assumed",
    "rates_assumed",
    "target_independent",
    "tax_differs",
    "hidden",
    "members_gone",
    "audiences_unknown",
    "spread_estimated",
    "spread_memory",
    "not_in_graph",
]

MOST = 1_000
Id = Annotated[str, Meta(max_length=40)]
Ids = Annotated[list[Id], Meta(max_length=MOST)]
AtMost = Annotated[int, Meta(ge=1, le=MOST)]


class GivenCost(Struct, frozen=True, forbid_unknown_fields=True):
    """What an influencer asks for, of each planned post or of all of them; it counts before the rate card."""

    influencer_id: Id
    price: Price
    per: Per = "package"


class Limits(Struct, frozen=True, forbid_unknown_fields=True):
    """At most so many influencers of each category (one with several counts in each), of each platform."""

    per_category: AtMost | None = None
    per_platform: AtMost | None = None


class PlanRequest(Struct, frozen=True, forbid_unknown_fields=True):
    """Whom to take for a budget.

    Either the influencers of a shortlist (of some statuses; without any: all but the ignored and rejected) or
    some by id. Each is planned with one account: of the `platforms`, where any are named, the largest whose
    followers are known. Without `posts` one post each is planned. `target_reach` counts people of the
    audience that a brief asks for: the share of each account's audience that is inside it. `spread` counts
    nodes of a reach graph (`graph_id`) whom the influencers are expected to win; `model`, `p`, `repeated` and
    `reverse` say how, as for a graph's influence: left out, weighted cascade along the graph's orientation.
    Nobody's followers need to be known for it, and it is always made by a job.
    """

    budget: Price
    shortlist_id: Id | None = None
    influencer_ids: Ids | None = None
    objective: Objective = "unique_reach"
    posts: Annotated[list[PlannedPosts], Meta(max_length=MOST)] = []
    costs: Annotated[list[GivenCost], Meta(max_length=MOST)] = []
    must_include: Ids = []
    exclude: Ids = []
    max_size: AtMost | None = None
    limits: Limits = Limits()
    brief_id: Id | None = None
    statuses: Annotated[list[Status], Meta(max_length=6)] = []
    platforms: Annotated[list[Platform], Meta(max_length=9)] = []
    name: Name | None = None
    graph_id: Id | None = None
    model: ModelKind | None = None
    p: Chance | Literal["weights"] | None = None
    repeated: bool = False
    reverse: bool | None = None


class AskedCost(Struct, frozen=True):
    """GivenCost with the influencer's inner id."""

    influencer_id: UUID
    price: Price
    per: Per


class AskedSpread(Struct, frozen=True):
    """The graph of the objective spread, and how influence spreads in it."""

    graph_id: UUID
    model: ModelKind
    p: float | Literal["weights"] | None
    repeated: bool
    reverse: bool | None


class Asked(Struct, frozen=True):
    """A request with inner ids, as it is stored."""

    budget: Price
    objective: Objective
    shortlist_id: UUID | None
    influencer_ids: list[UUID] | None
    posts: list[Planned]
    costs: list[AskedCost]
    must_include: list[UUID]
    exclude: list[UUID]
    max_size: int | None
    limits: Limits
    brief_id: UUID | None
    statuses: list[str]
    platforms: list[str]
    spread: AskedSpread | None = None


class Step(Struct, frozen=True):
    """An influencer of the plan, and what it adds to those before it: people of the objective."""

    influencer_id: UUID
    account_id: UUID
    platform: str
    cost: int
    marginal: float
    cumulative: float
    cost_per_1000: int | None


class Contacts(Struct, frozen=True):
    """People whom the planned posts reach at least once, twice, three times; average: contacts of each."""

    average: float | None
    once: float
    twice: float
    thrice: float
    impressions: float


class Spread(Struct, frozen=True):
    """What the plan wins in a version of a graph of `of` nodes.

    With probability `confidence` it wins more than `lower`, and no allowed plan more than the upper bound.
    memory_ended: before the choice was as good as it was to be.
    """

    figure: Estimate
    graph_id: UUID
    version: int
    of: int
    lower: float
    confidence: float
    memory_ended: bool


class Chosen(Struct, frozen=True):
    """A plan. value, upper_bound: people of the objective; optimality: value / upper_bound.

    exact: nothing better exists (among the people that it was made on). sampled: how many these were, null
    where all were. platforms_linked: whether people are known to be the same wherever they follow. assumed:
    influencers whose reach rate is taken from a table. guarantee: what the method can't fall short of
    beforehand, null where limits bound the plan. spread, absent: by influence, what it wins, and who has no
    node in the graph; optimality is its lower bound by the upper then.
    """

    steps: tuple[Step, ...]
    total_cost: int
    value: float
    upper_bound: float
    optimality: float
    exact: bool
    method: Method
    guarantee: float | None
    cost_per_1000: int | None
    unique_followers: Estimate
    unique_reach: Estimate
    target_reach: Estimate | None
    contacts: Contacts | None
    assumed: tuple[UUID, ...]
    sampled: int | None
    platforms_linked: bool
    spread: Spread | None = None
    absent: frozenset[UUID] = frozenset()


class Totals(Struct, frozen=True):
    """A plan without its members: what is stored beside them. chosen: how many they were."""

    chosen: int
    total_cost: int
    value: float
    upper_bound: float
    optimality: float
    exact: bool
    method: Method
    guarantee: float | None
    cost_per_1000: int | None
    unique_followers: Estimate
    unique_reach: Estimate
    target_reach: Estimate | None
    contacts: Contacts | None
    sampled: int | None
    notes: list[NoteCode]
    spread: Spread | None = None


class Member(Struct, frozen=True):
    """What a plan says of one influencer. place: from 1; null of those not in it, with a reason where they
    could not be."""

    influencer_id: UUID
    account_id: UUID | None
    place: int | None
    reason: Reason | None
    cost: int | None
    cost_basis: Literal["given", "rate_card"] | None
    tax_included: bool | None
    marginal: float | None
    cumulative: float | None
    cost_per_1000: int | None
    assumed: bool


class Merged(Struct, frozen=True):
    """Members of a plan who are one profile now."""

    kept: UUID
    merged: list[UUID]


class Made(Struct, frozen=True):
    """A whole plan before it is stored."""

    totals: Totals
    members: list[Member]


class MemberRow(CardRow):
    """A member beside its card."""

    place: int | None
    reason: Reason | None
    cost: int | None
    cost_basis: Literal["given", "rate_card"] | None
    tax_included: bool | None
    marginal: float | None
    cumulative: float | None
    cost_per_1000: int | None
    assumed: bool


class PlanRow(Struct):
    id: UUID
    name: str | None
    shortlist_id: UUID | None
    brief_id: UUID | None
    objective: Objective
    asked: Asked
    chosen: Totals | None
    job_id: UUID | None
    created_at: datetime
    computed_at: datetime | None


class Frequency(Struct, frozen=True):
    """How often the planned posts reach the same person: people reached at least once, twice, three times;
    `average`: contacts of one who is reached."""

    average: float | None
    reached_1: float
    reached_2: float
    reached_3: float
    impressions: float


class ChosenInfluencer(Struct, frozen=True):
    """An influencer of the plan; marginal_reach: people of the objective that it adds to those before it."""

    influencer_id: str
    name: str
    account: ScoredAccount | None
    place: int
    cost: Money
    cost_basis: Literal["given", "rate_card"]
    tax_included: bool | None
    marginal_reach: float
    cumulative_reach: float
    cost_per_1000_unique: Money | None
    reach_rate_assumed: bool


class PassedOver(Struct, frozen=True):
    """An influencer who could have been in the plan and is not."""

    influencer_id: str
    name: str
    account: ScoredAccount | None
    cost: Money


class LeftOutOfPlan(Struct, frozen=True):
    """An influencer who could not be in the plan, and why (names of reasons: GET /v1/labels)."""

    influencer_id: str
    reason: Reason


class Note(Struct, frozen=True):
    """What has to be known to read the figures."""

    code: NoteCode
    text: str


class SpreadFigure(Figure, frozen=True):
    """Nodes of the graph's version that the plan is expected to win, of `of`; `n`: random sets behind it.

    With probability `confidence` it wins more than `lower_bound`, and no plan that keeps to the demands more
    than the answer's `upper_bound`.
    """

    graph_id: str
    version: int
    of: int
    lower_bound: float
    confidence: float


class PlanAnswer(Struct, frozen=True):
    """Whom to take, in order. value, upper_bound, marginal and cumulative reach: people of the objective.

    No plan that keeps to the demands is worth more than `upper_bound`, so `optimality` is what the plan is
    worth of the best at least; `exact`: it is the best. `guarantee`: what the method never falls short of.
    `sampled`: the plan was made on so many sampled people, for whom the bound holds; null: on everybody.
    Where platforms are not linked, the objective counts a person on each of them, and people over all
    platforms are bounds without a value.

    With the objective spread people are nodes of the graph, measured on random sets that the choice has not
    seen: `optimality` is then `spread.lower_bound` / `upper_bound` and holds with probability
    `spread.confidence`, and unique followers and reach are beside it where the audiences are known.
    """

    chosen: list[ChosenInfluencer]
    total_cost: Money
    value: float
    upper_bound: float
    optimality: float
    exact: bool
    guarantee: float | None
    method: Method
    sentence: str
    unique_followers: Figure
    unique_reach: ReachFigure
    target_reach: ReachFigure | None
    spread: SpreadFigure | None
    frequency: Frequency | None
    cost_per_1000_unique: Money | None
    sampled: int | None
    not_chosen: list[PassedOver]
    left_out: list[LeftOutOfPlan]
    notes: list[Note]


class PlanHead(Struct, kw_only=True):
    """A plan in a list. `size`: how many are chosen; `error`: the problem that its job failed with."""

    id: str | None
    name: str | None
    status: PlanStatus
    shortlist_id: str | None
    brief_id: str | None
    objective: Objective
    budget: Money
    size: int | None
    total_cost: Money | None
    value: float | None
    optimality: float | None
    job_id: str | None
    error: dict[str, Any] | None
    created_at: datetime
    computed_at: datetime | None


class Plan(PlanHead, kw_only=True):
    """A plan as it was asked for and answered. Figures are those of the day it was computed.

    `status` computing: a job works on it (`job_id`); `answer` is null until it is done. `id` is null of a dry
    run, which is not kept.
    """

    request: PlanRequest
    answer: PlanAnswer | None
