"""/v1/brands/{id}/accounts, /snapshots and /posts."""

from typing import Annotated

from litestar import delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.influencers.accounts import actions, show, store
from service.influencers.accounts.schemas import (
    Account,
    AccountPatch,
    NewAccount,
    NewSnapshot,
    SeriesKey,
    Snapshot,
)
from service.influencers.brands.actions import SOURCE
from service.influencers.brands.store import get_brand, lock_brand
from service.influencers.posts import handling
from service.influencers.posts import show as posts_show
from service.influencers.posts import store as posts
from service.influencers.posts.schemas import NewPosts, Post, PostItems, PostResults
from service.influencers.problems import (
    AccountTaken,
    NoAccount,
    PrivateUrl,
    UnknownAccount,
    UnknownBrand,
    WhichAccount,
)
from service.influencers.profiles.actions import given_fields
from service.influencers.schemas import ByTime, From, To
from service.influencers.tables import BRANDS
from service.kit import clock, ids, paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, Cursor, Limit, Page

Reader = Annotated[Caller, May("brands:read")]
Writer = Annotated[Caller, May("brands:write")]
AccountId = Annotated[str | None, QueryParameter(max_length=40, description="only this account's")]


@get("/v1/brands/{brand_id:str}/accounts", tags=["brands"], raises=[UnknownBrand])
async def list_brand_accounts(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], brand_id: FromPath[str]
) -> Page[Account]:
    """All accounts of a brand, the largest first."""
    brand = await get_brand(db, caller.workspace_id, ids.read("brd", brand_id))
    found = await store.accounts_of(db, BRANDS, caller.workspace_id, [brand.id])
    return Page([show.account(row) for row in found], None, False)


@post(
    "/v1/brands/{brand_id:str}/accounts",
    tags=["brands"],
    raises=[UnknownBrand, AccountTaken, PrivateUrl],
)
async def add_brand_account(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    brand_id: FromPath[str],
    data: JSONBody[NewAccount],
) -> Account:
    """Adds an account, with a snapshot if there are figures."""
    brand = await lock_brand(db, caller.workspace_id, ids.read("brd", brand_id))
    source, now = data.source or SOURCE, await clock.now(db)
    account_id = await actions.add(
        db, BRANDS, caller.workspace_id, brand.id, data, name=brand.name, source=source, now=now, key=b""
    )
    await audit.record(db, caller, "account.added", brand_id, {"account": ids.show("acc", account_id)})
    return show.account(await store.get_account(db, BRANDS, caller.workspace_id, brand.id, account_id))


@patch(
    "/v1/brands/{brand_id:str}/accounts/{account_id:str}",
    tags=["brands"],
    raises=[UnknownBrand, UnknownAccount, AccountTaken, PrivateUrl],
)
async def change_brand_account(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    brand_id: FromPath[str],
    account_id: FromPath[str],
    data: JSONBody[AccountPatch],
) -> Account:
    """Changes by what an account is known, and its addresses."""
    owner, number = ids.read("brd", brand_id), ids.read("acc", account_id)
    before = await store.get_account(db, BRANDS, caller.workspace_id, owner, number)
    after = show.patched(before, given_fields(data))
    await actions.change(db, BRANDS, caller.workspace_id, before, after, b"")
    await audit.record(db, caller, "account.changed", brand_id, {"account": account_id})
    return show.account(await store.get_account(db, BRANDS, caller.workspace_id, owner, number))


@delete(
    "/v1/brands/{brand_id:str}/accounts/{account_id:str}",
    tags=["brands"],
    raises=[UnknownBrand, UnknownAccount],
)
async def delete_brand_account(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    brand_id: FromPath[str],
    account_id: FromPath[str],
) -> None:
    """Removes an account with its snapshots and posts."""
    owner = ids.read("brd", brand_id)
    row = await store.get_account(db, BRANDS, caller.workspace_id, owner, ids.read("acc", account_id))
    await store.delete_account(db, BRANDS, caller.workspace_id, row.id)
    await audit.record(db, caller, "account.deleted", brand_id, {"account": account_id})


@get("/v1/brands/{brand_id:str}/snapshots", tags=["brands"], raises=[UnknownBrand, paging.BadCursor])
async def list_brand_snapshots(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    brand_id: FromPath[str],
    account_id: AccountId = None,
    since: From = None,
    until: To = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Snapshot]:
    """Figures in time, of one account or of all, the oldest first."""
    brand = await get_brand(db, caller.workspace_id, ids.read("brd", brand_id))
    account = None if account_id is None else ids.read("acc", account_id)
    after = paging.decode(cursor, SeriesKey)
    rows = await store.series(
        db, BRANDS, caller.workspace_id, brand.id, account, since, until, after, limit + 1
    )
    shown = iter(show.snapshots(rows[:limit]))
    return paging.page(
        rows, limit, lambda row: (row.as_of, row.account_id, row.source), lambda _: next(shown)
    )


@post(
    "/v1/brands/{brand_id:str}/snapshots",
    tags=["brands"],
    raises=[UnknownBrand, UnknownAccount, WhichAccount, NoAccount],
)
async def add_brand_snapshot(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    brand_id: FromPath[str],
    data: JSONBody[NewSnapshot],
) -> Account:
    """Adds figures of a day, or completes that day's; answers the account as it is now."""
    brand = await lock_brand(db, caller.workspace_id, ids.read("brd", brand_id))
    row = await actions.which(db, BRANDS, caller.workspace_id, brand.id, data.account_id)
    as_of, source = data.as_of or await clock.now(db), data.source or SOURCE
    await actions.record(db, BRANDS, caller.workspace_id, row.id, row.platform, as_of, source, data)
    return show.account(await store.get_account(db, BRANDS, caller.workspace_id, brand.id, row.id))


@post(
    "/v1/brands/{brand_id:str}/posts",
    tags=["brands"],
    status_code=200,
    opt={"body_type": NewPosts},
    raises=[UnknownBrand],
)
async def add_brand_posts(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    brand_id: FromPath[str],
    data: JSONBody[PostItems],
) -> PostResults:
    """Adds posts or completes what is known of them: a result per item, good ones are stored beside bad."""
    brand = await get_brand(db, caller.workspace_id, ids.read("brd", brand_id))
    results = await handling.take_in(db, BRANDS, caller.workspace_id, brand.id, data.posts)
    if results.created or results.updated:
        counts = {"created": results.created, "updated": results.updated}
        await audit.record(db, caller, "posts.added", brand_id, counts)
    return results


@get("/v1/brands/{brand_id:str}/posts", tags=["brands"], raises=[UnknownBrand, paging.BadCursor])
async def list_brand_posts(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    brand_id: FromPath[str],
    account_id: AccountId = None,
    since: From = None,
    until: To = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Post]:
    """Posts, the newest first."""
    brand = await get_brand(db, caller.workspace_id, ids.read("brd", brand_id))
    account = None if account_id is None else ids.read("acc", account_id)
    after = paging.decode(cursor, ByTime)
    rows = await posts.list_posts(
        db, BRANDS, caller.workspace_id, brand.id, account, since, until, after, limit + 1
    )
    return paging.page(rows, limit, lambda row: (row.sorted_at, row.id), posts_show.post)


ROUTES = [
    list_brand_accounts,
    add_brand_account,
    change_brand_account,
    delete_brand_account,
    list_brand_snapshots,
    add_brand_snapshot,
    add_brand_posts,
    list_brand_posts,
]
