"""A tree from its top, generation by generation: one statement each, of as many rows as are drawn."""

from datetime import datetime
from uuid import UUID

from service.advocacy.trees import store
from service.advocacy.trees.store import DrawnRow
from service.kit import clock
from service.kit.db import Connection


async def below(
    db: Connection, workspace_id: UUID, top: DrawnRow, deep: int, wide: int, most: int
) -> list[DrawnRow]:
    """The top, and of each one's own accounts the `wide` heaviest, `deep` generations, `most` in all."""
    rows, layer = [top], [0] if top.accounts else []
    for _ in range(deep):
        if not layer or len(rows) >= most:
            break
        ids = [rows[at].advocate_id for at in layer]
        found = await store.heaviest_below(db, workspace_id, ids, layer, wide, most - len(rows))
        layer = [len(rows) + n for n, row in enumerate(found) if row.accounts]
        rows += found
    return rows


async def as_of(db: Connection, workspace_id: UUID, program_id: UUID) -> datetime | None:
    """Of when a program's sums are: of now, unless something waits to be added."""
    if not await store.has_changes(db, workspace_id, program_id):
        return await clock.now(db)
    forest = await store.find_forest(db, workspace_id, program_id)
    return None if forest is None else forest.as_of
