"""Open points in money."""

import asyncio
from uuid import UUID

from msgspec import structs

from service.advocacy.obligations import pricing, store
from service.advocacy.obligations.schemas import Obligations, Question
from service.advocacy.terms import store as terms
from service.kit.db import Connection


async def price_points(
    db: Connection, workspace_id: UUID, asked: Question, found: Obligations
) -> Obligations:
    """The answer with what its open points will cost by the terms that hold now."""
    programs = None if asked.program_id is None else [asked.program_id]
    told = await terms.points_now(db, workspace_id, programs)
    worths = {row.program_id: row.points.worth for row in told if row.points.worth is not None}
    if not worths:
        return structs.replace(found, points_without_worth=pricing.open_points(found))
    rows = await store.open_points(db, workspace_id, asked.program_id, asked.since, asked.until)
    costs = await asyncio.to_thread(pricing.in_money, rows, worths, pricing.past(found))
    rest = sum(row.amount * row.n for row in rows if row.program_id not in worths)
    return structs.replace(found, points_cost=costs, points_without_worth=rest)
