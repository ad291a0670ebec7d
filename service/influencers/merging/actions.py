"""Several profiles of one person become one; and the way back."""

from uuid import UUID

import msgspec

from service.accounts.callers import Caller
from service.influencers.changes import changed
from service.influencers.events import InfluencersMerged, MergeUndone
from service.influencers.merging import store
from service.influencers.merging.schemas import MergeRow
from service.influencers.merging.together import CHANGED, together
from service.influencers.problems import CannotMerge, CannotUndo, UnknownInfluencer
from service.influencers.profiles import store as profiles
from service.influencers.profiles.schemas import InfluencerRow
from service.kit import events, ids
from service.kit.db import Connection
from service.kit.text import fold_tr


async def lock(
    db: Connection, workspace_id: UUID, keep: UUID, merge: list[UUID]
) -> tuple[InfluencerRow, list[InfluencerRow]]:
    """The kept profile and the others, as they were named. Raises UnknownInfluencer, CannotMerge."""
    if keep in merge:
        raise CannotMerge("a profile can't be merged into itself")
    found = {row.id: row for row in await store.lock_all(db, workspace_id, [keep, *merge])}
    missing = [one for one in (keep, *merge) if one not in found]
    if missing:
        raise UnknownInfluencer(f"there is no {ids.show('inf', missing[0])!r}")
    rows = [found[one] for one in dict.fromkeys(merge)]
    for row in (found[keep], *rows):
        if row.merged_into is not None or row.opted_out_at is not None:
            why = "was merged already" if row.merged_into else "opted out"
            raise CannotMerge(f"{ids.show('inf', row.id)} {why}")
    return found[keep], rows


async def merge(
    db: Connection, caller: Caller, kept: InfluencerRow, others: list[InfluencerRow]
) -> tuple[InfluencerRow, UUID]:
    """Moves everything to the kept profile and archives the others; the record knows the way back."""
    workspace_id, merged = caller.workspace_id, [row.id for row in others]
    moved = await store.belongings(db, workspace_id, merged)
    for one in moved:
        await store.move_accounts(db, workspace_id, kept.id, one.accounts)
        one.rates = await store.move_rates(db, workspace_id, kept.id, one.rates)
        await store.move_contacts(db, workspace_id, kept.id, one.contacts)
    await store.mark_merged(db, workspace_id, merged, kept.id)
    merge_id = ids.new()
    before = {name: getattr(kept, name) for name in CHANGED}
    packed = [msgspec.to_builtins(one) for one in moved]
    await store.add_merge(db, workspace_id, merge_id, kept.id, merged, packed, before, caller.name)
    saved = await _save(db, workspace_id, together(kept, others))
    await events.emit(db, InfluencersMerged(workspace_id, kept.id, merged))
    await changed(db, workspace_id, [kept.id, *merged])
    return saved, merge_id


async def undo(db: Connection, workspace_id: UUID, kept: InfluencerRow, row: MergeRow) -> InfluencerRow:
    """Gives everything back that is still there. Raises CannotUndo unless it is the newest merge left."""
    if row.undone_at is not None or await store.newest_merge(db, workspace_id, kept.id) != row.id:
        raise CannotUndo("only the newest merge that stands can be taken back")
    for one in row.moved:
        await store.move_accounts(db, workspace_id, one.influencer_id, one.accounts)
        await store.move_rates(db, workspace_id, one.influencer_id, one.rates)
        await store.move_contacts(db, workspace_id, one.influencer_id, one.contacts)
    await store.unmark_merged(db, workspace_id, [msgspec.to_builtins(one) for one in row.moved])
    await store.mark_undone(db, workspace_id, row.id)
    saved = await _save(db, workspace_id, msgspec.structs.replace(kept, **row.before))
    await events.emit(db, MergeUndone(workspace_id, kept.id, row.merged_ids))
    await changed(db, workspace_id, [kept.id, *row.merged_ids])
    return saved


async def _save(db: Connection, workspace_id: UUID, row: InfluencerRow) -> InfluencerRow:
    return await profiles.save_influencer(
        db,
        workspace_id,
        row.id,
        row.name,
        fold_tr(row.name),
        row.avatar_url,
        row.country,
        row.city,
        row.languages,
        row.categories,
        row.bio,
        row.tags,
        row.notes,
        row.owner,
        row.source,
        row.legal_basis,
        row.collected_at,
        [],
    )
