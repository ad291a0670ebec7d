"""/v1/influencers/{id}/followers."""

import asyncio
from datetime import datetime, timedelta
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, delete, get, put
from litestar.di import NamedDependency
from litestar.params import FromPath

from service.accounts import audit
from service.accounts.callers import Caller, May, transaction
from service.influencers.accounts.actions import which
from service.influencers.accounts.schemas import AccountRow
from service.influencers.audiences.routes import AccountId
from service.influencers.followers import actions, forgetting, show, store
from service.influencers.followers.actions import Asked
from service.influencers.followers.receiving import Received, receive
from service.influencers.followers.schemas import (
    AsOfQuery,
    DryRun,
    FollowerSet,
    FollowersPut,
    Force,
    Keep,
    ListBasis,
    ListBasisQuery,
    OfQuery,
    Size,
    SourceQuery,
)
from service.influencers.followers.turns import Begin, alone
from service.influencers.followers.undoing import Undone, undo
from service.influencers.identity import workspace_key
from service.influencers.problems import (
    NewerFollowers,
    NoAccount,
    NoFollowers,
    UnknownAccount,
    UnknownFollowers,
    UnknownInfluencer,
    WhichAccount,
)
from service.influencers.profiles import store as profiles
from service.influencers.tables import INFLUENCERS
from service.kit import clock, ids
from service.kit.db import Connection
from service.kit.paging import Page
from service.kit.problems import InvalidInput, TooLarge, Unavailable
from service.kit.upload import OPENAPI_BODY, BadUpload, Upload

Reader = Annotated[Caller, May("influencers:read")]
Writer = Annotated[Caller, May("influencers:write")]
AnyRequest = Request[Any, Any, Any]
_PATH = "/v1/influencers/{influencer_id:str}/followers"
# Clocks differ; a list of next week would keep out those of this one.
_AHEAD = timedelta(days=1)


@get(_PATH, tags=["influencers"], raises=[UnknownInfluencer, UnknownAccount])
async def get_followers(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    influencer_id: FromPath[str],
    account_id: AccountId = None,
) -> Page[FollowerSet]:
    """What is known of who follows or likes the accounts, never who they are. Empty where nothing is known.

    There are as many sets as accounts have lists, so this is always the only page.
    """
    owner = await profiles.get_influencer(db, caller.workspace_id, ids.read("inf", influencer_id))
    account = await _named(db, caller.workspace_id, owner.id, account_id)
    rows = await store.sets_of(db, caller.workspace_id, owner.id, account)
    linked = await store.linked_people(db, caller.workspace_id) if rows else b""
    return Page(await asyncio.to_thread(show.all_of, rows, linked), None, False)


# The upload has a limit of its own, which counts while it streams.
@put(
    _PATH,
    tags=["influencers"],
    request_max_body_size=None,
    opt={"openapi_body": OPENAPI_BODY},
    raises=[
        *(UnknownInfluencer, UnknownAccount, WhichAccount, NoAccount, NewerFollowers, NoFollowers),
        *(InvalidInput, BadUpload, TooLarge, Unavailable),
    ],
)
async def put_followers(
    caller: NamedDependency[Writer],
    request: AnyRequest,
    influencer_id: FromPath[str],
    account_id: AccountId = None,
    of: OfQuery = "followers",
    basis: ListBasisQuery = "exact",
    size: Size = None,
    keep: Keep = None,
    as_of: AsOfQuery = None,
    source: SourceQuery = "api",
    force: Force = False,
    dry_run: DryRun = False,
) -> FollowersPut:
    """Puts a list of follower ids (or handles) in the place of what was known: one a line, or the first
    column of a CSV, plain or gzipped. Only keyed hashes are kept.

    Lines that name nobody are counted and the first ones listed; the others are taken in. A random sample
    (`basis=uniform_sample`) needs the `size` of the whole audience. `keep` makes answers from a part of a
    complete list: faster, with an interval. A list that is older than what is known is refused, unless
    `force`.
    """
    _check(basis, size, keep)
    begin = partial(transaction, request, caller)
    async with begin() as db:
        account = await _account(db, caller.workspace_id, influencer_id, account_id)
        moment = _moment(as_of, await clock.now(db))
    asked = Asked(account.id, of, size, keep, moment, source, force)
    state = request.app.state
    upload = Upload(request, state.settings.max_upload)
    key = workspace_key(state.settings, caller.workspace_id)
    received = await receive(upload, key, account.platform, state.settings.max_upload)
    try:
        return await _put(begin, caller, influencer_id, asked, received, dry_run)
    finally:
        received.close()


