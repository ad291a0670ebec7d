"""Many influencers put on a list, changed, taken off at once: a result for each."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, Response, patch, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler
from msgspec import UNSET

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.discovery.briefs.problems import BriefArchived, UnknownBrief
from service.discovery.models.problems import ModelRefused
from service.discovery.scores import show as scores_show
from service.discovery.scores.problems import TooManyCandidates
from service.discovery.search.problems import FilterNotAvailable
from service.discovery.shortlists import store as lists
from service.discovery.shortlists.actions import locked
from service.discovery.shortlists.bulk import actions, store
from service.discovery.shortlists.bulk.schemas import (
    ItemResults,
    ItemsPatch,
    ItemsRemoval,
    NewItem,
    NewItems,
    Result,
)
from service.discovery.shortlists.items import store as items
from service.discovery.shortlists.items.change import State as ItemState
from service.discovery.shortlists.items.change import changed
from service.discovery.shortlists.items.routes import CHANGING
from service.discovery.shortlists.problems import NoBrief, ReasonNeeded
from service.discovery.shortlists.schemas import ShortlistRow
from service.kit import etag, ids
from service.kit.db import Connection
from service.kit.etag import IfMatch
from service.kit.problems import NotFound

Writer = Annotated[Caller, May("discovery:write")]
AnyRequest = Request[Any, Any, Any]


@post(
    "/v1/shortlists/{shortlist_id:str}/items",
    tags=["discovery"],
    status_code=200,
    raises=[
        *CHANGING,
        NoBrief,
        UnknownBrief,
        BriefArchived,
        TooManyCandidates,
        FilterNotAvailable,
        ModelRefused,
        NotFound,
    ],
)
async def add_items(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    state: State,
    request: AnyRequest,
    shortlist_id: FromPath[str],
    data: JSONBody[NewItems],
    if_match: IfMatch = None,
) -> Response[ItemResults]:
    """Puts influencers on a list: by their ids, or the best for a brief. Says what became of each."""
    actions.check(data)
    if data.influencer_ids:
        named = actions.named(data.influencer_ids)
        chosen = actions.Chosen([NewItem(key) for key in named.known])
    else:
        # Ranking takes a while, in which others may work on the list; so it is held only afterwards.
        seen = await lists.get_shortlist(db, caller.workspace_id, ids.read("sho", shortlist_id))
        lang = scores_show.language(data.language, request.headers.get("accept-language"))
        chosen = await actions.choose(state.database, db, caller.workspace_id, seen.brief_id, data, lang)
        named = actions.named_of(chosen)
    row = await locked(db, caller.workspace_id, shortlist_id, if_match)
    found = await actions.add(db, caller.workspace_id, row.id, chosen)
    results = actions.results(named, found, "not_found", chosen.run_id)
    return await _changed(db, caller, row, "shortlist.items_added", results)


@patch(
    "/v1/shortlists/{shortlist_id:str}/items",
    tags=["discovery"],
    raises=[*CHANGING, ReasonNeeded],
)
async def change_items(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    shortlist_id: FromPath[str],
    data: JSONBody[ItemsPatch],
    if_match: IfMatch = None,
) -> Response[ItemResults]:
    """Gives many items one status. Says what became of each."""
    row = await locked(db, caller.workspace_id, shortlist_id, if_match)
    after = changed(ItemState("suggested", None, None), data.status, data.reason)
    named = actions.named(data.influencer_ids)
    there = await store.on_list(db, caller.workspace_id, row.id, named.known)
    moved = set(await store.set_status(db, caller.workspace_id, row.id, there, after.status, after.reason))
    found: dict[UUID, Result] = {key: "changed" if key in moved else "unchanged" for key in there}
    results = actions.results(named, found, "not_on_list")
    return await _changed(db, caller, row, "shortlist.items_changed", results, status=data.status)


@post(
    "/v1/shortlists/{shortlist_id:str}/items/remove",
    tags=["discovery"],
    status_code=200,
    raises=CHANGING,
)
async def remove_items(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    shortlist_id: FromPath[str],
    data: JSONBody[ItemsRemoval],
    if_match: IfMatch = None,
) -> Response[ItemResults]:
    """Takes many off a list. Says what became of each."""
    row = await locked(db, caller.workspace_id, shortlist_id, if_match)
    named = actions.named(data.influencer_ids)
    gone = await items.remove_items(db, caller.workspace_id, row.id, named.known)
    results = actions.results(named, dict.fromkeys(gone, "removed"), "not_on_list")
    return await _changed(db, caller, row, "shortlist.items_removed", results)


async def _changed(
    db: Connection, caller: Caller, row: ShortlistRow, action: str, results: ItemResults, **details: Any
) -> Response[ItemResults]:
    """Notes what was changed, and answers with the list's new ETag."""
    version = row.version
    if results.changed:
        version = await lists.touch(db, caller.workspace_id, row.id)
        who = [each.influencer_id for each in results.data if each.result in actions.CHANGES]
        if results.run_id is not UNSET:
            details["run_id"] = results.run_id
        subject = ids.show("sho", row.id)
        await audit.record(db, caller, action, subject, {"influencer_ids": who, **details})
    return Response(results, headers={"ETag": etag.of(version)})


ROUTES: list[ControllerRouterHandler] = [add_items, change_items, remove_items]
