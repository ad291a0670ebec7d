"""Destinations on the disk, shared by the workers of a home: what one starts with while the database is down.

Nothing personal stands here: links, no clicks. SQLite, written behind the answers in a thread.
"""

import contextlib
import sqlite3
import threading
import time
from pathlib import Path

import msgspec
import structlog

from service.links.redirect import Destination

log = structlog.get_logger("elci.links")

# About 300 MB; of more, those that were looked up longest ago go.
MOST = 500_000
_TRIM_EVERY = 10_000
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Destination).decode


class Kept:
    """A file of destinations by key. What can't be read is as if it were not there; it never raises."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._path = path
        self._lock = threading.Lock()
        self._changes: dict[str, Destination | None] = {}
        self._written = 0
        self._db: sqlite3.Connection | None = None

    def put(self, key: str, destination: Destination | None) -> None:
        """Remember a destination, or that there is none; written by the next `write`."""
        self._changes[key] = destination

    def write(self) -> None:
        """Write what has changed (in a thread)."""
        changes, self._changes = self._changes, {}
        if not changes:
            return
        now = int(time.time())
        there = [(key, _encode(each), now) for key, each in changes.items() if each is not None]
        gone = [(key,) for key, each in changes.items() if each is None]
        try:
            with self._lock, self._opened() as db:
                db.executemany("insert or replace into destinations values (?, ?, ?)", there)
                db.executemany("delete from destinations where key = ?", gone)
                self._trim(db, len(there))
        except sqlite3.Error as error:
            self._failed(error)

    def _trim(self, db: sqlite3.Connection, more: int) -> None:
        self._written += more
        if self._written >= _TRIM_EVERY:
            self._written = 0
            db.execute(
                "delete from destinations where key in (select key from destinations order by seen desc"
                " limit -1 offset ?)",
                (MOST,),
            )

    def find(self, key: str) -> Destination | None:
        """A destination (in a thread)."""
        try:
            with self._lock, self._opened() as db:
                row = db.execute("select value from destinations where key = ?", (key,)).fetchone()
        except sqlite3.Error as error:
            self._failed(error)
            return None
        # One that another version has written may have another shape.
        with contextlib.suppress(msgspec.MsgspecError):
            return _decode(row[0]) if row else None
        return None

    def offset(self) -> float:
        """The database clock's lead over this host's, as it was measured last: seconds."""
        try:
            with self._lock, self._opened() as db:
                row = db.execute("select value from facts where name = 'clock_offset'").fetchone()
        except sqlite3.Error as error:
            self._failed(error)
            return 0.0
        return float(row[0]) if row else 0.0

    def put_offset(self, seconds: float) -> None:
        """Keep the clock's offset (in a thread)."""
        try:
            with self._lock, self._opened() as db:
                db.execute("insert or replace into facts values ('clock_offset', ?)", (seconds,))
        except sqlite3.Error as error:
            self._failed(error)

    def _opened(self) -> sqlite3.Connection:
        if self._db is None:
            db = sqlite3.connect(self._path, timeout=5, check_same_thread=False)
            db.execute("pragma journal_mode = wal")
            db.execute("pragma synchronous = normal")
            with db:
                db.execute(
                    "create table if not exists destinations"
                    " (key text primary key, value blob not null, seen integer not null) without rowid"
                )
                db.execute("create table if not exists facts (name text primary key, value) without rowid")
            self._path.chmod(0o600)
            self._db = db
        return self._db

    def _failed(self, error: sqlite3.Error) -> None:
        log.warning("the links on the disk can't be used", error=type(error).__name__)
        broken = isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError)
        with self._lock:
            if self._db is not None:
                with contextlib.suppress(sqlite3.Error):
                    self._db.close()
                self._db = None
            if broken:
                # A cache: it is made anew.
                for ending in ("", "-wal", "-shm"):
                    with contextlib.suppress(OSError):
                        self._path.with_name(self._path.name + ending).unlink()

    def close(self) -> None:
        """Write what has changed, and let the file go."""
        self.write()
        with self._lock:
            if self._db is not None:
                self._db.close()
                self._db = None
