"""Brands compared: what is read, and measured in a thread."""

import asyncio
from datetime import datetime
from uuid import UUID

from service.influencers.brands import store as brands
from service.influencers.brands.comparing import deciding, show, store
from service.influencers.brands.comparing.schemas import BrandComparison
from service.influencers.brands.schemas import BrandRow
from service.influencers.problems import UnknownBrand
from service.influencers.reading import id_list
from service.kit import clock
from service.kit.db import Connection
from service.kit.problems import InvalidInput

MOST_COMPARED = 20


async def found(db: Connection, workspace_id: UUID, asked: str) -> list[BrandRow]:
    """The brands of `?ids=`, each once, in their order. Raises InvalidInput, UnknownBrand."""
    wanted = id_list("brd", asked) or []
    if not 1 <= len(wanted) <= MOST_COMPARED:
        errors = [{"path": "ids", "message": f"names 1 to {MOST_COMPARED} brands"}]
        raise InvalidInput(f"1 to {MOST_COMPARED} brands are compared", errors=errors)
    known = {row.id: row for row in await brands.brands_by_id(db, workspace_id, wanted)}
    if any(one not in known for one in wanted):
        raise UnknownBrand
    return [known[one] for one in dict.fromkeys(wanted)]


async def compared(
    db: Connection,
    workspace_id: UUID,
    rows: list[BrandRow],
    since: datetime | None,
    until: datetime | None,
    *,
    top: int,
    statistic: str = "median",
    components: str = "public",
) -> BrandComparison:
    """Brands side by side. Raises InvalidInput where the period ends before it begins."""
    if since is not None and until is not None and since >= until:
        errors = [{"path": "from", "message": "is not before `to`"}]
        raise InvalidInput("a period ends after it begins", errors=errors)
    wanted = [row.id for row in rows]
    slack = deciding.slack(since, until)
    accounts = await store.compare(db, workspace_id, wanted, since, until, slack)
    posts = await store.posts(db, workspace_id, wanted, since, until)
    asked = show.Asked(since, until, await clock.now(db), top, statistic, components)
    return await asyncio.to_thread(show.comparison, rows, accounts, posts, asked)
