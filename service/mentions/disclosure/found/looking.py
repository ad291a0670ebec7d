"""Looking at posts that a watch may mean: what is found is written, what is gone is cleared."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from service.kit import ids
from service.kit.db import Connection
from service.mentions.disclosure import checking, packs
from service.mentions.disclosure.deciding import Finding, judge
from service.mentions.disclosure.found import store
from service.mentions.disclosure.packs import Pack
from service.mentions.disclosure.watches import store as watches
from service.mentions.disclosure.watches.meaning import judged, means
from service.mentions.disclosure.watches.schemas import WatchedPost, WatchRow

BATCH = 500
FIRST = UUID(int=0)


class Judged(NamedTuple):
    """A post that the watch means, with the rules of its day."""

    post_id: UUID
    pack: Pack | None
    findings: list[Finding]


class Looked(msgspec.Struct):
    """How many posts were looked at, meant by a watch, and hold a possible issue."""

    posts: int = 0
    meant: int = 0
    possible_issues: int = 0


async def look(
    db: Connection,
    workspace_id: UUID,
    watch: WatchRow,
    known: Sequence[Pack],
    influencer_ids: Sequence[UUID] | None,
    after: UUID,
    counts: Looked,
) -> UUID | None:
    """Judges one batch of posts behind `after`; the last one's id while there may be more."""
    span = (watch.starts_at, watch.ends_at)
    posts = await watches.posts_of(db, workspace_id, influencer_ids, *span, after, BATCH)
    found = await asyncio.to_thread(judge_all, watch, posts, known)
    await _write(db, workspace_id, watch, posts, found)
    counts.posts += len(posts)
    counts.meant += len(found)
    counts.possible_issues += sum(bool(one.findings) for one in found)
    return posts[-1].id if len(posts) == BATCH else None


def judge_all(watch: WatchRow, posts: Sequence[WatchedPost], known: Sequence[Pack]) -> list[Judged]:
    """The posts that the watch means, each judged by the rules of its day. Pure."""
    return [_judge(watch, post, known, post.at) for post in posts if means(watch, post)]


def _judge(watch: WatchRow, post: WatchedPost, known: Sequence[Pack], at: datetime) -> Judged:
    pack = packs.choose(known, watch.market, post.platform, at)
    return Judged(post.id, pack, [] if pack is None else judge(judged(watch, post), pack, known))


async def _write(
    db: Connection, workspace_id: UUID, watch: WatchRow, posts: Sequence[WatchedPost], found: Sequence[Judged]
) -> None:
    meant = {one.post_id for one in found}
    if others := [post.id for post in posts if post.id not in meant]:
        await store.drop_checks(db, workspace_id, watch.id, others)
    if not found:
        return
    await store.put_checks(
        db,
        workspace_id,
        watch.id,
        [ids.new() for _ in found],
        [one.post_id for one in found],
        ["possible_issue" if one.findings else "ok" for one in found],
        [None if one.pack is None else one.pack.id for one in found],
        [None if one.pack is None else one.pack.version for one in found],
    )
    rows = _rows(watch, found)
    keys = ([row.post_id for row in rows], [row.rule_id for row in rows], [row.frame for row in rows])
    await store.clear_others(db, workspace_id, watch.id, list(meant), *keys)
    if rows:
        columns = list(zip(*(msgspec.structs.astuple(row) for row in rows), strict=True))
        await store.put_findings(db, workspace_id, watch.id, *columns)


class NewFinding(msgspec.Struct, frozen=True):
    """A finding's columns, in the order in which they are written."""

    id: UUID
    post_id: UUID
    code: str
    rule_id: str
    pack_id: str
    pack_version: int
    field: str | None
    frame: int
    start: int | None
    end: int | None
    about: str
    explanation: object


def _rows(watch: WatchRow, found: Sequence[Judged]) -> list[NewFinding]:
    rows: dict[tuple[UUID, str, int], NewFinding] = {}
    for one in found:
        if one.pack is None:
            continue
        shown = checking.verdict(one.findings, watch.market, one.pack).findings
        for finding, told in zip(one.findings, shown, strict=True):
            row = _row(one.post_id, one.pack, finding, msgspec.to_builtins(told.explanation))
            rows.setdefault((row.post_id, row.rule_id, row.frame), row)
    return list(rows.values())


def _row(post_id: UUID, pack: Pack, finding: Finding, explanation: object) -> NewFinding:
    place = finding.place
    return NewFinding(
        id=ids.new(),
        post_id=post_id,
        code=finding.code,
        rule_id=finding.rule_id,
        pack_id=pack.id,
        pack_version=pack.version,
        field=None if place is None else place.field,
        frame=-1 if place is None or place.index is None else place.index,
        start=None if place is None else place.start,
        end=None if place is None else place.end,
        about=finding.about,
        explanation=explanation,
    )
