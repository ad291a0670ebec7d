"""Taking files of codes in: read, sealed and added in one transaction, and told line by line."""

import asyncio
from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from service.advocacy.vouchers import codes, store
from service.advocacy.vouchers.codes import ReadCode
from service.advocacy.vouchers.problems import CodesUnreadable
from service.advocacy.vouchers.schemas import CodeProblem, CodesTaken
from service.advocacy.vouchers.sealing import Sealer
from service.kit import ids
from service.kit.db import Connection
from service.kit.problems import TooLarge
from service.kit.upload import Upload

MOST_CODES = 100_000
MOST_BYTES = 20_000_000
MOST_TOLD = 1_000
BATCH = 5_000


class Line(Struct, frozen=True):
    """A code ready to be stored."""

    read: ReadCode
    id: UUID
    code_key: bytes
    sealed: bytes
    hint: str


class Prepared(Struct):
    """A file's codes, each once, rising by their hash: two imports never wait for each other in a circle."""

    read: int
    lines: list[Line]
    problems: list[tuple[ReadCode, str]]


async def received(upload: Upload) -> bytes:
    """The whole file. Raises TooLarge, BadUpload."""
    return b"".join([piece async for piece in upload.chunks()])


async def prepared(workspace_id: UUID, data: bytes) -> Prepared:
    """The file's codes, hashed and sealed in a thread. Raises CodesUnreadable, TooLarge."""
    return await asyncio.to_thread(_prepare, workspace_id, data)


async def take_in(
    db: Connection, workspace_id: UUID, pool_id: UUID, found: Prepared, *, dry_run: bool
) -> CodesTaken:
    """Adds the codes that are nowhere yet. Raises UnknownPool."""
    await store.get_pool(db, workspace_id, pool_id)
    problems, added = list(found.problems), 0
    for at in range(0, len(found.lines), BATCH):
        batch = found.lines[at : at + BATCH]
        new = {one.id for one in batch} if dry_run else await _added(db, workspace_id, pool_id, batch)
        there = await _there(db, workspace_id, [one for one in batch if dry_run or one.id not in new])
        for one in batch:
            holder = there.get(one.code_key)
            if holder is None:
                added += 1
            else:
                reason = "in_this_pool" if holder == pool_id else "in_another_pool"
                problems.append((one.read, reason))
    if added and not dry_run:
        await store.is_stocked_again(db, workspace_id, pool_id)
    return _told(found.read, added, problems, dry_run=dry_run)


def _prepare(workspace_id: UUID, data: bytes) -> Prepared:
    sealer, lines, problems, read = Sealer(workspace_id), {}, [], 0
    try:
        for one in codes.read(codes.decoded(data)):
            read += 1
            if read > MOST_CODES:
                raise TooLarge(f"a file may have {MOST_CODES} codes", limit=MOST_CODES)
            key = sealer.code_key(one.folded)
            if one.fault is not None or key in lines:
                problems.append((one, one.fault or "twice_in_file"))
                continue
            new = ids.new()
            lines[key] = Line(one, new, key, sealer.seal(new, one.code), codes.hint(one.code))
    except codes.Unreadable as error:
        raise CodesUnreadable(str(error)) from error
    if not read:
        raise CodesUnreadable("the file holds no code")
    return Prepared(read, sorted(lines.values(), key=lambda line: line.code_key), problems)


async def _added(db: Connection, workspace_id: UUID, pool_id: UUID, batch: Sequence[Line]) -> set[UUID]:
    return set(
        await store.add_codes(
            db,
            workspace_id,
            pool_id,
            [one.id for one in batch],
            [one.code_key for one in batch],
            [one.sealed for one in batch],
            [one.hint for one in batch],
        )
    )


async def _there(db: Connection, workspace_id: UUID, left: Sequence[Line]) -> dict[bytes, UUID]:
    if not left:
        return {}
    rows = await store.found_codes(db, workspace_id, [one.code_key for one in left])
    return {row.code_key: row.pool_id for row in rows}


def _told(read: int, added: int, problems: Sequence[tuple[ReadCode, str]], *, dry_run: bool) -> CodesTaken:
    in_order = sorted(problems, key=lambda each: each[0].row)
    rejected = sum(one.fault is not None for one, _ in problems)
    told = [
        CodeProblem(one.row, codes.masked(codes.hint(one.code)), reason)  # type: ignore[arg-type]
        for one, reason in in_order[:MOST_TOLD]
    ]
    return CodesTaken(read, added, len(problems) - rejected, rejected, told, dry_run)
