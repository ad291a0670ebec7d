"""The salts of today and tomorrow beside the spool, sealed: for a worker that starts without a database.

Without them it would make its own, and count a visitor apart from the other workers. An older salt is gone
from here with the first look after midnight, and nothing can bring it back.
"""

import contextlib
import os
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import msgspec
import structlog

from service.kit.secrets import Unsealable, Vault

log = structlog.get_logger("elci.clicks")


class SealedSalts:
    """A file of salts by day, whole or not there."""

    def __init__(self, path: Path, vault: Vault) -> None:
        self._path = path
        self._vault = vault
        self._written: dict[date, bytes] = {}

    def read(self) -> dict[date, bytes]:
        """The salts; none where they can't be read."""
        try:
            plain = self._vault.open(self._path.read_bytes())
            self._written = msgspec.msgpack.decode(plain, type=dict[date, bytes])
        except FileNotFoundError:
            pass
        except (OSError, Unsealable, msgspec.MsgspecError) as error:
            log.warning("the kept salts can't be read", error=type(error).__name__)
        return dict(self._written)

    def write(self, salts: Mapping[date, bytes], today: date) -> None:
        """Keep the salts of today and later, and no other (in a thread)."""
        kept = {day: salt for day, salt in salts.items() if day >= today}
        if kept == self._written:
            return
        # Written aside: a worker that starts meanwhile reads a whole file.
        aside = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        try:
            descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as out:
                out.write(self._vault.seal(msgspec.msgpack.encode(kept)))
            aside.replace(self._path)
            self._written = kept
        except OSError as error:
            log.warning("the salts can't be kept", error=type(error).__name__)
            # Better none than one that should be gone.
            for each in (aside, self._path):
                with contextlib.suppress(OSError):
                    each.unlink()
