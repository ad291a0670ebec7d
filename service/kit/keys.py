"""Keys for hashing what is hashed far from where settings are: a process serves one installation.

Whoever opens the database says which (kit/db.connect); until then there are none.
"""

from service.settings import Settings, derive_key

_held: list[Settings] = []


def hold(settings: Settings) -> None:
    """These settings' keys are the process's from now on."""
    _held[:] = [settings]


def key(purpose: str) -> bytes:
    """32 bytes for one purpose. Raises RuntimeError where no settings are held."""
    if not _held:
        raise RuntimeError("no keys: the database was not opened by kit.db.connect")
    return derive_key(_held[0], purpose)
