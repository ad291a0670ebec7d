"""A server for one errand: on a database that is thrown away, whatever runs or is set elsewhere."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec

from service.kit import embedded
from service.serve.tree import serving
from service.settings import Settings


@asynccontextmanager
async def standalone(home: Path, env: Mapping[str, str]) -> AsyncIterator[tuple[Settings, str]]:
    """Settings and address of a server that is gone at the end of the block, with all that it knew.

    `home` is a folder for it; of `env` the settings of a server of the user's are left out.
    """
    async with embedded.temporary() as dsn:
        own = {name: value for name, value in env.items() if not name.startswith(("ELCI_", "DATABASE_URL"))}
        # That this database does not wait for the disk need not be said.
        own |= {"DATABASE_URL": dsn, "ELCI_HOME": str(home), "ELCI_PORT": "0", "ELCI_LOG_LEVEL": "error"}
        settings = Settings.from_env(own)
        async with serving(settings, own) as presence:
            yield msgspec.structs.replace(settings, database_url=presence.database_url), presence.url or ""
