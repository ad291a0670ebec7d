"""/v1/influencers/{id}/posts."""

from typing import Annotated

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.influencers.changes import touched
from service.influencers.posts import handling, show, store
from service.influencers.posts.schemas import NewPosts, Post, PostItems, PostResults
from service.influencers.problems import UnknownInfluencer
from service.influencers.profiles import store as profiles
from service.influencers.schemas import ByTime, From, To
from service.influencers.tables import INFLUENCERS
from service.kit import ids, paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, Cursor, Limit, Page

Reader = Annotated[Caller, May("influencers:read")]
Writer = Annotated[Caller, May("influencers:write")]
AccountId = Annotated[str | None, QueryParameter(max_length=40, description="only this account's")]


@post(
    "/v1/influencers/{influencer_id:str}/posts",
    tags=["influencers"],
    status_code=200,
    opt={"body_type": NewPosts},
    raises=[UnknownInfluencer],
)
async def add_posts(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    influencer_id: FromPath[str],
    data: JSONBody[PostItems],
) -> PostResults:
    """Adds posts or completes what is known of them: a result per item, good ones are stored beside bad."""
    owner = await profiles.get_influencer(db, caller.workspace_id, ids.read("inf", influencer_id))
    results = await handling.take_in(db, INFLUENCERS, caller.workspace_id, owner.id, data.posts)
    if results.created or results.updated:
        counts = {"created": results.created, "updated": results.updated}
        await audit.record(db, caller, "posts.added", influencer_id, counts)
        await touched(db, caller.workspace_id, [owner.id])
    return results


@get("/v1/influencers/{influencer_id:str}/posts", tags=["influencers"], raises=[UnknownInfluencer])
async def list_posts(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    influencer_id: FromPath[str],
    account_id: AccountId = None,
    since: From = None,
    until: To = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Post]:
    """Posts, the newest first."""
    owner = await profiles.get_influencer(db, caller.workspace_id, ids.read("inf", influencer_id))
    account = None if account_id is None else ids.read("acc", account_id)
    after = paging.decode(cursor, ByTime)
    rows = await store.list_posts(
        db, INFLUENCERS, caller.workspace_id, owner.id, account, since, until, after, limit + 1
    )
    return paging.page(rows, limit, lambda row: (row.sorted_at, row.id), show.post)


ROUTES = [add_posts, list_posts]
