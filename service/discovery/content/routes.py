"""/v1/content: how far texts are read; /v1/influencers/{id}/safety."""

from typing import Annotated, cast
from uuid import UUID

from litestar import get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from scoring.content import space
from service.accounts import audit
from service.accounts.callers import Caller, May
from service.discovery.content import actions, spaces, store
from service.discovery.content.jobs import READ_TEXTS
from service.discovery.content.problems import BrokenSpace
from service.discovery.content.schemas import (
    ContentPatch,
    ContentStatus,
    Refresh,
    Safety,
    SafetyHit,
    Space,
    SpaceRow,
    StoredHit,
)
from service.discovery.word_lists import lists
from service.discovery.word_lists import store as word_lists
from service.discovery.word_lists.schemas import Language
from service.influencers.problems import UnknownInfluencer
from service.influencers.profiles.store import get_influencer
from service.kit import ids, jobs
from service.kit.db import Connection
from service.kit.jobs import JobView

Reader = Annotated[Caller, May("discovery:read")]
Writer = Annotated[Caller, May("discovery:write")]


@get("/v1/content", tags=["discovery"], raises=[BrokenSpace])
async def get_content(caller: NamedDependency[Reader], db: NamedDependency[Connection]) -> ContentStatus:
    """How far the texts of influencers are read, and what was learnt from them."""
    return await _status(db, caller.workspace_id)


@patch("/v1/content", tags=["discovery"], raises=[BrokenSpace])
async def change_content(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], data: JSONBody[ContentPatch]
) -> ContentStatus:
    """Changes how many topics are looked for; then texts are learnt anew in the background."""
    await store.put_topics(db, caller.workspace_id, data.topics)
    await audit.record(db, caller, "content.changed", "content", {"topics": data.topics})
    await actions.ask_for_reading(db, caller.workspace_id)
    return await _status(db, caller.workspace_id)


@post("/v1/content/refresh", tags=["discovery"], status_code=202)
async def refresh_content(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], data: JSONBody[Refresh]
) -> JobView:
    """Reads what has changed, which else happens by itself; with `learn`, learns all texts anew."""
    job_id = await actions.ask_for_reading(db, caller.workspace_id, learn=data.learn)
    return jobs.show(await jobs.get(db, caller.workspace_id, job_id))


@get("/v1/influencers/{influencer_id:str}/safety", tags=["discovery"], raises=[UnknownInfluencer])
async def get_safety(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], influencer_id: FromPath[str]
) -> Safety:
    """Words of word lists in an influencer's bio and newest posts, at most five of a category."""
    row = await get_influencer(db, caller.workspace_id, ids.read("inf", influencer_id))
    chosen = lists.effective(await word_lists.changed_lists(db, caller.workspace_id))
    read = await store.is_read(db, caller.workspace_id, row.id, lists.digest(chosen))
    found = await store.hits(db, caller.workspace_id, [row.id])
    return Safety(influencer_id, read, [_hit(hit) for each in found for hit in each.hits])


async def _status(db: Connection, workspace_id: UUID) -> ContentStatus:
    found = await spaces.find(db, workspace_id)
    chosen = lists.effective(await word_lists.changed_lists(db, workspace_id))
    counts = await store.count(db, workspace_id, found[0].id if found else None, lists.digest(chosen))
    topics = await store.find_topics(db, workspace_id) or space.TOPICS
    return ContentStatus(
        topics=topics,
        influencers=counts.influencers,
        # Until something was learnt, what was read has no place to stand.
        read=counts.read if found else 0,
        pending=counts.pending if found else counts.influencers,
        with_hits=counts.with_hits,
        space=_space(found) if found else None,
        job_id=ids.show_or_none("job", await _open_job(db, workspace_id)),
    )


def _space(found: tuple[SpaceRow, space.Space]) -> Space:
    row, made = found
    return Space(
        id=ids.show("spc", row.id),
        learnt_at=row.created_at,
        influencers=row.influencers,
        changed_since=row.changed,
        topics=[made.topics.name(topic) for topic in range(made.topics.size)],
    )


async def _open_job(db: Connection, workspace_id: UUID) -> UUID | None:
    for status in ("running", "queued"):
        found = await jobs.list_jobs(db, workspace_id, kind=READ_TEXTS, status=status, limit=1)
        if found:
            return found[0].id
    return None


def _hit(hit: StoredHit) -> SafetyHit:
    return SafetyHit(
        category=hit.category,
        language=cast(Language, hit.language),
        word=hit.word,
        written=hit.written,
        where="post" if hit.post_id else "bio",
        post_id=ids.show_or_none("pst", hit.post_id),
    )


ROUTES: list[ControllerRouterHandler] = [get_content, change_content, refresh_content, get_safety]
