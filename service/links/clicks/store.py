"""All SQL of raw clicks that are stored already."""

from uuid import UUID

from service.kit.db import Connection, sql


@sql("""
    select count(*) from (
        select from clicks where workspace_id = $1 and link_id = $2 and counted limit $3
    ) as found
""")
async def count_counted(db: Connection, workspace_id: UUID, link_id: UUID, most: int) -> int: ...
