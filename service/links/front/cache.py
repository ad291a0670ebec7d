"""Destinations in memory: looked up without waiting, asked of the database once, dropped when they change.

An entry is good as long as the listener hears of changes. While it does not, entries are asked for again
after half a second; while the database is away altogether they are good as they are.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable

import asyncpg
import structlog

from service.kit.away import AWAY
from service.links.front.kept import Kept
from service.links.front.plans import Plan, plan
from service.links.redirect import Destination

Resolve = Callable[[str, str], Awaitable[Destination | None]]
Count = Callable[[Destination], Awaitable[int]]

log = structlog.get_logger("elci.links")

MOST = 50_000
MOST_UNKNOWN = 10_000
UNKNOWN_S = 2.0
UNHEARD_S = 0.5
# After a failure nobody asks the database for this long: what is known is good enough meanwhile.
AWAY_S = 0.5
PATIENCE_S = 1.0
# Of the pool's ten connections: guesses must not take what the API works with.
_AT_ONCE = 4
_AWAY = (*AWAY, OSError, TimeoutError, asyncpg.PostgresError)


class Away(Exception):
    """The database does not answer, and nothing is known of the link."""


class Destinations:
    """Plans by host and code (`resolving.key`)."""

    def __init__(self, resolve: Resolve, count: Count, kept: Kept) -> None:
        self._resolve = resolve
        self._count = count
        self._kept = kept
        self._plans: dict[str, Plan] = {}
        self._unknown: dict[str, float] = {}
        self._asking: dict[str, asyncio.Task[Plan | None]] = {}
        # What changed while it was asked for: the answer may be from before.
        self._changed_meanwhile: set[str] = set()
        self._places = asyncio.Semaphore(_AT_ONCE)
        self._away_until = 0.0
        self.epoch = 0
        self.heard_until = 0.0

    def fresh(self, key: str, now: float) -> Plan | None:
        """The plan, if it need not be asked for."""
        found = self._plans.get(key)
        if found is None:
            return None
        if found.epoch == self.epoch and now < self.heard_until:
            if found.destination.cap is None or now < found.counted_at:
                found.touched = True
                return found
        elif now - found.checked_at < UNHEARD_S or now < self._away_until:
            return found
        return None

    def is_unknown(self, key: str, now: float) -> bool:
        """Whether it was asked for a moment ago, and there was none."""
        return self._unknown.get(key, 0.0) > now

    async def get(self, key: str, host: str, code: str) -> Plan | None:
        """The plan as the database knows it, else as it was known last. Raises Away.

        Whoever asks for the same link meanwhile waits for the same answer.
        """
        task = self._asking.get(key)
        if task is None:
            task = self._asking[key] = asyncio.create_task(self._asked(key, host, code))
            task.add_done_callback(lambda _: self._asking.pop(key, None))
        return await asyncio.shield(task)

    async def _asked(self, key: str, host: str, code: str) -> Plan | None:
        if time.monotonic() < self._away_until:
            return await self._as_it_was(key)
        epoch = self.epoch
        self._changed_meanwhile.discard(key)
        try:
            async with asyncio.timeout(PATIENCE_S), self._places:
                destination = await self._resolve(host, code)
                used = 0 if destination is None else await self._used(destination)
        except _AWAY as error:
            log.warning("a link was not found out", error=type(error).__name__)
            self._away_until = time.monotonic() + AWAY_S
            return await self._as_it_was(key)
        if key in self._changed_meanwhile:
            epoch = -1
        if destination is None:
            self._forget(key, epoch)
            return None
        return self._remember(key, destination, used, epoch)

    async def _used(self, destination: Destination) -> int:
        capped = destination.cap is not None and not destination.retired
        return await self._count(destination) if capped else 0

    async def _as_it_was(self, key: str) -> Plan | None:
        known = self._plans.get(key)
        if known is not None:
            return known
        destination = await asyncio.to_thread(self._kept.find, key)
        if destination is None:
            raise Away
        found = plan(destination)
        self._add(key, found)
        return found

    def _remember(self, key: str, destination: Destination, used: int, epoch: int) -> Plan:
        now = time.monotonic()
        known = self._plans.get(key)
        if known is None or known.destination != destination:
            known = plan(destination)
            self._add(key, known)
            self._kept.put(key, destination)
        known.checked_at, known.epoch = (0.0 if epoch < 0 else now), epoch
        if destination.cap is not None:
            # Other workers count too: the nearer the cap, the sooner it is looked at again.
            known.used, known.counted_at = used, now + (1.0 if destination.cap - used < 1000 else 30.0)
        return known

    def _add(self, key: str, found: Plan) -> None:
        while len(self._plans) >= MOST and key not in self._plans:
            self._evict()
        self._plans[key] = found

    def _evict(self) -> None:
        # The oldest that nobody has used since it was last looked at (a clock: no order to keep at each hit).
        key = next(iter(self._plans))
        oldest = self._plans.pop(key)
        if oldest.touched:
            oldest.touched = False
            self._plans[key] = oldest

    def _forget(self, key: str, epoch: int) -> None:
        if self._plans.pop(key, None) is not None:
            self._kept.put(key, None)
        if epoch != self.epoch:
            return
        while len(self._unknown) >= MOST_UNKNOWN:
            del self._unknown[next(iter(self._unknown))]
        self._unknown[key] = time.monotonic() + UNKNOWN_S

    def changed(self, key: str) -> None:
        """A link was made, changed or deleted."""
        self._unknown.pop(key, None)
        if key in self._asking:
            self._changed_meanwhile.add(key)
        known = self._plans.get(key)
        if known is not None:
            known.epoch, known.checked_at = -1, 0.0

    def all_changed(self) -> None:
        """Anything may have changed: everything is asked for again when it is wanted."""
        self.epoch += 1
        self._unknown.clear()
        for known in self._plans.values():
            known.checked_at = 0.0

    def heard(self, seconds: float) -> None:
        """Changes are heard of for now: the database is there."""
        self.heard_until = time.monotonic() + seconds
        self._away_until = 0.0
