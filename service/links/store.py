"""All SQL of links themselves."""

from service.kit.db import Connection, sql
from service.links.redirect import Destination


@sql("select * from entry.resolve_link($1, $2)")
async def resolve_link(db: Connection, host: str, code: str) -> Destination | None: ...


@sql("select * from entry.link_hosts()")
async def link_hosts(db: Connection) -> list[str]: ...
