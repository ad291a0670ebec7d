"""GET /v1/influencers/{id}/scores/history, and one of its entries made again."""

from typing import Annotated
from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.types import ControllerRouterHandler
from msgspec import Meta

from service.accounts.callers import Caller, May
from service.discovery.models.problems import ModelRefused
from service.discovery.scores.history import actions, store
from service.discovery.scores.history.problems import ModelGone, UnknownRecord
from service.discovery.scores.history.schemas import KeptScores, PastScores, RecordRow, Replay
from service.influencers.problems import UnknownInfluencer
from service.influencers.profiles import store as profiles
from service.kit import ids, paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page

Reader = Annotated[Caller, May("discovery:read")]
Before = tuple[UUID, Annotated[int, Meta(ge=0, le=2**31 - 1)]]
OfBrief = Annotated[str | None, QueryParameter(max_length=40, description="of this brief alone")]


@get(
    "/v1/influencers/{influencer_id:str}/scores/history",
    tags=["discovery"],
    raises=[UnknownInfluencer, BadCursor],
)
async def list_influencer_score_history(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    influencer_id: FromPath[str],
    brief_id: OfBrief = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[PastScores]:
    """The scores that runs have shown of an influencer, the newest first. They are kept for two years."""
    key = ids.read("inf", influencer_id)
    owner = await profiles.get_influencer(db, caller.workspace_id, key)
    if owner.opted_out_at is not None:
        return Page([], None, False)
    of_brief = None if brief_id is None else ids.read("bri", brief_id)
    before, rank = paging.decode(cursor, Before) or (None, None)
    rows = await store.list_records(db, caller.workspace_id, key, of_brief, before, rank, limit + 1)
    return paging.page(rows, limit, lambda row: (row.run_id, row.rank), _past)


@get(
    "/v1/influencers/{influencer_id:str}/scores/history/{run_id:str}",
    tags=["discovery"],
    raises=[UnknownInfluencer, UnknownRecord, ModelGone, ModelRefused],
)
async def replay_influencer_scores(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    influencer_id: FromPath[str],
    run_id: FromPath[str],
) -> Replay:
    """An old score made again, by the model and the inputs of its day."""
    key, run = ids.read("inf", influencer_id), ids.read("run", run_id)
    owner = await profiles.get_influencer(db, caller.workspace_id, key)
    if owner.opted_out_at is not None:
        raise UnknownRecord("who opted out has no scores to show")
    record = await store.get_record(db, caller.workspace_id, key, run)
    context = await store.get_context(db, caller.workspace_id, run)
    again = await actions.replay(db, caller.workspace_id, record, context)
    found = actions.differences(record.scores, again)
    return Replay(_past(record), again, not found, found)


def _past(row: RecordRow) -> PastScores:
    scores = {name: getattr(row.scores, name) for name in KeptScores.__struct_fields__}
    return PastScores(
        **scores,
        run_id=ids.show("run", row.run_id),
        brief_id=ids.show("bri", row.brief_id),
        brief_version=row.brief_version,
        model_version=row.model_version,
        rank=row.rank,
        as_of=row.as_of,
    )


ROUTES: list[ControllerRouterHandler] = [list_influencer_score_history, replay_influencer_scores]
