"""What a search means before it is run: the text with its typing errors, ids from elsewhere, the order."""

from collections.abc import Mapping
from typing import NamedTuple
from uuid import UUID

import msgspec

from service.accounts.workspaces.schemas import WorkspaceRow
from service.discovery.search import extensions, finding
from service.discovery.search.conditions import PROVIDED, Known
from service.discovery.search.extensions import Scored, not_available
from service.discovery.search.filters import Conditions, Filters, MinScores, asked_for
from service.discovery.search.queries import Wanted
from service.discovery.search.relevance import Text
from service.discovery.search.schemas import Search
from service.discovery.search.sorting import Fits, Order, by_fit, is_rising, key_of
from service.kit import clock, ids
from service.kit.db import Connection
from service.kit.problems import InvalidInput

_SCORES = "min_scores"


class Plan(NamedTuple):
    """Who is wanted, in which order; `near` if typing errors were looked for."""

    wanted: Wanted
    order: Order
    near: bool
    by_relevance: bool

    def page_of(self) -> Wanted:
        """Who is wanted beside what the order says itself: that by relevance says who matches the text."""
        return self.wanted._replace(text=None) if self.by_relevance else self.wanted


def check(search: Search) -> None:
    """Refuses what asks for scores without a brief. Raises InvalidInput."""
    groups = {"filters": search.filters} | {
        f"filters.not[{at}]": each for at, each in enumerate(search.filters.exclusions())
    }
    errors = [
        {"path": f"{path}.{_SCORES}", "message": "needs a brief_id"}
        for path, conditions in groups.items()
        if conditions.min_scores is not None
    ]
    if key_of(search.order) == "fit":
        errors.append({"path": "sort", "message": "needs a brief_id"})
    if errors and search.brief_id is None:
        raise InvalidInput("scores are scores to a brief", errors=errors)


async def plan(
    searcher: Connection,
    db: Connection,
    workspace: WorkspaceRow,
    search: Search,
    text: Text | None,
    near: bool | None,
) -> Plan:
    """Makes a search's plan; `near` of its first page, None for the first page itself."""
    if text is not None and near is None:
        near = not await finding.has_enough(searcher, workspace.id, text)
    if text is not None and near:
        text = text._replace(near=await finding.nearly_named(searcher, workspace.id, text))
    known = Known(await clock.now(db), workspace.currency)
    groups = [search.filters, *search.filters.exclusions()]
    provided = [await _provided(db, workspace.id, group) for group in groups]
    wanted = Wanted(workspace.id, search.filters, provided, known, text)
    scored = await _scored(searcher, db, wanted, search)
    if scored is None:
        return _planned(wanted, finding.order_of(search.order, text), search, near)
    for group, its_own in zip(groups, provided, strict=True):
        if group.min_scores is not None:
            its_own[_SCORES] = passing(scored, group.min_scores)
    return _planned(wanted, _order(search, scored, text), search, near)


def _planned(wanted: Wanted, order: Order, search: Search, near: bool | None) -> Plan:
    by_relevance = wanted.text is not None and key_of(search.order) == "relevance"
    return Plan(wanted, order, bool(near), by_relevance)


async def _provided(db: Connection, workspace_id: UUID, conditions: Conditions) -> dict[str, list[UUID]]:
    asked = asked_for(conditions)
    return {
        name: await extensions.ids_of(db, workspace_id, name, asked[name])
        for name in PROVIDED - {_SCORES}
        if name in asked
    }


async def _scored(searcher: Connection, db: Connection, wanted: Wanted, search: Search) -> Scored | None:
    """Scores of everyone who could be found, where the search asks for scores; else None."""
    groups = [search.filters, *search.filters.exclusions()]
    if search.brief_id is None:
        return None
    if key_of(search.order) != "fit" and not any(group.min_scores for group in groups):
        return None
    everyone, _ = await finding.everyone(searcher, without_scores(wanted))
    return await extensions.scores_of(db, wanted.workspace_id, ids.read("bri", search.brief_id), everyone)


def without_scores(wanted: Wanted) -> Wanted:
    """Everyone who could meet a search, whatever the scores are."""
    kept = [
        (conditions, its_own)
        for conditions, its_own in zip(wanted.filters.exclusions(), wanted.provided[1:], strict=True)
        if conditions.min_scores is None
    ]
    filters: Filters = msgspec.structs.replace(
        wanted.filters, min_scores=None, excluded=[conditions for conditions, _ in kept] or None
    )
    return wanted._replace(filters=filters, provided=[wanted.provided[0], *(own for _, own in kept)])


def passing(scored: Scored, least: MinScores) -> list[UUID]:
    """Who has at least these scores; an unknown score is not enough. Raises FilterNotAvailable."""
    asked = {name: value for name, value in msgspec.structs.asdict(least).items() if value is not None}
    for name in asked:
        if name not in scored.scores:
            raise not_available(f"filters.{_SCORES}.{name}")
    columns = [(scored.scores[name], value) for name, value in asked.items()]
    return [
        influencer
        for at, influencer in enumerate(scored.ids)
        if all((score := column[at]) is not None and score >= value for column, value in columns)
    ]


def fits_of(scored: Scored) -> Mapping[UUID, float | None]:
    """Fit by influencer."""
    return dict(zip(scored.ids, scored.scores["fit"], strict=True))


def _order(search: Search, scored: Scored, text: Text | None) -> Order:
    if key_of(search.order) != "fit":
        return finding.order_of(search.order, text)
    known = [(who, fit) for who, fit in fits_of(scored).items() if fit is not None]
    fits = Fits([who for who, _ in known], [fit for _, fit in known])
    return by_fit(fits, rising=is_rising(search.order))
