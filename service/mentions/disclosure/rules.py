"""The rule packs of an installation: those that come along, and those in ELCI_HOME/disclosure."""

import functools
import hashlib
from datetime import datetime
from pathlib import Path

import msgspec

from service.mentions.disclosure import packs
from service.mentions.disclosure.packs import Pack
from service.settings import Settings


def of(settings: Settings) -> tuple[Pack, ...]:
    """The packs, read once a process. Raises PackError, which names the file and what is wrong in it."""
    return _loaded(settings.home / "disclosure")


@functools.lru_cache(maxsize=8)
def _loaded(folder: Path) -> tuple[Pack, ...]:
    return packs.load((packs.FOLDER, folder))


def stamp(known: tuple[Pack, ...], at: datetime) -> str:
    """What tells whether posts have to be looked at anew: the packs, and which of them are in force.

    >>> from datetime import UTC
    >>> old, new = (stamp(packs.built_in(), datetime(year, 6, 1, tzinfo=UTC)) for year in (2020, 2026))
    >>> len(new), old == new
    (16, False)
    """
    digest = hashlib.sha256()
    for pack in known:
        digest.update(msgspec.json.encode((pack, pack.in_force(at))))
    return digest.hexdigest()[:16]
