"""Share links of a list, and what was said through them: the team's side."""

from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Request, delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts import audit, tokens
from service.accounts.callers import Caller, May
from service.accounts.problems import BadExpiry
from service.discovery.briefs.wishes import read_or_none
from service.discovery.shortlists import store as lists
from service.discovery.shortlists.actions import locked
from service.discovery.shortlists.problems import (
    ShortlistArchived,
    UnknownShare,
    UnknownShortlist,
)
from service.discovery.shortlists.sharing import show, store
from service.discovery.shortlists.sharing.schemas import (
    CreatedShare,
    NewShare,
    ShortlistComment,
    ShortlistShare,
)
from service.discovery.shortlists.sharing.visits import TOKEN_LENGTH
from service.kit import clock, ids, paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import NotFound
from service.settings import public_url

Reader = Annotated[Caller, May("discovery:read")]
Writer = Annotated[Caller, May("discovery:write")]
About = Annotated[str | None, QueryParameter(max_length=40, description="what was said of one influencer")]
USUAL = timedelta(days=30)


@post(
    "/v1/shortlists/{shortlist_id:str}/share",
    tags=["discovery"],
    raises=[UnknownShortlist, ShortlistArchived, BadExpiry],
)
async def share_shortlist(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    request: Request[Any, Any, Any],
    shortlist_id: FromPath[str],
    data: JSONBody[NewShare],
) -> CreatedShare:
    """Makes a link to the list for somebody without an account, and shows it this once."""
    row = await locked(db, caller.workspace_id, shortlist_id, None)
    now = await clock.now(db)
    token = tokens.random_text(TOKEN_LENGTH)
    made = await store.add_share(
        db,
        caller.workspace_id,
        ids.new(),
        row.id,
        data.name,
        tokens.digest(token),
        data.can,
        sorted(set(data.hide)),
        _end(data.expires_at, now),
    )
    shown = show.share(made)
    details = {"share_id": shown.id, "can": shown.can, "hide": shown.hide}
    await audit.record(db, caller, "shortlist.shared", shortlist_id, details)
    url = f"{public_url(request.app.state.settings)}/v1/shared/{token}"
    return CreatedShare(**msgspec.structs.asdict(shown), token=token, url=url)


def _end(asked: datetime | None, now: datetime) -> datetime:
    if asked is not None and asked <= now:
        raise BadExpiry
    return asked or now + USUAL


@get("/v1/shortlists/{shortlist_id:str}/shares", tags=["discovery"], raises=[UnknownShortlist, BadCursor])
async def list_shares(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    shortlist_id: FromPath[str],
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[ShortlistShare]:
    """A list's share links, the newest first, with those that have ended."""
    row = await lists.get_shortlist(db, caller.workspace_id, ids.read("sho", shortlist_id))
    after = paging.decode(cursor, UUID)
    rows = await store.list_shares(db, caller.workspace_id, row.id, after, limit + 1)
    return paging.page(rows, limit, lambda each: each.id, show.share)


@delete(
    "/v1/shortlists/{shortlist_id:str}/shares/{share_id:str}",
    tags=["discovery"],
    raises=[UnknownShortlist, UnknownShare],
)
async def revoke_share(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    shortlist_id: FromPath[str],
    share_id: FromPath[str],
) -> None:
    """Ends a share link at once. A second time changes nothing."""
    list_id, key = ids.read("sho", shortlist_id), ids.read("shr", share_id)
    await store.revoke_share(db, caller.workspace_id, list_id, key)
    await audit.record(db, caller, "shortlist.share_revoked", shortlist_id, {"share_id": share_id})


@get(
    "/v1/shortlists/{shortlist_id:str}/comments",
    tags=["discovery"],
    raises=[UnknownShortlist, BadCursor, NotFound],
)
async def list_comments(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    shortlist_id: FromPath[str],
    influencer_id: About = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[ShortlistComment]:
    """What was said and decided through share links, the oldest first."""
    row = await lists.get_shortlist(db, caller.workspace_id, ids.read("sho", shortlist_id))
    about, after = read_or_none("inf", influencer_id), paging.decode(cursor, UUID)
    rows = await store.list_comments(db, caller.workspace_id, row.id, about, after, limit + 1)
    return paging.page(rows, limit, lambda each: each.id, show.comment)


ROUTES: list[ControllerRouterHandler] = [share_shortlist, list_shares, revoke_share, list_comments]
