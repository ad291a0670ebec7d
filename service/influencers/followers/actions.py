"""Lists of followers in place of what was known, and sets written anew."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from pyroaring import BitMap

from service.influencers.followers import store
from service.influencers.followers.receiving import Received
from service.influencers.followers.schemas import FollowersPut, Of, SetKey, SetRow
from service.influencers.followers.sets import (
    Made,
    again,
    bits_of,
    compared,
    is_same,
    people_of,
    read_bits,
    sampled,
    whole,
)
from service.influencers.problems import NewerFollowers, NoFollowers
from service.kit import ids
from service.kit.db import Connection
from service.kit.problems import InvalidInput


class Asked(Struct, frozen=True):
    """A list of an account's followers, and what is said of it. `size`: of a random sample's audience, or 0
    where the list is meant to be empty."""

    account_id: UUID
    of: Of
    size: int | None
    keep: int | None
    as_of: datetime
    source: str
    force: bool


async def put(
    db: Connection, workspace_id: UUID, asked: Asked, received: Received, *, dry_run: bool
) -> FollowersPut:
    """Makes a list the set of its account. In one's turn.

    Raises NewerFollowers, NoFollowers, InvalidInput where a sample has more people than its audience.
    """
    prior = await store.find_set(db, workspace_id, asked.account_id, asked.of)
    if prior is not None and prior.as_of > asked.as_of and not asked.force:
        raise NewerFollowers(f"what is known is of {prior.as_of:%Y-%m-%d %H:%M} UTC", as_of=prior.as_of)
    members, suppressed = await _members(db, workspace_id, received)
    made = _made(members, asked, received)
    key = SetKey(asked.account_id, asked.of)
    version = await write(db, workspace_id, key, made, asked.as_of, asked.source, prior)
    before = read_bits(prior.members) if prior else BitMap()
    return FollowersPut(
        account_id=ids.show("acc", asked.account_id),
        of=asked.of,
        basis=made.basis,
        size=made.size,
        sampled=made.sampled,
        keep=made.keep,
        **compared(before, made.members)._asdict(),
        duplicates=received.people - suppressed - len(members),
        suppressed=suppressed,
        rejected=received.rejected,
        rejects=received.rejects,
        header=received.header,
        as_of=asked.as_of,
        source=asked.source,
        version=None if dry_run else version,
        dry_run=dry_run,
    )


async def _members(db: Connection, workspace_id: UUID, received: Received) -> tuple[BitMap, int]:
    """Everybody in a list, and how many of it were erased once."""
    members, suppressed = BitMap(), 0
    batches = received.batches()
    while (hashes := await asyncio.to_thread(next, batches, None)) is not None:
        await store.stage(db, hashes)
        found = await store.resolve(db, workspace_id, received.platform)
        members |= people_of(found.numbers)
        suppressed += found.suppressed
    return members, suppressed


def _made(members: BitMap, asked: Asked, received: Received) -> Made:
    if not members and (asked.size != 0 or received.rejected):
        told = "no line names anybody who may be kept; size=0 says that there is nobody"
        raise NoFollowers(told, rejects=received.rejects[:20])
    if asked.size is None or not members:
        return whole(members, asked.keep)
    if asked.size < len(members):
        told = f"the list has {len(members)} people, more than the {asked.size} of the whole audience"
        raise InvalidInput(told, errors=[{"path": "size", "message": f"is less than {len(members)}"}])
    return sampled(members, asked.size)


async def write(
    db: Connection,
    workspace_id: UUID,
    key: SetKey,
    made: Made,
    as_of: datetime,
    source: str,
    prior: SetRow | None,
) -> int:
    """Writes a set, unless it is what it was; its version."""
    bits, sample = await asyncio.to_thread(_bits, made)
    if prior is not None and is_same(prior, made, bits, as_of, source):
        return prior.version
    version = await store.next_version(db, workspace_id)
    await store.put_set(
        db,
        workspace_id,
        key.account_id,
        key.of,
        made.basis,
        made.size,
        made.sampled,
        made.keep,
        bits,
        sample,
        as_of,
        source,
        version,
    )
    return version


def _bits(made: Made) -> tuple[bytes, bytes | None]:
    return bits_of(made.members), None if made.sample is None else bits_of(made.sample)


async def rewrite(db: Connection, workspace_id: UUID, change: Callable[[BitMap], BitMap]) -> int:
    """Changes all sets of a workspace, one after the other; how many are others now. In one's turn.

    `change` gives the same object back where a set stays as it is. A sample of which nobody is left goes.
    """
    changed = 0
    for key in await store.keys(db, workspace_id):
        row = await store.find_set(db, workspace_id, key.account_id, key.of)
        if row is None:
            continue
        made = await asyncio.to_thread(_changed, row, change)
        if isinstance(made, Made):
            await write(db, workspace_id, key, made, row.as_of, row.source, row)
        elif made is None:
            await store.delete_set(db, workspace_id, row.account_id, row.of)
        changed += made is not row
    return changed


def _changed(row: SetRow, change: Callable[[BitMap], BitMap]) -> Made | SetRow | None:
    before = read_bits(row.members)
    after = change(before)
    return row if after is before else again(row, before, after)
