"""From a host and a code to a destination, before any workspace is known.

`entry.resolve_link` is a SECURITY DEFINER function; what changes is told on the channel `links_changed` in
the transaction that changes it: the payload is `host/code` (`/code` for links without a host of their own),
or `*` where all may have changed. A listener drops that entry, and everything after it had lost its
connection.
"""

from msgspec import structs

from service.kit.db import Database
from service.links import codes, store
from service.links.redirect import Destination

CHANNEL = "links_changed"
EVERYTHING = "*"


async def resolve(database: Database, host: str | None, code: str) -> Destination | None:
    """The destination of a code; None where there is none. `host`: None for /r/ and for ELCI_LINK_HOST, else
    the Host header's name, in lower case and without a port. The code may be written in any case.

    Raises Unavailable, or what asyncpg raises, where the database is away.
    """
    normal = codes.normal(code)
    if normal is None:
        return None
    async with database.connection() as db:
        found = await store.resolve_link(db, host or "", normal)
    if found is None:
        return None
    first, second, third, fourth, fifth = found.sub
    return structs.replace(found, sub=(first, second, third, fourth, fifth))


async def hosts(database: Database) -> frozenset[str]:
    """The link hosts that any workspace has: the root of each serves codes. They change with `*`."""
    async with database.connection() as db:
        return frozenset(await store.link_hosts(db))


def key(host: str | None, code: str) -> str:
    """What a payload says of a link, and what a cache may keep it by.

    >>> key(None, "yaz"), key("go.shop.example", "yaz")
    ('/yaz', 'go.shop.example/yaz')
    """
    return f"{host or ''}/{code}"
