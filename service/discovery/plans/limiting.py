"""A plan's demands as the constraints that graph/ chooses within (pure)."""

from collections.abc import Sequence
from typing import Protocol
from uuid import UUID

from graph.constraints import Constraints, Limit, limits_per
from service.discovery.plans.candidates import Demands


class Limited(Protocol):
    """Who may be chosen, as limits see them."""

    @property
    def influencer_id(self) -> UUID: ...
    @property
    def platform(self) -> str: ...
    @property
    def categories(self) -> tuple[str, ...]: ...


def constraints(able: Sequence[Limited], costs: Sequence[int], demands: Demands) -> Constraints:
    """About those who may be chosen, in their order. Raises ImpossiblePlan."""
    return Constraints.of(
        costs,
        budget=demands.budget,
        must_include=[at for at, each in enumerate(able) if each.influencer_id in demands.must_include],
        max_size=demands.max_size,
        limits=_limits(able, demands),
    )


def _limits(able: Sequence[Limited], demands: Demands) -> list[Limit]:
    limits: list[Limit] = []
    if demands.per_category is not None:
        limits += limits_per([each.categories for each in able], demands.per_category)
    if demands.per_platform is not None:
        limits += limits_per([(each.platform,) for each in able], demands.per_platform)
    return limits
