"""All SQL of salts, and of the lists of addresses. They belong to no workspace."""

from collections.abc import Sequence
from datetime import date

from service.kit.db import Connection, sql
from service.links.sources.schemas import PrivacyRow, RangesRow, SaltRow


# Who comes second finds them made. A day that is over gets none: it would only lie there.
@sql("""
    insert into salts (day, salt) select day, salt from unnest($1::date[], $2::bytea[]) as t (day, salt)
    where day >= (elci_now() at time zone 'UTC')::date - 1
    on conflict (day) do nothing
""")
async def add_salts(db: Connection, days: Sequence[date], salts: Sequence[bytes]) -> None: ...


@sql("select day, salt from salts where day = any($1)")
async def salts(db: Connection, days: Sequence[date]) -> list[SaltRow]: ...


@sql("""
    with gone as (
        delete from salts where day < (elci_now() at time zone 'UTC')::date returning 1
    )
    select count(*) from gone
""")
async def drop_salts(db: Connection) -> int: ...


@sql("select kind, digest, ranges, source, imported_at from address_ranges order by kind")
async def ranges(db: Connection) -> list[RangesRow]: ...


@sql("select packed from address_ranges where kind = $1")
async def packed_ranges(db: Connection, kind: str) -> bytes | None: ...


@sql("""
    insert into address_ranges (kind, packed, digest, ranges, source)
    values ($1, $2, sha256($2), $3, $4)
    on conflict (kind) do update set packed = excluded.packed, digest = excluded.digest,
        ranges = excluded.ranges, source = excluded.source, imported_at = elci_now()
""")
async def put_ranges(db: Connection, kind: str, packed: bytes, ranges: int, source: str) -> None:
    """For the owner's connection: the app may read alone."""


@sql("""
    with gone as (delete from address_ranges where kind = $1 returning 1) select count(*) from gone
""")
async def drop_ranges(db: Connection, kind: str) -> int:
    """For the owner's connection."""
    ...


@sql("select workspace_id, privacy from entry.click_privacy()")
async def privacy(db: Connection) -> list[PrivacyRow]: ...
