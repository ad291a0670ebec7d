"""`elci ranges`: lists of addresses that the operator imports, for countries and data centres."""

import hashlib
from pathlib import Path
from typing import Literal

import asyncpg
import click

from service.kit import db as kit_db
from service.kit.db import Connection
from service.links.sources import store
from service.links.sources.keeping import DATACENTER_CODE
from service.links.sources.ranges import BadRanges, pack, read_ranges
from service.settings import Settings, owner_dsn

Kind = Literal["country", "datacenter"]


async def import_file(settings: Settings, file: Path, kind: Kind, source: str | None) -> int:
    """Puts a file in the place of the list of its kind; every process has it within half a minute."""
    try:
        with file.open(encoding="utf-8-sig", errors="replace") as lines:
            ranges = read_ranges(lines, DATACENTER_CODE if kind == "datacenter" else None)
    except BadRanges as error:
        raise click.ClickException(f"{file}: {error}") from error
    packed = pack(ranges)
    db = await _owner(settings)
    try:
        await store.put_ranges(db, kind, packed, ranges.count, source or file.name)
    finally:
        await db.close()
    click.echo(f"{ranges.count} ranges of kind {kind} ({hashlib.sha256(packed).hexdigest()[:12]}) are in use")
    return 0


async def show(settings: Settings) -> int:
    """The lists that are in use."""
    db = await _owner(settings)
    try:
        rows = await store.ranges(db)
    finally:
        await db.close()
    for row in rows:
        click.echo(f"{row.kind}: {row.ranges} ranges from {row.source}, {row.imported_at:%Y-%m-%d %H:%M} UTC")
    if not rows:
        click.echo("no list is imported", err=True)
    return 0


async def remove(settings: Settings, kind: Kind) -> int:
    """Takes the list of a kind out of use."""
    db = await _owner(settings)
    try:
        gone = await store.drop_ranges(db, kind)
    finally:
        await db.close()
    if not gone:
        raise click.ClickException(f"no list of kind {kind} is imported")
    return 0


async def _owner(settings: Settings) -> Connection:
    db: Connection = await asyncpg.connect(owner_dsn(settings))
    await kit_db.set_codecs(db)
    return db
