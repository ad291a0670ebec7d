"""Hashes of people who stand in no set any more: asked for when sets shrink or go, done by a job."""

import asyncio
from datetime import timedelta
from uuid import UUID

import numpy as np
from msgspec import Struct
from pyroaring import BitMap

from graph.audiences import ordinals
from service.influencers.followers import store, turns
from service.influencers.followers.sets import read_bits
from service.kit.db import Connection
from service.kit.jobs import enqueue

JOB = "influencers.sweep_followers"
# Many lists are put one after the other: one sweep for all of them.
DELAY = timedelta(minutes=10)


class Sweep(Struct):
    """Of the whole workspace."""


class Swept(Struct):
    """Identities that went."""

    identities: int


async def ask(db: Connection, workspace_id: UUID) -> None:
    """Some people may stand in no set after this transaction."""
    await enqueue(db, workspace_id, JOB, Sweep(), delay=DELAY, dedupe="")


async def sweep(db: Connection, workspace_id: UUID) -> Swept:
    """Removes identities of people in no set, but not those that were linked: that was said of itself.

    Their numbers are not given to anybody else; who comes back gets a new one.
    """
    await turns.wait(db, workspace_id)
    alive = BitMap()
    for key in await store.keys(db, workspace_id):
        row = await store.find_set(db, workspace_id, key.account_id, key.of)
        if row is not None:
            alive |= await asyncio.to_thread(read_bits, row.members)
    people = await store.count_people(db, workspace_id)
    await store.take_time(db)
    bits = await asyncio.to_thread(dense, alive, people)
    return Swept(await store.drop_people(db, workspace_id, bits))


def dense(alive: BitMap, people: int) -> bytes:
    """A bit for each number below `people`, the lowest first, as PostgreSQL's get_bit reads them.

    >>> dense(BitMap([0, 9]), 10)
    b'\\x01\\x02'
    """
    bits = np.zeros(people, dtype=bool)
    bits[ordinals(alive)] = True
    return np.packbits(bits, bitorder="little").tobytes()
