"""Who can be in a plan, and what it has to keep to."""

from dataclasses import dataclass
from uuid import UUID

from graph.contacts import Presence
from service.discovery.plans.common_people import Usable


@dataclass(frozen=True, slots=True)
class Candidate:
    """An influencer who can be in the plan. presence: None where no post is planned; target: share of the
    audience that counts."""

    influencer_id: UUID
    account_id: UUID
    platform: str
    categories: tuple[str, ...]
    audience: Usable
    presence: Presence | None
    cost: int
    target: float | None = None


@dataclass(frozen=True, slots=True)
class Demands:
    """What the plan has to keep to. per_category, per_platform: at most so many of each."""

    objective: str
    budget: int
    must_include: frozenset[UUID] = frozenset()
    max_size: int | None = None
    per_category: int | None = None
    per_platform: int | None = None
