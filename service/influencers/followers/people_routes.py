"""/v1/followers: the people themselves, whomever they follow."""

import asyncio
from functools import partial
from typing import Annotated, Any

from litestar import Request, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import JSONBody

from service.accounts import audit
from service.accounts.callers import Caller, May, transaction
from service.imports.rejects import REASONS, Unfit
from service.influencers.followers import people
from service.influencers.followers.people import Known
from service.influencers.followers.schemas import (
    DryRun,
    FollowerErasure,
    FollowerIdentity,
    LinkedFollowers,
    NewFollowerLinks,
)
from service.influencers.followers.turns import alone
from service.influencers.followers.undoing import Undone, undo
from service.influencers.identity import workspace_key
from service.kit.problems import InvalidInput, Unavailable

Writer = Annotated[Caller, May("influencers:write")]
AnyRequest = Request[Any, Any, Any]


@post("/v1/followers/links", tags=["influencers"], status_code=200, raises=[Unavailable])
async def link_followers(
    caller: NamedDependency[Writer],
    request: AnyRequest,
    state: State,
    data: JSONBody[NewFollowerLinks],
    dry_run: DryRun = False,
) -> LinkedFollowers:
    """Says which identities on different platforms are one person's, who is counted once from then on.

    Links stand for good: which of two identities a set meant can't be told afterwards. Wrong ones are listed;
    the others are taken in.
    """
    key = workspace_key(state.settings, caller.workspace_id)
    read = await asyncio.to_thread(people.read_links, data.links, key)
    try:
        async with alone(partial(transaction, request, caller), caller.workspace_id) as db:
            made = await people.link(db, caller.workspace_id, read, dry_run=dry_run)
            undo(made, dry_run)
            details = {"linked": made.linked, "sets_changed": made.sets_changed}
            await audit.record(db, caller, "followers.linked", "followers", details)
    except Undone as undone:
        return undone.answer  # type: ignore[no-any-return]
    return made


@post("/v1/followers/erase", tags=["influencers"], status_code=200, raises=[InvalidInput, Unavailable])
async def erase_follower(
    caller: NamedDependency[Writer],
    request: AnyRequest,
    state: State,
    data: JSONBody[FollowerIdentity],
    dry_run: DryRun = False,
) -> FollowerErasure:
    """Removes somebody from all audiences, with every linked identity; no list brings them back."""
    known = _known(data, workspace_key(state.settings, caller.workspace_id))
    try:
        async with alone(partial(transaction, request, caller), caller.workspace_id) as db:
            made = await people.forget(db, caller.workspace_id, [known], dry_run=dry_run)
            undo(made, dry_run)
            details = {"identities": made.identities, "sets": made.sets}
            await audit.record(db, caller, "follower.erased", "follower", details)
    except Undone as undone:
        return undone.answer  # type: ignore[no-any-return]
    return made


def _known(data: FollowerIdentity, key: bytes) -> Known:
    try:
        return people.read_identity(data, key)
    except Unfit as unfit:
        errors = [{"path": "id", "message": REASONS[unfit.reason]}]
        raise InvalidInput("this names nobody", errors=errors) from unfit


ROUTES = [link_followers, erase_follower]