@delete(
    _PATH,
    tags=["influencers"],
    raises=[UnknownInfluencer, UnknownAccount, UnknownFollowers, WhichAccount, NoAccount, Unavailable],
)
async def delete_followers(
    caller: NamedDependency[Writer],
    request: AnyRequest,
    influencer_id: FromPath[str],
    account_id: AccountId = None,
    of: OfQuery = "followers",
) -> None:
    """Forgets who follows (or likes) an account. Who follows nobody else is forgotten too, soon after."""
    begin = partial(transaction, request, caller)
    async with begin() as db:
        account = await _account(db, caller.workspace_id, influencer_id, account_id)
    async with alone(begin, caller.workspace_id) as db:
        await store.delete_set(db, caller.workspace_id, account.id, of)
        await forgetting.ask(db, caller.workspace_id)
        details = {"account": ids.show("acc", account.id), "of": of}
        await audit.record(db, caller, "followers.deleted", influencer_id, details)


async def _put(
    begin: Begin, caller: Caller, influencer_id: str, asked: Asked, received: Received, dry_run: bool
) -> FollowersPut:
    try:
        async with alone(begin, caller.workspace_id) as db:
            made = await actions.put(db, caller.workspace_id, asked, received, dry_run=dry_run)
            undo(made, dry_run)
            if made.removed:
                await forgetting.ask(db, caller.workspace_id)
            details = {"account": made.account_id, "of": made.of, "size": made.size, "sampled": made.sampled}
            await audit.record(db, caller, "followers.set", influencer_id, details)
    except Undone as undone:
        return undone.answer  # type: ignore[no-any-return]
    return made


async def _account(
    db: Connection, workspace_id: UUID, influencer_id: str, account_id: str | None
) -> AccountRow:
    owner = await profiles.get_influencer(db, workspace_id, ids.read("inf", influencer_id))
    return await which(db, INFLUENCERS, workspace_id, owner.id, account_id)


async def _named(db: Connection, workspace_id: UUID, owner: UUID, account_id: str | None) -> UUID | None:
    if account_id is None:
        return None
    key = ids.read("acc", account_id)
    if not await store.has_account(db, workspace_id, owner, key):
        raise UnknownAccount
    return key


def _check(basis: ListBasis, size: int | None, keep: int | None) -> None:
    """Raises InvalidInput, with everything that contradicts itself."""
    errors = []
    if basis == "uniform_sample" and size is None:
        errors.append({"path": "size", "message": "a sample needs the size of the whole audience"})
    if basis == "exact" and size:
        errors.append({"path": "size", "message": "of a complete list it is the number of people in it"})
    if basis == "uniform_sample" and size == 0:
        errors.append({"path": "size", "message": "of nobody there is no sample"})
    if basis == "uniform_sample" and keep is not None:
        errors.append({"path": "keep", "message": "is for complete lists: a sample's others are not known"})
    if errors:
        raise InvalidInput("basis, size and keep contradict each other", errors=errors)


def _moment(as_of: datetime | None, now: datetime) -> datetime:
    if as_of is not None and as_of > now + _AHEAD:
        raise InvalidInput("nobody knows it yet", errors=[{"path": "as_of", "message": "is in the future"}])
    return as_of or now


ROUTES = [get_followers, put_followers, delete_followers]
