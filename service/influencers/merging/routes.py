"""POST /v1/influencers/merge, and its undoing."""

from typing import Annotated

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.influencers.merging import actions, store
from service.influencers.merging.schemas import Merge, Merged, MergeRequest, MergeRow
from service.influencers.merging.together import together
from service.influencers.problems import CannotMerge, CannotUndo, UnknownInfluencer, UnknownMerge
from service.influencers.profiles import show
from service.influencers.profiles import store as profiles
from service.influencers.profiles.schemas import Influencer
from service.kit import ids
from service.kit.db import Connection
from service.kit.paging import Page

Reader = Annotated[Caller, May("influencers:read")]
Writer = Annotated[Caller, May("influencers:write")]
DryRun = Annotated[bool, QueryParameter(description="true: only show what would come of it")]


@post(
    "/v1/influencers/merge",
    tags=["influencers"],
    status_code=200,
    raises=[UnknownInfluencer, CannotMerge],
)
async def merge_influencers(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    data: JSONBody[MergeRequest],
    dry_run: DryRun = False,
) -> Merged:
    """Makes one profile of several: accounts, snapshots, audiences, posts, rates and contacts move."""
    merge = [ids.read("inf", one) for one in data.merge]
    kept, others = await actions.lock(db, caller.workspace_id, ids.read("inf", data.keep), merge)
    moved = await store.count(db, caller.workspace_id, [row.id for row in others])
    if dry_run:
        shown = await show.one(db, caller.workspace_id, together(kept, others))
        return Merged(shown, moved, True, None)
    saved, number = await actions.merge(db, caller, kept, others)
    merge_id = ids.show("mrg", number)
    details = {"merge": merge_id, "merged": data.merge}
    await audit.record(db, caller, "influencer.merged", data.keep, details)
    return Merged(await show.one(db, caller.workspace_id, saved), moved, False, merge_id)


@get("/v1/influencers/{influencer_id:str}/merges", tags=["influencers"], raises=[UnknownInfluencer])
async def list_merges(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], influencer_id: FromPath[str]
) -> Page[Merge]:
    """What was merged into a profile, the newest first."""
    kept = await profiles.get_influencer(db, caller.workspace_id, ids.read("inf", influencer_id))
    return Page([_show(row) for row in await store.merges_of(db, caller.workspace_id, kept.id)], None, False)


@post(
    "/v1/influencers/{influencer_id:str}/merges/{merge_id:str}/undo",
    tags=["influencers"],
    status_code=200,
    raises=[UnknownInfluencer, UnknownMerge, CannotUndo],
)
async def undo_merge(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    influencer_id: FromPath[str],
    merge_id: FromPath[str],
) -> Influencer:
    """Takes a merge back: the profiles stand for themselves again, with what came from them."""
    kept = await profiles.lock_influencer(db, caller.workspace_id, ids.read("inf", influencer_id))
    row = await store.lock_merge(db, caller.workspace_id, kept.id, ids.read("mrg", merge_id))
    saved = await actions.undo(db, caller.workspace_id, kept, row)
    await audit.record(db, caller, "influencer.merge_undone", influencer_id, {"merge": merge_id})
    return await show.one(db, caller.workspace_id, saved)


def _show(row: MergeRow) -> Merge:
    return Merge(
        id=ids.show("mrg", row.id),
        kept=ids.show("inf", row.kept_id),
        merged=[ids.show("inf", one) for one in row.merged_ids],
        actor=row.actor,
        created_at=row.created_at,
        undone_at=row.undone_at,
    )


ROUTES = [merge_influencers, list_merges, undo_merge]
