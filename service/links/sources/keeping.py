"""What a click is recorded with beside its request: salts, countries, networks, signals of privacy.

All of it stands in memory, is fetched again every 20 seconds, and is used on while the database is away. The
salt of the next day is there a day ahead, so a night without the database changes nothing.
"""

import asyncio
import secrets
import time
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID
from weakref import WeakKeyDictionary

import asyncpg
import structlog

from service.kit import clock
from service.kit.away import AWAY
from service.kit.db import Connection, Database
from service.links import visitors
from service.links.sources import store
from service.links.sources.ranges import NONE, Ranges, unpack
from service.links.sources.schemas import Privacy
from service.links.traffic import DATACENTER, Signals

log = structlog.get_logger("elci.links")

EVERY_S: Final = 20.0
DATACENTER_CODE: Final = "DC"
_FAILURES: Final = (*AWAY, asyncpg.PostgresError, TimeoutError, OSError)
_DEFAULT: Final = Privacy()
_UNKNOWN: Final = {"XX", "ZZ", "T1", "A1", "A2"}
"""What proxies say where they don't know, or for Tor and anonymous networks."""


class Sources:
    """One process's copy. `keep` holds it fresh; `fresh` is for those who run no task of their own."""

    def __init__(self) -> None:
        self._salts: dict[date, bytes] = {}
        self._fetched_days: set[date] = set()
        self._ranges: dict[str, Ranges] = {}
        self._digests: dict[str, bytes] = {}
        self._privacy: dict[UUID, Privacy] = {}
        self._fetched_at = float("-inf")
        self._turn = asyncio.Lock()

    def visitor(
        self, workspace_id: UUID, address: str, signals: Signals, agent: str, at: datetime
    ) -> bytes | None:
        """The visitor's number; None where the workspace heeds a signal that the browser sent."""
        return self.visitor_of(workspace_id, address, signals, agent, visitors.day_of(at))

    def visitor_of(
        self, workspace_id: UUID, address: str, signals: Signals, agent: str, day: date
    ) -> bytes | None:
        """The same, by the UTC day."""
        if signals.private or signals.untracked:
            wanted = self._privacy.get(workspace_id, _DEFAULT)
            if (signals.private and wanted.global_privacy_control) or (
                signals.untracked and wanted.do_not_track
            ):
                return None
        return visitors.visitor(self._salt(day), workspace_id, address, agent)

    def is_private(self, workspace_id: UUID, signals: Signals) -> bool:
        """Whether the browser has sent a signal that the workspace heeds."""
        if not signals.private and not signals.untracked:
            return False
        wanted = self._privacy.get(workspace_id, _DEFAULT)
        return (signals.private and wanted.global_privacy_control) or (
            signals.untracked and wanted.do_not_track
        )

    def country(self, address: str, said: str | None) -> str | None:
        """What the operator's proxy said, else what the imported list says."""
        if said is not None:
            code = said.strip().upper()
            if len(code) == 2 and code.isascii() and code.isalpha():
                return None if code in _UNKNOWN else code
        ranges = self._ranges.get("country")
        return ranges.find(address) if ranges is not None else None

    def network_class(self, address: str) -> str | None:
        """`datacenter` where the imported list has the address; None where nothing is known of it."""
        ranges = self._ranges.get("datacenter")
        return DATACENTER if ranges is not None and ranges.find(address) else None

    def remember(self, salts: dict[date, bytes]) -> None:
        """Salts that were kept since before this process started."""
        self._salts = salts | self._salts

    def fetched_salts(self) -> dict[date, bytes]:
        """The salts that the database has given, by day."""
        return {day: salt for day, salt in self._salts.items() if day in self._fetched_days}

    def _salt(self, day: date) -> bytes:
        # Before the first answer of the database, and for a day that nobody has made a salt of: one of this
        # process's own. Its visitors are counted apart from other processes', and are as hard to find out.
        found = self._salts.get(day)
        if found is None:
            found = self._salts[day] = secrets.token_bytes(visitors.SALT_BYTES)
            log.warning("no salt of the database's", day=day.isoformat())
        return found

    async def fresh(self, database: Database) -> None:
        """Fetches again if that is due; what can't be fetched stays as it is."""
        if time.monotonic() - self._fetched_at < EVERY_S or self._turn.locked():
            return
        async with self._turn:
            self._fetched_at = time.monotonic()
            try:
                await self.fetch(database)
            except _FAILURES as error:
                log.warning("salts and ranges not fetched", error=type(error).__name__)

    async def keep(self, database: Database) -> None:
        """Fetches for ever; a task of the process."""
        while True:
            self._fetched_at = float("-inf")
            await self.fresh(database)
            await asyncio.sleep(EVERY_S)

    async def fetch(self, database: Database) -> None:
        """Fetches everything now. Raises what the database raises."""
        async with database.connection() as db:
            await self._fetch_salts(db)
            await self.refresh(db)

    async def refresh(self, db: Connection) -> None:
        """Fetches all but the salts, for who keeps those elsewhere."""
        self._privacy = {row.workspace_id: row.privacy for row in await store.privacy(db)}
        rows = await store.ranges(db)
        for row in rows:
            if self._digests.get(row.kind) != row.digest:
                packed = await store.packed_ranges(db, row.kind)
                made = await asyncio.to_thread(unpack, packed) if packed else NONE
                self._ranges[row.kind], self._digests[row.kind] = made, row.digest
        for gone in set(self._digests) - {row.kind for row in rows}:
            del self._ranges[gone], self._digests[gone]

    async def _fetch_salts(self, db: Connection) -> None:
        fetched = await fetch_salts(db)
        # Those of days that are over are forgotten here as well; a clock a little behind has a minute.
        today = visitors.day_of(await clock.now(db) - timedelta(minutes=1))
        kept = {day: salt for day, salt in self._salts.items() if day >= today}
        self._salts = kept | fetched
        self._fetched_days = set(fetched)


_SOURCES: WeakKeyDictionary[Database, Sources] = WeakKeyDictionary()


def sources_of(database: Database) -> Sources:
    """The process's copy of what a database says."""
    return _SOURCES.setdefault(database, Sources())


async def fetch_salts(db: Connection, days: Sequence[date] | None = None) -> dict[date, bytes]:
    """Salts of days, today's and tomorrow's by the database's clock unless given; missing ones are made."""
    if days is None:
        today = visitors.day_of(await clock.now(db))
        days = [today, today + timedelta(days=1)]
    await store.add_salts(db, days, [secrets.token_bytes(visitors.SALT_BYTES) for _ in days])
    return {row.day: row.salt for row in await store.salts(db, days)}
