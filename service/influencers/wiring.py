"""What the domain gives to those below it, and does when theirs change, for app.py."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import msgspec

from service.accounts.workspaces.store import get_workspace
from service.imports import kinds
from service.imports import store as imports
from service.imports.kinds import Kind
from service.imports.outcomes import Apply, Origin, Outcome
from service.influencers.bulk.audiences import put_audiences
from service.influencers.bulk.followers import put_followers
from service.influencers.bulk.posts import put_posts
from service.influencers.bulk.profiles import put_influencers
from service.influencers.bulk.schemas import Intake
from service.influencers.events import InfluencersErased
from service.influencers.followers import jobs as follower_jobs  # noqa: F401 - registers forgetting
from service.influencers.identity import workspace_key
from service.influencers.intake.audiences import AUDIENCES
from service.influencers.intake.followers import FOLLOWERS
from service.influencers.intake.posts import POSTS
from service.influencers.intake.profiles import INFLUENCERS
from service.kit import events
from service.kit.db import Connection

Put = Callable[[Connection, Intake, Sequence[Any]], Awaitable[Sequence[Outcome]]]


def register() -> None:
    """Makes the kinds of files known, and lets an erasure reach what was quoted from files."""
    pairs: tuple[tuple[Kind, Put], ...] = (
        (INFLUENCERS, put_influencers),
        (AUDIENCES, put_audiences),
        (POSTS, put_posts),
        (FOLLOWERS, put_followers),
    )
    for kind, put in pairs:
        kinds.register(_taken_in_by(kind, put))
    events.subscribe(InfluencersErased, _forget_quotes)


def _taken_in_by(kind: Kind, put: Put) -> Kind:
    async def apply(db: Connection, origin: Origin, records: Sequence[Any]) -> Sequence[Outcome]:
        return await put(db, await _intake(db, origin), records)

    made: Apply = apply
    return msgspec.structs.replace(kind, apply=made)


async def _intake(db: Connection, origin: Origin) -> Intake:
    """One for all batches of an import."""
    if "intake" not in origin.kept:
        origin.kept["intake"] = await _new_intake(db, origin)
    kept: Intake = origin.kept["intake"]
    return kept


async def _new_intake(db: Connection, origin: Origin) -> Intake:
    return Intake(
        workspace_id=origin.workspace_id,
        source=origin.source,
        legal_basis=origin.legal_basis,
        collected_at=origin.collected_at,
        as_of=origin.as_of,
        key=workspace_key(origin.settings, origin.workspace_id),
        currency=(await get_workspace(db, origin.workspace_id)).currency,
    )


async def _forget_quotes(db: Connection, event: InfluencersErased) -> None:
    # Which refused row was about whom is not known: all go.
    await imports.forget_values(db, event.workspace_id)
