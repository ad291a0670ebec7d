"""A request with inner ids, and a stored one as it was asked for (pure)."""

from collections.abc import Iterable, Sequence
from typing import NoReturn, TypeVar, cast
from uuid import UUID

import msgspec

from service.discovery.computations.parameters import Checks, spreading
from service.discovery.plans.problems import ImpossibleDemands
from service.discovery.plans.schemas import (
    Asked,
    AskedCost,
    AskedSpread,
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
Line = TypeVar("Line", Planned, AskedCost)


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
        spread=_spread(data),
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
    yield from _faults_of_spread(data)
    if data.influencer_ids is not None and data.statuses:
        yield {"path": "statuses", "message": "are of a shortlist's items: influencer_ids have none"}
    if data.budget.currency not in CURRENCIES:
        yield {"path": "budget.currency", "message": f"{data.budget.currency} is not one of ISO 4217"}
    for at, line in enumerate(data.costs):
        if line.price.currency not in CURRENCIES:
            currency = line.price.currency
            yield {"path": f"costs[{at}].price.currency", "message": f"{currency} is not one of ISO 4217"}


def _faults_of_spread(data: PlanRequest) -> Iterable[Fault]:
    if data.objective != "spread":
        given = {
            "graph_id": data.graph_id is not None,
            "model": data.model is not None,
            "p": data.p is not None,
            "repeated": data.repeated,
            "reverse": data.reverse is not None,
        }
        for path, is_given in given.items():
            if is_given:
                yield {"path": path, "message": "goes with the objective spread alone"}
        return
    if data.graph_id is None:
        yield {"path": "graph_id", "message": "spread needs the graph that influence spreads in"}
    checks = Checks({})
    # The graph's orientation and weights are looked at when it is there.
    spreading(_how(data, UUID(int=0)), reverse=False, heaviest=0.0, checks=checks)
    yield from checks.errors


def _spread(data: PlanRequest) -> AskedSpread | None:
    if data.objective != "spread" or data.graph_id is None:
        return None
    return _how(data, ids.read("gra", data.graph_id))


def _how(data: PlanRequest, graph_id: UUID) -> AskedSpread:
    return AskedSpread(graph_id, data.model or "wc", data.p, data.repeated, data.reverse)


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

    some, spread = asked.influencer_ids, asked.spread
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
        graph_id=None if spread is None else ids.show("gra", spread.graph_id),
        model=None if spread is None else spread.model,
        p=None if spread is None else spread.p,
        repeated=spread is not None and spread.repeated,
        reverse=None if spread is None else spread.reverse,
    )


def without(asked: Asked, erased: frozenset[UUID]) -> Asked:
    """The request of a plan that names nobody of the erased."""
    some = asked.influencer_ids
    return msgspec.structs.replace(
        asked,
        influencer_ids=None if some is None else [one for one in some if one not in erased],
        posts=[line for line in asked.posts if line.influencer_id not in erased],
        costs=[line for line in asked.costs if line.influencer_id not in erased],
        must_include=[one for one in asked.must_include if one not in erased],
        exclude=[one for one in asked.exclude if one not in erased],
    )


def moved(asked: Asked, kept: UUID, merged: frozenset[UUID]) -> Asked:
    """The request of a plan as if profiles that were merged had been asked for as the one that was kept.

    Prices and posts that the kept one has itself stand before theirs, and of several prices the first one;
    who must be included is not excluded.
    """
    some = asked.influencer_ids
    must = _renamed(asked.must_include, kept, merged)
    return msgspec.structs.replace(
        asked,
        influencer_ids=None if some is None else _renamed(some, kept, merged),
        posts=[
            msgspec.structs.replace(line, influencer_id=kept) if line.influencer_id in merged else line
            for line in _unless_own(asked.posts, kept, merged)
        ],
        costs=_costs_moved(asked.costs, kept, merged),
        must_include=must,
        exclude=[one for one in _renamed(asked.exclude, kept, merged) if one != kept or kept not in must],
    )


def _renamed(some: Iterable[UUID], kept: UUID, merged: frozenset[UUID]) -> list[UUID]:
    return list(dict.fromkeys(kept if one in merged else one for one in some))


def _unless_own(lines: Sequence[Line], kept: UUID, merged: frozenset[UUID]) -> list[Line]:
    """Lines without those of the merged, where the kept one has lines of its own."""
    own = any(line.influencer_id == kept for line in lines)
    return [line for line in lines if not (own and line.influencer_id in merged)]


def _costs_moved(costs: Sequence[AskedCost], kept: UUID, merged: frozenset[UUID]) -> list[AskedCost]:
    lines = _unless_own(costs, kept, merged)
    first = next((line for line in lines if line.influencer_id in merged), None)
    return [
        msgspec.structs.replace(line, influencer_id=kept) if line is first else line
        for line in lines
        if line is first or line.influencer_id not in merged
    ]
