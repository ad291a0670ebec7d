"""Brands compared by their accounts and by what is said of them."""

from datetime import datetime

from service.accounts.callers import Caller
from service.influencers.brands.comparing import actions as brands
from service.kit import ids
from service.kit.db import Connection, Database
from service.kit.problems import Forbidden
from service.mentions.rivals import store
from service.mentions.rivals.schemas import RivalBrand, RivalComparison
from service.mentions.rivals.voices import own, voices


async def compared(
    database: Database,
    db: Connection,
    caller: Caller,
    asked: str,
    since: datetime | None,
    until: datetime | None,
    top: int,
) -> RivalComparison:
    """Brands side by side. Raises Forbidden, InvalidInput, UnknownBrand."""
    if "brands:read" not in caller.scopes:
        raise Forbidden("this needs the scope brands:read, too", scope="brands:read")
    rows = await brands.found(db, caller.workspace_id, asked)
    compared = await brands.compared(db, caller.workspace_id, rows, since, until, top=top)
    wanted = [row.id for row in rows]
    queries = await store.queries_of(db, caller.workspace_id, wanted)
    spoken = await store.spoken(database, caller.workspace_id, queries, since, until) if queries else []
    found = voices(wanted, queries, spoken)
    heard = {one.brand_id for one in queries}
    return RivalComparison(
        since=since,
        until=until,
        declared=[ids.show("brd", one) for one in wanted if one in heard],
        own=own((row.id for row in rows if row.kind == "own"), found),
        brands=[RivalBrand(brand, found[one]) for one, brand in zip(wanted, compared.brands, strict=True)],
    )
