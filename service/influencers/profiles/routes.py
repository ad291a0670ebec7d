"""/v1/influencers."""

from typing import Annotated

from litestar import Response, delete, get, patch, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.influencers.changes import changed
from service.influencers.identity import workspace_key
from service.influencers.problems import (
    AccountTaken,
    AlreadyMerged,
    PrivateUrl,
    Suppressed,
    UnknownInfluencer,
)
from service.influencers.profiles import actions, show, store
from service.influencers.profiles.schemas import (
    Filters,
    IdKey,
    Influencer,
    InfluencerPatch,
    InfluencerRow,
    NewInfluencer,
)
from service.influencers.reading import id_list, words
from service.influencers.schemas import ByTime, IdList, Platform, Time
from service.kit import etag, ids, paging
from service.kit.db import Connection
from service.kit.etag import IfMatch
from service.kit.paging import DEFAULT_LIMIT, Cursor, Limit, Page
from service.kit.problems import PreconditionFailed

Reader = Annotated[Caller, May("influencers:read")]
Writer = Annotated[Caller, May("influencers:write")]
Include = Annotated[
    str | None, QueryParameter(max_length=100, description="accounts, rates, contacts: any, with commas")
]
Archived = Annotated[
    bool | None, QueryParameter(description="false (the default without ids): none that are archived")
]
OptedOut = Annotated[bool, QueryParameter(description="true: only those who opted out")]
Since = Annotated[Time | None, QueryParameter(description="changed at or after; orders by change")]


@post("/v1/influencers", tags=["influencers"], raises=[AccountTaken, Suppressed, PrivateUrl])
async def create_influencer(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    state: State,
    data: JSONBody[NewInfluencer],
) -> Response[Influencer]:
    """Adds a profile. An account that another profile has is a conflict that names it."""
    key = workspace_key(state.settings, caller.workspace_id)
    row = await actions.create(db, caller.workspace_id, data, key)
    await audit.record(db, caller, "influencer.created", ids.show("inf", row.id))
    return await _answer(db, caller, row, status=201)


@get("/v1/influencers", tags=["influencers"], raises=[paging.BadCursor])
async def list_influencers(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    ids: IdList = None,
    platform: Annotated[Platform | None, QueryParameter()] = None,
    tag: Annotated[str | None, QueryParameter(max_length=100)] = None,
    archived: Archived = None,
    opted_out: OptedOut = False,
    updated_since: Since = None,
    include: Include = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Influencer]:
    """The newest first. Who opted out is hidden, and so is who is archived unless named by id."""
    wanted_ids = id_list("inf", ids)
    hidden = False if archived is None and wanted_ids is None else archived
    wanted = Filters(wanted_ids, platform, tag, hidden, opted_out, updated_since)
    asked = words("include", include, show.EVERYTHING)
    after = paging.decode(cursor, ByTime if updated_since else IdKey)
    rows = await store.list_influencers(db, caller.workspace_id, wanted, after, limit + 1)
    near = await show.beside(db, caller.workspace_id, [row.id for row in rows[:limit]], asked)
    return paging.page(
        rows,
        limit,
        lambda row: (row.updated_at, row.id) if updated_since else (row.id,),
        lambda row: show.influencer(row, near),
    )


@get("/v1/influencers/{influencer_id:str}", tags=["influencers"], raises=[UnknownInfluencer])
async def get_influencer(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], influencer_id: FromPath[str]
) -> Response[Influencer]:
    """One profile with accounts, rates and contacts."""
    row = await store.get_influencer(db, caller.workspace_id, ids.read("inf", influencer_id))
    return await _answer(db, caller, row)


@patch(
    "/v1/influencers/{influencer_id:str}",
    tags=["influencers"],
    raises=[UnknownInfluencer, PrivateUrl, PreconditionFailed],
)
async def change_influencer(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    influencer_id: FromPath[str],
    data: JSONBody[InfluencerPatch],
    if_match: IfMatch = None,
) -> Response[Influencer]:
    """Changes fields; imports leave alone what was changed here."""
    row = await store.lock_influencer(db, caller.workspace_id, ids.read("inf", influencer_id))
    etag.match(if_match, row.version)
    saved = await actions.change(db, caller.workspace_id, row, data)
    fields = sorted(actions.given_fields(data))
    await audit.record(db, caller, "influencer.changed", influencer_id, {"fields": fields})
    return await _answer(db, caller, saved)


@delete("/v1/influencers/{influencer_id:str}", tags=["influencers"], raises=[UnknownInfluencer])
async def archive_influencer(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], influencer_id: FromPath[str]
) -> None:
    """Archives: hidden from lists and search until restored. POST .../erase erases a person."""
    row = await store.lock_influencer(db, caller.workspace_id, ids.read("inf", influencer_id))
    await store.archive(db, caller.workspace_id, row.id)
    await audit.record(db, caller, "influencer.archived", influencer_id)
    await changed(db, caller.workspace_id, [row.id])


@post(
    "/v1/influencers/{influencer_id:str}/restore",
    tags=["influencers"],
    status_code=200,
    raises=[UnknownInfluencer, AlreadyMerged],
)
async def restore_influencer(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], influencer_id: FromPath[str]
) -> Response[Influencer]:
    """Takes a profile out of the archive."""
    row = await store.lock_influencer(db, caller.workspace_id, ids.read("inf", influencer_id))
    if row.merged_into is not None:
        kept = ids.show("inf", row.merged_into)
        raise AlreadyMerged(f"it is part of {kept}; take the merge back", influencer_id=kept)
    restored = await store.restore(db, caller.workspace_id, row.id)
    await audit.record(db, caller, "influencer.restored", influencer_id)
    await changed(db, caller.workspace_id, [row.id])
    return await _answer(db, caller, restored)


async def _answer(
    db: Connection, caller: Caller, row: InfluencerRow, status: int = 200
) -> Response[Influencer]:
    shown = await show.one(db, caller.workspace_id, row)
    return Response(shown, status_code=status, headers={"ETag": etag.of(row.version)})


ROUTES = [
    create_influencer,
    list_influencers,
    get_influencer,
    change_influencer,
    archive_influencer,
    restore_influencer,
]
