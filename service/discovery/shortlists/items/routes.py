"""/v1/shortlists/{id}/items: their list, and changing one."""

from typing import Annotated, Any, get_args

from litestar import Request, Response, delete, get, patch
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.discovery.models.problems import ModelRefused
from service.discovery.scores import show as scores_show
from service.discovery.scores.routes import Words
from service.discovery.shortlists import store as lists
from service.discovery.shortlists.actions import locked
from service.discovery.shortlists.items import show, sorting, store
from service.discovery.shortlists.items.change import State as ItemState
from service.discovery.shortlists.items.change import changed
from service.discovery.shortlists.items.schemas import (
    ItemPatch,
    ShortlistItem,
    Status,
)
from service.discovery.shortlists.items.sorting import Narrowed, SortBy
from service.discovery.shortlists.problems import (
    NoBrief,
    ReasonNeeded,
    ShortlistArchived,
    UnknownItem,
    UnknownShortlist,
)
from service.influencers.reading import id_list, words
from service.influencers.schemas import IdList
from service.kit import etag, ids, paging
from service.kit.db import Connection
from service.kit.etag import IfMatch
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, NotFound, PreconditionFailed

Reader = Annotated[Caller, May("discovery:read")]
Writer = Annotated[Caller, May("discovery:write")]
AnyRequest = Request[Any, Any, Any]
Include = Annotated[
    str | None, QueryParameter(max_length=100, description="accounts, rates, scores: any, with commas")
]
Statuses = Annotated[
    str | None, QueryParameter(max_length=200, description="suggested, starred, ...: any, with commas")
]
CHANGING = [UnknownShortlist, ShortlistArchived, PreconditionFailed]


@get(
    "/v1/shortlists/{shortlist_id:str}/items",
    tags=["discovery"],
    raises=[UnknownShortlist, BadCursor, InvalidInput, NoBrief, NotFound, ModelRefused],
)
async def list_items(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    shortlist_id: FromPath[str],
    ids: IdList = None,
    status: Statuses = None,
    sort: SortBy = "added",
    include: Include = None,
    language: Words = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[ShortlistItem]:
    """Who is on a list. `scores` are made by the list's brief, with the figures of now."""
    row = await lists.get_shortlist(db, caller.workspace_id, _outer(shortlist_id))
    statuses = None if status is None else sorted(words("status", status, frozenset(get_args(Status))))
    narrowed = Narrowed(sort, statuses, id_list("inf", ids), sorting.position(cursor, sort))
    rows = await store.list_items(db, caller.workspace_id, row.id, narrowed, limit + 1)
    asked = words("include", include, show.EVERYTHING)
    lang = scores_show.language(language, request.headers.get("accept-language"))
    keys = [each.id for each in rows[:limit]]
    near = await show.near(db, caller.workspace_id, keys, asked, row.brief_id, lang)
    return paging.page(
        rows, limit, lambda each: sorting.key_of(each, sort), lambda each: show.item(each, near)
    )


@patch(
    "/v1/shortlists/{shortlist_id:str}/items/{influencer_id:str}",
    tags=["discovery"],
    raises=[*CHANGING, UnknownItem, ReasonNeeded],
)
async def change_item(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    shortlist_id: FromPath[str],
    influencer_id: FromPath[str],
    data: JSONBody[ItemPatch],
    if_match: IfMatch = None,
) -> Response[ShortlistItem]:
    """Changes an item's status, reason or notes; with If-Match, only the list that was seen is changed."""
    row = await locked(db, caller.workspace_id, shortlist_id, if_match)
    key = ids.read("inf", influencer_id)
    item = await store.get_item(db, caller.workspace_id, row.id, key)
    before = ItemState(item.status, item.reason, item.notes)
    after = changed(before, data.status, data.reason, data.notes)
    version = row.version
    if after != before:
        await store.save_item(db, caller.workspace_id, row.id, key, after.status, after.reason, after.notes)
        version = await lists.touch(db, caller.workspace_id, row.id)
        details = {"influencer_id": influencer_id, "from": before.status, "to": after.status}
        await audit.record(db, caller, "shortlist.item_changed", shortlist_id, details)
        item = await store.get_item(db, caller.workspace_id, row.id, key)
    shown = show.item(item, show.NOTHING)
    return Response(shown, headers={"ETag": etag.of(version)})


@delete(
    "/v1/shortlists/{shortlist_id:str}/items/{influencer_id:str}",
    tags=["discovery"],
    raises=[*CHANGING, UnknownItem],
)
async def remove_item(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    shortlist_id: FromPath[str],
    influencer_id: FromPath[str],
    if_match: IfMatch = None,
) -> None:
    """Takes an influencer off a list; what was said about them stays in the list's comments."""
    row = await locked(db, caller.workspace_id, shortlist_id, if_match)
    key = ids.read("inf", influencer_id)
    if not await store.remove_items(db, caller.workspace_id, row.id, [key]):
        raise UnknownItem
    await lists.touch(db, caller.workspace_id, row.id)
    details = {"influencer_ids": [influencer_id]}
    await audit.record(db, caller, "shortlist.items_removed", shortlist_id, details)


def _outer(shortlist_id: str) -> Any:
    """For handlers whose parameter `ids` hides the module."""
    return ids.read("sho", shortlist_id)


ROUTES: list[ControllerRouterHandler] = [
    list_items,
    change_item,
    remove_item,
]
