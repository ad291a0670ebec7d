"""A file of edges on its way into the database, chunk by chunk; its job reads it on any worker."""

import asyncio
import contextlib
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from uuid import UUID

import msgspec

from service.accounts import audit
from service.accounts.callers import Caller
from service.accounts.files.sniff import safe_name
from service.discovery.graphs import store
from service.discovery.graphs.jobs import READ, ReadEdges
from service.discovery.graphs.problems import WrongSource
from service.discovery.graphs.schemas import GraphRow, Options
from service.imports.actions import CHUNK, even
from service.imports.problems import EmptyUpload
from service.kit import ids, jobs
from service.kit.db import Connection
from service.kit.upload import Upload

Begin = Callable[[], AbstractAsyncContextManager[Connection]]


async def receive(
    begin: Begin, caller: Caller, upload: Upload, row: GraphRow, options: Options, filename: str | None
) -> UUID:
    """Stores an upload and queues its reading; the job's id.

    Each chunk is a transaction, so that a slow client holds no connection; what is broken off is removed.
    Raises WrongSource, EmptyUpload, and what reading the body raises.
    """
    if row.source != "upload":
        raise WrongSource("it is made of the workspace's edges: refresh it")
    upload_id = ids.new()
    async with begin() as db:
        await store.begin_upload(db, caller.workspace_id, upload_id, row.id, msgspec.to_builtins(options))
    try:
        size = await _chunks(begin, caller.workspace_id, upload_id, upload)
        if size == 0:
            raise EmptyUpload
        async with begin() as db:
            return await _complete(db, caller, row, upload_id, size, filename or upload.filename)
    except BaseException:
        await asyncio.shield(_forget(begin, caller.workspace_id, upload_id))
        raise


async def _chunks(begin: Begin, workspace_id: UUID, upload_id: UUID, upload: Upload) -> int:
    size, position = 0, 0
    async for data in even(upload.chunks(), CHUNK):
        async with begin() as db:
            await store.add_chunk(db, workspace_id, upload_id, position, data)
        size, position = size + len(data), position + 1
    return size


async def _complete(
    db: Connection, caller: Caller, row: GraphRow, upload_id: UUID, size: int, filename: str | None
) -> UUID:
    workspace_id = caller.workspace_id
    job_id = await jobs.enqueue(db, workspace_id, READ, ReadEdges(upload_id))
    name = safe_name(filename) if filename else None
    await store.complete_upload(db, workspace_id, upload_id, name, size, job_id)
    await store.set_job(db, workspace_id, row.id, job_id)
    await audit.record(db, caller, "graph.uploaded", ids.show("gra", row.id), {"bytes": size})
    return job_id


async def _forget(begin: Begin, workspace_id: UUID, upload_id: UUID) -> None:
    # Where the database is away as well, or the transaction is one and rolled back, there is nothing to do.
    with contextlib.suppress(Exception):
        async with begin() as db:
            await store.drop_upload(db, workspace_id, upload_id)
