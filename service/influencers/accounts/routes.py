"""/v1/influencers/{id}/accounts and /snapshots."""

from typing import Annotated

from litestar import delete, get, patch, post
from litestar.datastructures import State
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
from service.influencers.changes import touched
from service.influencers.followers import forgetting
from service.influencers.identity import workspace_key
from service.influencers.problems import (
    AccountTaken,
    NoAccount,
    PrivateUrl,
    Suppressed,
    UnknownAccount,
    UnknownInfluencer,
    WhichAccount,
)
from service.influencers.profiles import store as profiles
from service.influencers.profiles.actions import given_fields
from service.influencers.schemas import From, To
from service.influencers.tables import INFLUENCERS
from service.kit import clock, ids, paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, Cursor, Limit, Page

Reader = Annotated[Caller, May("influencers:read")]
Writer = Annotated[Caller, May("influencers:write")]
AccountId = Annotated[
    str | None, QueryParameter(max_length=40, description="may be left out where there is one account")
]


@get("/v1/influencers/{influencer_id:str}/accounts", tags=["influencers"], raises=[UnknownInfluencer])
async def list_accounts(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], influencer_id: FromPath[str]
) -> Page[Account]:
    """All accounts of an influencer, the largest first."""
    owner = await profiles.get_influencer(db, caller.workspace_id, ids.read("inf", influencer_id))
    found = await store.accounts_of(db, INFLUENCERS, caller.workspace_id, [owner.id])
    return Page([show.account(row) for row in found], None, False)


@post(
    "/v1/influencers/{influencer_id:str}/accounts",
    tags=["influencers"],
    raises=[UnknownInfluencer, AccountTaken, Suppressed, PrivateUrl],
)
async def add_account(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    state: State,
    influencer_id: FromPath[str],
    data: JSONBody[NewAccount],
) -> Account:
    """Adds an account, with a snapshot if there are figures."""
    owner = await profiles.lock_influencer(db, caller.workspace_id, ids.read("inf", influencer_id))
    account_id = await actions.add(
        db,
        INFLUENCERS,
        caller.workspace_id,
        owner.id,
        data,
        name=owner.name,
        source=data.source or owner.source,
        now=await clock.now(db),
        key=workspace_key(state.settings, caller.workspace_id),
    )
    await audit.record(db, caller, "account.added", influencer_id, {"account": ids.show("acc", account_id)})
    await touched(db, caller.workspace_id, [owner.id])
    return show.account(await store.get_account(db, INFLUENCERS, caller.workspace_id, owner.id, account_id))


@patch(
    "/v1/influencers/{influencer_id:str}/accounts/{account_id:str}",
    tags=["influencers"],
    raises=[UnknownInfluencer, UnknownAccount, AccountTaken, Suppressed, PrivateUrl],
)
async def change_account(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    state: State,
    influencer_id: FromPath[str],
    account_id: FromPath[str],
    data: JSONBody[AccountPatch],
) -> Account:
    """Changes by what an account is known, and its addresses."""
    owner, number = ids.read("inf", influencer_id), ids.read("acc", account_id)
    before = await store.get_account(db, INFLUENCERS, caller.workspace_id, owner, number)
    after = show.patched(before, given_fields(data))
    key = workspace_key(state.settings, caller.workspace_id)
    await actions.change(db, INFLUENCERS, caller.workspace_id, before, after, key)
    await audit.record(db, caller, "account.changed", influencer_id, {"account": account_id})
    await touched(db, caller.workspace_id, [owner])
    return show.account(await store.get_account(db, INFLUENCERS, caller.workspace_id, owner, number))


@delete(
    "/v1/influencers/{influencer_id:str}/accounts/{account_id:str}",
    tags=["influencers"],
    raises=[UnknownInfluencer, UnknownAccount],
)
async def delete_account(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    influencer_id: FromPath[str],
    account_id: FromPath[str],
) -> None:
    """Removes an account with its snapshots, audiences and posts."""
    owner = ids.read("inf", influencer_id)
    row = await store.get_account(db, INFLUENCERS, caller.workspace_id, owner, ids.read("acc", account_id))
    await store.delete_account(db, INFLUENCERS, caller.workspace_id, row.id)
    await forgetting.ask(db, caller.workspace_id)
    await audit.record(db, caller, "account.deleted", influencer_id, {"account": account_id})
    await touched(db, caller.workspace_id, [owner])


@get("/v1/influencers/{influencer_id:str}/snapshots", tags=["influencers"], raises=[UnknownInfluencer])
async def list_snapshots(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    influencer_id: FromPath[str],
    account_id: AccountId = None,
    since: From = None,
    until: To = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Snapshot]:
    """Figures in time, of one account or of all, the oldest first."""
    owner = await profiles.get_influencer(db, caller.workspace_id, ids.read("inf", influencer_id))
    account = None if account_id is None else ids.read("acc", account_id)
    after = paging.decode(cursor, SeriesKey)
    rows = await store.series(
        db, INFLUENCERS, caller.workspace_id, owner.id, account, since, until, after, limit + 1
    )
    shown = iter(show.snapshots(rows[:limit]))
    return paging.page(
        rows, limit, lambda row: (row.as_of, row.account_id, row.source), lambda _: next(shown)
    )


@post(
    "/v1/influencers/{influencer_id:str}/snapshots",
    tags=["influencers"],
    raises=[UnknownInfluencer, UnknownAccount, WhichAccount, NoAccount],
)
async def add_snapshot(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    influencer_id: FromPath[str],
    data: JSONBody[NewSnapshot],
) -> Account:
    """Adds figures of a day, or completes that day's; answers the account as it is now."""
    owner = await profiles.lock_influencer(db, caller.workspace_id, ids.read("inf", influencer_id))
    row = await actions.which(db, INFLUENCERS, caller.workspace_id, owner.id, data.account_id)
    as_of = data.as_of or await clock.now(db)
    await actions.record(
        db, INFLUENCERS, caller.workspace_id, row.id, row.platform, as_of, data.source or "api", data
    )
    await touched(db, caller.workspace_id, [owner.id])
    return show.account(await store.get_account(db, INFLUENCERS, caller.workspace_id, owner.id, row.id))


ROUTES = [
    list_accounts,
    add_account,
    change_account,
    delete_account,
    list_snapshots,
    add_snapshot,
]
