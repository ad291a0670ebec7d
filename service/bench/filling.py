"""Fills the search tables with made-up profiles, and copies them to tables with nothing but a primary key."""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import TypeVar
from uuid import UUID

from service.bench.profiles import profiles
from service.discovery.index import store
from service.discovery.index.rows import names_row, search_rows
from service.kit.db import Connection

CURRENCY = "TRY"
BATCH = 5_000
TABLES = ("influencer_search", "influencer_names")
T = TypeVar("T")


async def fill(db: Connection, workspace_id: UUID, count: int, progress: Callable[[int], None]) -> None:
    """Writes so many influencers, as the owner; indexes are made when all rows are there."""
    await db.execute("create schema bare")
    indexes = await _drop_indexes(db)
    done = 0
    for batch in _batches(profiles(count), BATCH):
        rows = [
            row for who, accounts, details in batch for row in search_rows(who, accounts, details, CURRENCY)
        ]
        await store.put_rows(db, workspace_id, rows)
        await store.put_names(db, workspace_id, [names_row(who, accounts) for who, accounts, _ in batch])
        done += len(batch)
        progress(done)
    await _copy_bare(db)
    for index in indexes:
        await db.execute(index)
    for table in TABLES:
        await db.execute(f"vacuum (analyze) {table}")
        await db.execute(f"vacuum (analyze) bare.{table}")


def _batches(items: Iterator[T], size: int) -> Iterator[list[T]]:
    while batch := list(islice(items, size)):
        yield batch


async def _drop_indexes(db: Connection) -> list[str]:
    """Drops what slows the filling down: indexes, whose definitions are returned, and foreign keys."""
    found = await db.fetch(
        """select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
           from pg_index where indrelid = any($1::regclass[]) and not indisprimary""",
        list(TABLES),
    )
    for row in found:
        await db.execute(f"drop index {row['name']}")
    keys = await db.fetch(
        """select conrelid::regclass::text, conname from pg_constraint
           where contype = 'f' and conrelid = any($1::regclass[])""",
        list(TABLES),
    )
    for table, key in keys:
        await db.execute(f"alter table {table} drop constraint {key}")
    return [row["definition"] for row in found]


async def _copy_bare(db: Connection) -> None:
    keys = {"influencer_search": "influencer_id, account_id", "influencer_names": "influencer_id"}
    for table in TABLES:
        await db.execute(f"create table bare.{table} as select * from {table}")
        await db.execute(f"alter table bare.{table} add primary key (workspace_id, {keys[table]})")
