"""Opt-out, its withdrawal, erasure."""

from typing import Annotated

from litestar import Response, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.influencers.identity import workspace_key
from service.influencers.problems import AlreadyMerged, UnknownInfluencer
from service.influencers.profiles import show
from service.influencers.profiles import store as profiles
from service.influencers.profiles.schemas import Influencer
from service.influencers.removals import actions, store
from service.influencers.removals.schemas import Erasure, OptIn, OptOut
from service.kit import etag, ids
from service.kit.db import Connection
from service.kit.problems import Unavailable

Writer = Annotated[Caller, May("influencers:write")]
DryRun = Annotated[bool, QueryParameter(description="true: only count what would go")]


@post(
    "/v1/influencers/{influencer_id:str}/opt-out",
    tags=["influencers"],
    status_code=200,
    raises=[UnknownInfluencer, AlreadyMerged],
)
async def opt_out_influencer(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    state: State,
    influencer_id: FromPath[str],
    data: JSONBody[OptOut],
) -> Response[Influencer]:
    """Hides a profile from lists, search and scores, and keeps files from bringing it back."""
    family = await actions.family(db, caller.workspace_id, ids.read("inf", influencer_id))
    key = workspace_key(state.settings, caller.workspace_id)
    await actions.opt_out(db, caller.workspace_id, family, data.reason, key)
    await audit.record(db, caller, "influencer.opted_out", influencer_id)
    return await _answer(db, caller, influencer_id)


@post(
    "/v1/influencers/{influencer_id:str}/opt-in",
    tags=["influencers"],
    status_code=200,
    raises=[UnknownInfluencer, AlreadyMerged],
)
async def opt_in_influencer(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    influencer_id: FromPath[str],
    data: JSONBody[OptIn],
) -> Response[Influencer]:
    """Takes an opt-out back; the reason stays in the audit log."""
    family = await actions.family(db, caller.workspace_id, ids.read("inf", influencer_id))
    await actions.opt_in(db, caller.workspace_id, family)
    await audit.record(db, caller, "influencer.opted_in", influencer_id, {"reason": data.reason})
    return await _answer(db, caller, influencer_id)


@post(
    "/v1/influencers/{influencer_id:str}/erase",
    tags=["influencers"],
    status_code=200,
    raises=[UnknownInfluencer, AlreadyMerged, Unavailable],
)
async def erase_influencer(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    state: State,
    influencer_id: FromPath[str],
    dry_run: DryRun = False,
) -> Erasure:
    """Removes a person for good; keyed hashes stay, so that no file brings the person back."""
    family = await actions.family(db, caller.workspace_id, ids.read("inf", influencer_id))
    if dry_run:
        counts = await store.count(db, caller.workspace_id, family)
        return Erasure(influencer_id, True, counts, None)
    key = workspace_key(state.settings, caller.workspace_id)
    counts, deletion_id = await actions.erase(db, caller, family, key)
    shown = ids.show("del", deletion_id)
    await audit.record(db, caller, "influencer.erased", influencer_id, {"deletion": shown})
    return Erasure(influencer_id, False, counts, shown)


async def _answer(db: Connection, caller: Caller, influencer_id: str) -> Response[Influencer]:
    row = await profiles.get_influencer(db, caller.workspace_id, ids.read("inf", influencer_id))
    shown = await show.one(db, caller.workspace_id, row)
    return Response(shown, headers={"ETag": etag.of(row.version)})


ROUTES = [opt_out_influencer, opt_in_influencer, erase_influencer]
