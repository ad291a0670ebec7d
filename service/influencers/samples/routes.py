"""/v1/influencers/{id}/accounts/{account_id}/follower-samples."""

import asyncio
from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from scoring import fakes
from service.accounts import audit
from service.accounts.callers import Caller, May
from service.influencers.accounts.store import accounts_of, get_account
from service.influencers.changes import touched
from service.influencers.problems import NotASample, UnknownAccount, UnknownInfluencer, UnknownSample
from service.influencers.profiles import store as profiles
from service.influencers.samples import show, store
from service.influencers.samples.schemas import FollowerSample, NewFollowerSample
from service.influencers.samples.values import counts
from service.influencers.tables import INFLUENCERS
from service.kit import clock, ids, paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page

Reader = Annotated[Caller, May("influencers:read")]
Writer = Annotated[Caller, May("influencers:write")]
_PATH = "/v1/influencers/{influencer_id:str}/accounts/{account_id:str}/follower-samples"


@post(_PATH, tags=["influencers"], raises=[UnknownInfluencer, UnknownAccount, NotASample])
async def add_follower_sample(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    influencer_id: FromPath[str],
    account_id: FromPath[str],
    data: JSONBody[NewFollowerSample],
) -> FollowerSample:
    """Judges followers, or takes a vendor's verdict; counts are kept, and not who the followers are."""
    account = await _account(db, caller.workspace_id, influencer_id, account_id)
    counted = await asyncio.to_thread(lambda: counts(data, fakes.builtin()))
    as_of = data.as_of or await clock.now(db)
    facts = msgspec.structs.astuple(counted)
    row = await store.put_sample(db, caller.workspace_id, ids.new(), account, data.source, as_of, *facts)
    await store.settle_latest(db, caller.workspace_id, account)
    details = {"account": account_id, "source": data.source}
    await audit.record(db, caller, "follower_sample.added", influencer_id, details)
    await touched(db, caller.workspace_id, [ids.read("inf", influencer_id)])
    return await asyncio.to_thread(show.sample, row)


@get(_PATH, tags=["influencers"], raises=[UnknownInfluencer, UnknownAccount, BadCursor])
async def list_follower_samples(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    influencer_id: FromPath[str],
    account_id: FromPath[str],
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[FollowerSample]:
    """Samples of an account's followers, the newest first; scores are made by the newest."""
    account = await _seen(db, caller.workspace_id, influencer_id, account_id)
    before = paging.decode(cursor, tuple[datetime, str]) or (None, None)
    rows = await store.list_samples(db, caller.workspace_id, account, *before, limit + 1)
    return await asyncio.to_thread(paging.page, rows, limit, lambda row: (row.as_of, row.source), show.sample)


@delete(
    _PATH + "/{sample_id:str}",
    tags=["influencers"],
    raises=[UnknownInfluencer, UnknownAccount, UnknownSample],
)
async def delete_follower_sample(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    influencer_id: FromPath[str],
    account_id: FromPath[str],
    sample_id: FromPath[str],
) -> None:
    """Removes a sample that was wrong."""
    account = await _account(db, caller.workspace_id, influencer_id, account_id)
    await store.delete_sample(db, caller.workspace_id, account, ids.read("smp", sample_id))
    await store.settle_latest(db, caller.workspace_id, account)
    await audit.record(db, caller, "follower_sample.deleted", influencer_id, {"sample": sample_id})
    await touched(db, caller.workspace_id, [ids.read("inf", influencer_id)])


async def _seen(db: Connection, workspace_id: UUID, influencer_id: str, account_id: str) -> UUID:
    """The account for one who only reads, and need not wait for those who write."""
    owner = await profiles.get_influencer(db, workspace_id, ids.read("inf", influencer_id))
    key = ids.read("acc", account_id)
    if key not in {row.id for row in await accounts_of(db, INFLUENCERS, workspace_id, [owner.id])}:
        raise UnknownAccount
    return key


async def _account(db: Connection, workspace_id: UUID, influencer_id: str, account_id: str) -> UUID:
    """Raises UnknownInfluencer, UnknownAccount."""
    owner = await profiles.get_influencer(db, workspace_id, ids.read("inf", influencer_id))
    account = await get_account(db, INFLUENCERS, workspace_id, owner.id, ids.read("acc", account_id))
    return account.id


ROUTES = [add_follower_sample, list_follower_samples, delete_follower_sample]
