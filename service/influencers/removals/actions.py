"""Leaving: out of sight and out of imports, or out of the tables."""

from uuid import UUID

import msgspec

from service.accounts.callers import Caller
from service.influencers.changes import changed
from service.influencers.events import InfluencersErased
from service.influencers.followers import forgetting, people, turns
from service.influencers.identity import Identity, marks
from service.influencers.problems import AlreadyMerged
from service.influencers.removals import store
from service.influencers.removals.schemas import RemovalCounts
from service.kit import events, ids, outbox
from service.kit.db import Connection


async def family(db: Connection, workspace_id: UUID, influencer_id: UUID) -> list[UUID]:
    """A locked profile and those that were merged into it: one person. Raises AlreadyMerged."""
    row = await store.lock(db, workspace_id, influencer_id)
    if row.merged_into is not None:
        kept = ids.show("inf", row.merged_into)
        raise AlreadyMerged(f"it is part of {kept} now", influencer_id=kept)
    return await store.with_merged(db, workspace_id, row.id)


async def opt_out(
    db: Connection, workspace_id: UUID, family: list[UUID], reason: str | None, key: bytes
) -> None:
    """Hides the profiles and marks their identities, so that no file brings them back."""
    await store.add_marks(
        db, workspace_id, await _marks(db, workspace_id, family, key), "opted_out", family[0]
    )
    await store.opt_out(db, workspace_id, family, reason)
    await changed(db, workspace_id, family)


async def opt_in(db: Connection, workspace_id: UUID, family: list[UUID]) -> None:
    """Takes an opt-out back."""
    await store.remove_marks(db, workspace_id, family)
    await store.opt_in(db, workspace_id, family)
    await changed(db, workspace_id, family)


async def erase(db: Connection, caller: Caller, family: list[UUID], key: bytes) -> tuple[RemovalCounts, UUID]:
    """Removes the profiles and all that hangs on them, here and with every subscriber.

    Keyed hashes stay, so that no file brings the person back, and a record that names no one.
    """
    workspace_id = caller.workspace_id
    counts = await store.count(db, workspace_id, family)
    await store.add_marks(db, workspace_id, await _marks(db, workspace_id, family, key), "erased", None)
    await _forget_as_followers(db, workspace_id, family, key)
    await events.emit(db, InfluencersErased(workspace_id, family))
    for one in family:
        await outbox.forget(db, workspace_id, ids.show("inf", one))
    await store.delete(db, workspace_id, family)
    if counts.follower_sets:
        await forgetting.ask(db, workspace_id)
    deletion_id = ids.new()
    await store.record_deletion(
        db, workspace_id, deletion_id, family[0], msgspec.to_builtins(counts), caller.name
    )
    return counts, deletion_id


async def _forget_as_followers(db: Connection, workspace_id: UUID, family: list[UUID], key: bytes) -> None:
    """They may follow others: lists name people by id or by handle."""
    found = await store.identities(db, workspace_id, family)
    named = ((row.platform, name) for row in found for name in (row.platform_id, row.handle_folded))
    known = people.known_as(named, key)
    if known:
        await turns.wait(db, workspace_id)
        await people.forget(db, workspace_id, known)


async def _marks(db: Connection, workspace_id: UUID, family: list[UUID], key: bytes) -> list[bytes]:
    found = await store.identities(db, workspace_id, family)
    known = [Identity(*msgspec.structs.astuple(row)) for row in found]
    return list({mark for who in known for mark in marks(key, who)})
