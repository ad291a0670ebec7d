"""An import from its chunks to its end, in one transaction: what is cut short leaves nothing behind."""

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing
from functools import partial
from typing import Any
from uuid import UUID

import msgspec

from service.imports import store
from service.imports.kinds import Kind, kinds
from service.imports.opening import open_intake
from service.imports.outcomes import Origin
from service.imports.parsing import Batch, Intake
from service.imports.problems import UnknownKind, UnreadableFile
from service.imports.rejects import Unreadable
from service.imports.schemas import ColumnView, Counts, ImportRow, Plan, Warned
from service.imports.source import Source
from service.imports.tally import Tally
from service.kit.db import Connection
from service.kit.jobs import Work

SAMPLE = 10
"""Records that a dry run shows."""
TURN_S = 0.2


class _Undone(Exception):
    """A dry run's transaction ends here."""


class _Taking(msgspec.Struct):
    """An import under way."""

    work: Work
    row: ImportRow
    kind: Kind
    source: Source
    intake: Intake
    plan: Plan
    tally: Tally
    sample: list[Any]


async def take_in(work: Work, import_id: UUID) -> Counts:
    """Reads the file and hands its records to their domain. Raises UnreadableFile, Cancelled, ..."""
    async with work.database.transaction(work.workspace_id) as db:
        row = await store.get(db, work.workspace_id, import_id)
    kind = kinds().get(row.kind)
    if kind is None or kind.apply is None:
        raise UnknownKind(f"there is no kind {row.kind!r}")
    source = Source(partial(_chunk, work, import_id))
    try:
        taking = await _opened(work, row, kind, source)
        return await (_tried if row.options.dry_run else _done)(taking)
    except Unreadable as error:
        raise UnreadableFile(str(error), code=error.code) from error
    finally:
        source.stop()


async def _chunk(work: Work, import_id: UUID, position: int) -> bytes | None:
    async with work.database.transaction(work.workspace_id) as db:
        return await store.find_chunk(db, work.workspace_id, import_id, position)


async def _opened(work: Work, row: ImportRow, kind: Kind, source: Source) -> _Taking:
    """Decides what the columns are, and shows it before the first row is written."""
    intake = await asyncio.to_thread(_open, source, kind, row)
    plan = _plan(intake)
    async with work.database.transaction(work.workspace_id) as db:
        await store.save_plan(db, work.workspace_id, row.id, plan)
    return _Taking(work, row, kind, source, intake, plan, Tally(), [])


def _open(source: Source, kind: Kind, row: ImportRow) -> Intake:
    asked = row.options
    return open_intake(
        source.chunks(),
        kind,
        format=asked.format,
        filename=row.filename,
        sheet=asked.sheet,
        platform=asked.platform,
        as_of=asked.as_of,
        source=asked.source,
        mapping=asked.mapping,
    )


def _plan(intake: Intake) -> Plan:
    names = ColumnView.__struct_fields__
    columns = [ColumnView(*(getattr(column, name) for name in names)) for column in intake.columns]
    warnings = [Warned(one.code, one.message) for one in intake.warnings]
    return Plan(intake.format, intake.encoding, intake.sheet, intake.header_row, columns, warnings)


async def _done(taking: _Taking) -> Counts:
    work = taking.work
    async with work.transaction() as db:
        await _rows(taking, db)
        counts = await _save(taking, db)
        await work.finish(db, counts)
    return counts


async def _tried(taking: _Taking) -> Counts:
    """The same, undone: so a dry run says of every row what an import would do with it."""
    work = taking.work
    try:
        async with work.transaction() as db:
            await _rows(taking, db)
            raise _Undone
    except _Undone:
        async with work.transaction() as db:
            counts = await _save(taking, db)
            await work.finish(db, counts)
    return counts


async def _rows(taking: _Taking, db: Connection) -> None:
    work, apply = taking.work, taking.kind.apply
    assert apply is not None
    while not await store.try_turn(db, work.workspace_id):
        # Asked again and again, because a statement that waits hears no cancel.
        await work.progress(0)
        await asyncio.sleep(TURN_S)
    await store.plan_for_any(db)
    origin = _origin(taking)
    async with aclosing(_ahead(taking.intake.batches())) as batches:
        async for batch in batches:
            taking.tally.add(batch, await apply(db, origin, batch.records) if batch.records else [])
            if taking.row.options.dry_run and len(taking.sample) < SAMPLE:
                hidden = taking.kind.hidden
                some = batch.records[: SAMPLE - len(taking.sample)]
                taking.sample += [_shown(record, hidden) for record in some]
            await work.progress(taking.tally.read, _estimate(taking))


async def _ahead(batches: Iterator[Batch]) -> AsyncGenerator[Batch, None]:
    """Each batch, while a thread reads the next."""
    reading = asyncio.create_task(asyncio.to_thread(next, batches, None))
    try:
        while (batch := await reading) is not None:
            reading = asyncio.create_task(asyncio.to_thread(next, batches, None))
            yield batch
    finally:
        # The thread ends by itself at its next chunk: what it still finds is of no interest.
        reading.add_done_callback(lambda task: task.cancelled() or task.exception())


def _origin(taking: _Taking) -> Origin:
    row, asked = taking.row, taking.row.options
    return Origin(
        settings=taking.work.settings,
        workspace_id=taking.work.workspace_id,
        import_id=row.id,
        source=asked.source,
        legal_basis=asked.legal_basis,
        shop=asked.shop or "",
        collected_at=row.created_at,
        as_of=row.first_seen_at,
    )


def _estimate(taking: _Taking) -> int | None:
    """How many rows there will be: as many in the rest of the bytes as in those that were read."""
    if taking.intake.format == "xlsx" or not taking.source.taken:
        return None
    read = taking.tally.read
    return max(read, round(read * taking.row.size / taking.source.taken))


def _shown(record: Any, hidden: frozenset[str]) -> dict[str, Any]:
    """A record without what it does not know, and without what nobody is shown."""
    made = msgspec.to_builtins(record)
    return {name: value for name, value in made.items() if value not in (None, [], ()) and name not in hidden}


async def _save(taking: _Taking, db: Connection) -> Counts:
    work, row, tally = taking.work, taking.row, taking.tally
    counts = tally.counts()
    work.report(counts.read, counts.read)
    plan = msgspec.structs.replace(taking.plan, warnings=[*taking.plan.warnings, *tally.warnings()])
    if tally.rejects:
        await store.put_rejects(db, work.workspace_id, row.id, tally.rejects)
    await store.save_counts(db, work.workspace_id, row.id, counts, plan, taking.sample)
    await store.drop_chunks(db, work.workspace_id, row.id)
    return counts
