"""An upload on its way into the database, chunk by chunk; an import's end."""

import asyncio
import contextlib
import hashlib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from uuid import UUID

import msgspec

from service.accounts import audit
from service.accounts.callers import Caller
from service.accounts.files.sniff import safe_name
from service.imports import store
from service.imports.jobs import RUN, Run
from service.imports.problems import EmptyUpload
from service.imports.schemas import ImportRow, Options
from service.kit import ids, jobs
from service.kit.db import Connection
from service.kit.upload import Upload

CHUNK = 512 * 1024
Begin = Callable[[], AbstractAsyncContextManager[Connection]]


class Received(msgspec.Struct):
    """What a body was."""

    size: int
    sha256: bytes


async def receive(
    begin: Begin, caller: Caller, upload: Upload, kind: str, options: Options, filename: str | None
) -> ImportRow:
    """Stores an upload and queues its import. Raises EmptyUpload, and what reading the body raises.

    Each chunk is a transaction, so that a slow client holds no connection; what is broken off is removed.
    """
    import_id = ids.new()
    asked = msgspec.to_builtins(options)
    async with begin() as db:
        await store.begin(db, caller.workspace_id, import_id, kind, asked, caller.name)
    try:
        received = await _chunks(begin, caller.workspace_id, import_id, upload)
        if received.size == 0:
            raise EmptyUpload
        async with begin() as db:
            return await _complete(db, caller, import_id, received, filename or upload.filename)
    except BaseException:
        await asyncio.shield(_forget(begin, caller.workspace_id, import_id))
        raise


async def _chunks(begin: Begin, workspace_id: UUID, import_id: UUID, upload: Upload) -> Received:
    digest, size, position = hashlib.sha256(), 0, 0
    async for data in even(upload.chunks(), CHUNK):
        digest.update(data)
        size += len(data)
        async with begin() as db:
            await store.add_chunk(db, workspace_id, import_id, position, data)
        position += 1
    return Received(size, digest.digest())


async def even(pieces: AsyncIterator[bytes], size: int) -> AsyncIterator[bytes]:
    """The same bytes in chunks of one size; the last may be shorter."""
    kept = bytearray()
    async for piece in pieces:
        kept += piece
        while len(kept) >= size:
            yield bytes(kept[:size])
            del kept[:size]
    if kept:
        yield bytes(kept)


async def _complete(
    db: Connection, caller: Caller, import_id: UUID, received: Received, filename: str | None
) -> ImportRow:
    workspace_id = caller.workspace_id
    await store.lock_bytes(db, workspace_id, received.sha256)
    job_id = await jobs.enqueue(db, workspace_id, RUN, Run(import_id))
    name = safe_name(filename) if filename else None
    await store.complete(db, workspace_id, import_id, name, received.size, received.sha256, job_id)
    row = await store.get(db, workspace_id, import_id)
    details = {"kind": row.kind, "bytes": row.size, "dry_run": row.options.dry_run}
    await audit.record(db, caller, "import.created", ids.show("imp", import_id), details)
    return row


async def _forget(begin: Begin, workspace_id: UUID, import_id: UUID) -> None:
    # Where the database is away as well, or the transaction is one and rolled back, there is nothing to do.
    with contextlib.suppress(Exception):
        async with begin() as db:
            await store.forget_upload(db, workspace_id, import_id)


async def cancel(db: Connection, caller: Caller, row: ImportRow) -> ImportRow:
    """Asks the import to stop; one that has not begun ends here. One that has ended stays as it is."""
    job = await jobs.cancel(db, caller.workspace_id, row.job_id)
    if job.status == "cancelled" and row.status == "queued":
        await store.save_status(db, caller.workspace_id, row.id, "cancelled")
        await store.drop_chunks(db, caller.workspace_id, row.id)
    await audit.record(db, caller, "import.cancelled", ids.show("imp", row.id), {"kind": row.kind})
    return await store.get(db, caller.workspace_id, row.id)
