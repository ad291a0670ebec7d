"""The day's salt, at hand also while the database is away: tomorrow's is fetched a day ahead.

The salts of today and tomorrow lie sealed beside the spool; an older one is gone from memory and disk with
the first look after midnight, and nothing can bring it back.
"""

import contextlib
import os
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import structlog

from service.kit.db import Connection
from service.kit.secrets import Unsealable, Vault

log = structlog.get_logger("elci.clicks")

DAY_MS = 86_400_000
Fetch = Callable[[Connection, Sequence[date]], Awaitable[dict[date, bytes]]]


class Salts:
    """Salts by day. `fetch` asks the database for those of some days, and makes what is missing."""

    def __init__(self, path: Path, vault: Vault, fetch: Fetch) -> None:
        self._path = path
        self._vault = vault
        self._fetch = fetch
        self._salts: dict[int, bytes] = self._read()

    def at(self, milliseconds: int) -> bytes | None:
        """The salt of a time's UTC day; None where the database has been away for more than a day."""
        return self._salts.get(milliseconds // DAY_MS)

    async def refresh(self, db: Connection, milliseconds: int) -> None:
        """Have today's and tomorrow's, and no other."""
        today = milliseconds // DAY_MS
        days = [_day(today), _day(today + 1)]
        found = {_number(day): salt for day, salt in (await self._fetch(db, days)).items()}
        if found != self._salts:
            self._salts = found
            self._write()

    def forget(self, milliseconds: int) -> None:
        """Drop the salts of past days, whether or not the database is there."""
        today = milliseconds // DAY_MS
        if any(day < today for day in self._salts):
            self._salts = {day: salt for day, salt in self._salts.items() if day >= today}
            self._write()

    def _read(self) -> dict[int, bytes]:
        try:
            kept = msgspec.msgpack.decode(self._vault.open(self._path.read_bytes()), type=dict[int, bytes])
        except FileNotFoundError:
            return {}
        except (OSError, Unsealable, msgspec.MsgspecError) as error:
            log.warning("the kept salts can't be read", error=type(error).__name__)
            return {}
        return kept

    def _write(self) -> None:
        # Written aside: a worker that starts meanwhile reads a whole file.
        aside = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        try:
            aside.touch(mode=0o600)
            aside.write_bytes(self._vault.seal(msgspec.msgpack.encode(self._salts)))
            aside.replace(self._path)
        except OSError as error:
            log.warning("the salts can't be kept", error=type(error).__name__)
            # Better none than one that should be gone.
            for each in (aside, self._path):
                with contextlib.suppress(OSError):
                    each.unlink()


def _day(number: int) -> date:
    return datetime.fromtimestamp(number * 86_400, UTC).date()


def _number(day: date) -> int:
    return (day - date(1970, 1, 1)) // timedelta(days=1)
