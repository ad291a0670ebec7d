"""Mentions in: known again, read, stored, searchable, and told to whoever follows them.

All intake goes through `take`: the API, files, feeds, webhooks. It converges: the same reports in any order
and as often as they come leave the same rows.
"""

import asyncio
from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from msgspec import Struct, structs

from service.influencers.bulk.suppression import left
from service.influencers.identity import Identity, fold_handle, workspace_key
from service.kit import clock, events, ids
from service.kit.db import Connection
from service.mentions import store
from service.mentions.events import MentionsTaken
from service.mentions.language.words import tokens
from service.mentions.merging import Told, together
from service.mentions.queries.matching import match
from service.mentions.reading import read_texts
from service.mentions.reports import MentionReport
from service.mentions.rows import Change, MentionValues, change, folded_handle, folded_name, read
from service.settings import Settings

TRIES = 5


class Taken(Struct, frozen=True):
    """What became of a report, and of which mention."""

    status: Literal["created", "updated", "unchanged"]
    mention_id: UUID


async def take(
    db: Connection, settings: Settings, workspace_id: UUID, reports: Sequence[MentionReport]
) -> list[Taken]:
    """Takes reports in, in the caller's transaction; what became of each, in their order."""
    key = workspace_key(settings, workspace_id)
    told = together(reports, await clock.now(db))
    told = await _without_names(db, workspace_id, key, told)
    changes: list[Change] = []
    for _ in range(TRIES):
        done, told = await _attempt(db, workspace_id, key, told)
        changes += done
        if not told:
            break
    await _follow(db, workspace_id, changes)
    outcomes = [Taken("unchanged", ids.new())] * len(reports)
    for one in changes:
        first, *others = one.told.places
        outcomes[first] = Taken(one.status, one.mention_id)  # type: ignore[arg-type]
        for place in others:
            outcomes[place] = Taken("unchanged", one.mention_id)
    return outcomes


async def _attempt(
    db: Connection, workspace_id: UUID, key: bytes, told: list[Told]
) -> tuple[list[Change], list[Told]]:
    """Writes what it can; what somebody else added meanwhile is left for the next attempt."""
    known = {row.key: row for row in await store.lock_known(db, workspace_id, [one.key for one in told])}
    changes = [change(one, known.get(one.key), ids.new(), key) for one in told]
    await _read(changes)
    await _join(db, workspace_id, changes)
    added = [one.values for one in changes if one.values and one.status == "created"]
    changed = [one.values for one in changes if one.values and one.status != "created"]
    mine = set()
    if added:
        await store.stage(db, added)
        mine = await store.add_staged(db, workspace_id)
    if changed:
        await store.stage(db, changed)
        await store.change_staged(db, workspace_id)
    missed = [one.told for one in changes if one.status == "created" and one.told.key not in mine]
    gone = {one.key for one in missed}
    return [one for one in changes if one.told.key not in gone], missed


async def _read(changes: list[Change]) -> None:
    """Language and sentiment of texts that are new or other than they were, off the event loop."""
    fresh = [one for one in changes if one.values is not None and one.reread]
    rows = [one.values for one in fresh if one.values is not None]
    readings = await asyncio.to_thread(read_texts, [(row.title, row.text, row.language) for row in rows])
    for one, row, reading in zip(fresh, rows, readings, strict=True):
        one.values = read(row, reading)


async def _join(db: Connection, workspace_id: UUID, changes: list[Change]) -> None:
    """Who wrote it, where that is a known influencer."""
    rows = [one for one in changes if one.values is not None and one.values.account_id is None]
    reports = [one.told.report for one in rows]
    found = await store.find_authors(
        db,
        workspace_id,
        [report.platform for report in reports],
        [fold_handle((report.author_handle or "").lstrip("@")) for report in reports],
        [report.author_id for report in reports],
    )
    for each in found:
        one = rows[each.n - 1]
        if one.values is not None:
            one.values = structs.replace(
                one.values, account_id=each.account_id, influencer_id=each.influencer_id
            )


async def _without_names(db: Connection, workspace_id: UUID, key: bytes, told: list[Told]) -> list[Told]:
    """Authors who opted out or were erased stay unnamed: what they said counts, who said it is not kept."""
    who = [
        Identity(
            one.report.platform,
            one.report.author_id,
            fold_handle((one.report.author_handle or "").lstrip("@")),
            None,
            one.report.source,
        )
        for one in told
    ]
    for at in await left(db, workspace_id, key, who):
        told[at].report = structs.replace(
            told[at].report, author_name=None, author_handle=None, author_id=None, followers=None
        )
    return told


async def _follow(db: Connection, workspace_id: UUID, changes: list[Change]) -> None:
    """Makes searchable what was written, finds its queries, and tells others."""
    written = [one for one in changes if one.values is not None]
    rows: list[MentionValues] = [one.values for one in written if one.values is not None]
    if not rows:
        return
    await store.put_searched(
        db,
        workspace_id,
        [row.id for row in rows],
        await asyncio.to_thread(lambda: [tokens(row.title, row.text) for row in rows]),
        [folded_handle(row) for row in rows],
        [folded_name(row) for row in rows],
    )
    await match(db, workspace_id, [row.id for row in rows])
    created = [one.values.id for one in written if one.values and one.status == "created"]
    updated = [one.values.id for one in written if one.values and one.status == "updated"]
    if created or updated:
        await events.emit(db, MentionsTaken(workspace_id, created, updated))
