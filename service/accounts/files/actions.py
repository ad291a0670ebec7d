"""Files go in and out in chunks: neither memory nor a transaction is held for as long as a client takes."""

import hashlib
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import AbstractAsyncContextManager
from uuid import UUID

import msgspec

from service.accounts import audit
from service.accounts.callers import Caller
from service.accounts.files import store
from service.accounts.files.schemas import File, FileRow
from service.accounts.files.sniff import ENOUGH, content_type, safe_name
from service.accounts.problems import EmptyFile
from service.kit import ids
from service.kit.db import Connection, Database
from service.kit.upload import Source

CHUNK = 512 * 1024
Begin = Callable[[], AbstractAsyncContextManager[Connection]]


class Received(msgspec.Struct):
    """What a body was."""

    head: bytes
    size: int
    sha256: bytes


class OtherType(Exception):
    """The file is none of the types that were asked for."""


async def receive(
    begin: Begin,
    caller: Caller,
    upload: Source,
    purpose: str,
    name: str | None,
    types: Collection[str] | None = None,
) -> FileRow:
    """Stores an upload; of `types` alone, where they are given. Raises EmptyFile, OtherType, and what
    reading the body raises.

    What was broken off is shown to nobody, and swept by a later upload.
    """
    file_id = ids.new()
    async with begin() as db:
        await store.sweep(db, caller.workspace_id)
        await store.begin_file(db, caller.workspace_id, file_id, purpose)
    received = await _chunks(begin, caller.workspace_id, file_id, upload)
    if received.size == 0:
        raise EmptyFile
    if types is not None and content_type(received.head) not in types:
        raise OtherType
    async with begin() as db:
        row = await store.complete_file(
            db,
            caller.workspace_id,
            file_id,
            safe_name(name or upload.filename or ""),
            content_type(received.head),
            received.size,
            received.sha256,
        )
        details = {"purpose": purpose, "bytes": row.size, "content_type": row.content_type}
        await audit.record(db, caller, "file.created", ids.show("fil", file_id), details)
    return row


async def _chunks(begin: Begin, workspace_id: UUID, file_id: UUID, upload: Source) -> Received:
    digest, head, size, seq = hashlib.sha256(), b"", 0, 0
    async for data in _even(upload.chunks(), CHUNK):
        digest.update(data)
        head = head or data[:ENOUGH]
        size += len(data)
        async with begin() as db:
            await store.add_chunk(db, workspace_id, file_id, seq, data)
        seq += 1
    return Received(head, size, digest.digest())


async def _even(pieces: AsyncIterator[bytes], size: int) -> AsyncIterator[bytes]:
    """The same bytes in chunks of one size; the last may be shorter."""
    kept = bytearray()
    async for piece in pieces:
        kept += piece
        while len(kept) >= size:
            yield bytes(kept[:size])
            del kept[:size]
    if kept:
        yield bytes(kept)


async def content(database: Database, workspace_id: UUID, file_id: UUID) -> AsyncIterator[bytes]:
    """A file's bytes, chunk by chunk."""
    seq = 0
    while True:
        async with database.transaction(workspace_id) as db:
            data = await store.find_chunk(db, workspace_id, file_id, seq)
        if data is None:
            return
        yield data
        seq += 1


def show(row: FileRow) -> File:
    """A file as the API shows it."""
    shown = msgspec.structs.asdict(row)
    changed = {"id": ids.show("fil", row.id), "bytes": shown.pop("size"), "sha256": row.sha256.hex()}
    return File(**{**shown, **changed})
