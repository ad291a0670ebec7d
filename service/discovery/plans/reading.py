"""A request with inner ids, and a stored one as it was asked for (pure)."""

from collections.abc import Iterable
from typing import NoReturn, cast
from uuid import UUID

from service.discovery.plans.problems import ImpossibleDemands
from service.discovery.plans.schemas import (
    Asked,
    AskedCost,
    GivenCost,
    PlanRequest,
)
from service.discovery.reach.schemas import Planned, PlannedPosts
from service.discovery.shortlists.items.schemas import Status
from service.influencers.schemas import Platform
from service.kit import ids
from service.kit.money import CURRENCIES
from service.kit.problems import NotFound

Fault = dict[str, str]


class _Ids:
    """Reads ids and remembers which could not be."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def one(self, text: str, path: str) -> UUID:
        try:
            return ids.read("inf", text)
        except NotFound:
            self.faults.append({"path": path, "message": f"{text[:60]!r} is no influencer's id"})
            return UUID(int=0)

    def list(self, texts: Iterable[str], path: str) -> list[UUID]:
        return [self.one(text, f"{path}[{at}]") for at, text in enumerate(texts)]


def read(data: PlanRequest) -> Asked:
    """The request with inner ids. Raises ImpossibleDemands for every field that fails by itself, NotFound
    where a shortlist or a brief can't exist."""
    found = _Ids()
    faults = [*_faults(data)]
    some = None if data.influencer_ids is None else found.list(data.influencer_ids, "influencer_ids")
    asked = Asked(
        budget=data.budget,
        objective=data.objective,
        shortlist_id=None if data.shortlist_id is None else ids.read("sho", data.shortlist_id),
        influencer_ids=None if some is None else list(dict.fromkeys(some)),
        posts=[_posts(line, at, found) for at, line in enumerate(data.posts)],
        costs=[_cost(line, at, found) for at, line in enumerate(data.costs)],
        must_include=found.list(data.must_include, "must_include"),
        exclude=found.list(data.exclude, "exclude"),
        max_size=data.max_size,
        limits=data.limits,
        brief_id=None if data.brief_id is None else ids.read("bri", data.brief_id),
        statuses=list(data.statuses),
        platforms=list(data.platforms),
    )
    if faults or found.faults:
        refuse([*faults, *found.faults])
    return asked


def refuse(faults: list[Fault]) -> NoReturn:
    """Raises ImpossibleDemands with all faults."""
    raise ImpossibleDemands(f"{len(faults)} demands can't be met", errors=faults[:100])


def _faults(data: PlanRequest) -> Iterable[Fault]:
    if (data.shortlist_id is None) == (data.influencer_ids is None):
        yield {"path": "shortlist_id", "message": "either shortlist_id or influencer_ids has to be given"}
    if data.objective == "target_reach" and data.brief_id is None:
        yield {"path": "brief_id", "message": "target_reach needs a brief with an audience"}
    if data.influencer_ids is not None and data.statuses:
        yield {"path": "statuses", "message": "are of a shortlist's items: influencer_ids have none"}
    if data.budget.currency not in CURRENCIES:
        yield {"path": "budget.currency", "message": f"{data.budget.currency} is not one of ISO 4217"}
    for at, line in enumerate(data.costs):
        if line.price.currency not in CURRENCIES:
            currency = line.price.currency
            yield {"path": f"costs[{at}].price.currency", "message": f"{currency} is not one of ISO 4217"}


def _posts(line: PlannedPosts, at: int, found: _Ids) -> Planned:
    path = f"posts[{at}].influencer_id"
    one = None if line.influencer_id is None else found.one(line.influencer_id, path)
    return Planned(line.format, line.count, line.platform, one)


def _cost(line: GivenCost, at: int, found: _Ids) -> AskedCost:
    return AskedCost(found.one(line.influencer_id, f"costs[{at}].influencer_id"), line.price, line.per)


def shown(asked: Asked, name: str | None, hidden: frozenset[UUID] = frozenset()) -> PlanRequest:
    """The request as it can be sent again; without influencers that are not shown any more."""

    def outer(each: Iterable[UUID]) -> list[str]:
        return [ids.show("inf", one) for one in each if one not in hidden]

    some = asked.influencer_ids
    return PlanRequest(
        budget=asked.budget,
        shortlist_id=ids.show_or_none("sho", asked.shortlist_id),
        influencer_ids=None if some is None else outer(some),
        objective=asked.objective,
        posts=[
            PlannedPosts(
                format=line.format,
                count=line.count,
                platform=cast("Platform | None", line.platform),
                influencer_id=ids.show_or_none("inf", line.influencer_id),
            )
            for line in asked.posts
            if line.influencer_id not in hidden
        ],
        costs=[
            GivenCost(ids.show("inf", line.influencer_id), line.price, line.per)
            for line in asked.costs
            if line.influencer_id not in hidden
        ],
        must_include=outer(asked.must_include),
        exclude=outer(asked.exclude),
        max_size=asked.max_size,
        limits=asked.limits,
        brief_id=ids.show_or_none("bri", asked.brief_id),
        statuses=cast("list[Status]", asked.statuses),
        platforms=cast("list[Platform]", asked.platforms),
        name=name,
    )


def without(asked: Asked, erased: frozenset[UUID]) -> Asked:
    """The request of a plan that names nobody of the erased."""
    some = asked.influencer_ids
    return Asked(
        asked.budget,
        asked.objective,
        asked.shortlist_id,
        None if some is None else [one for one in some if one not in erased],
        [line for line in asked.posts if line.influencer_id not in erased],
        [line for line in asked.costs if line.influencer_id not in erased],
        [one for one in asked.must_include if one not in erased],
        [one for one in asked.exclude if one not in erased],
        asked.max_size,
        asked.limits,
        asked.brief_id,
        asked.statuses,
        asked.platforms,
    )
