"""All SQL of click rules."""

from uuid import UUID

from service.kit.db import Connection, sql
from service.links.rules.schemas import Rules, RulesRow

_COLUMNS = "version, rules, created_by, created_at"


@sql(f"select {_COLUMNS} from click_rules where workspace_id = $1 order by version desc limit 1")
async def find_rules(db: Connection, workspace_id: UUID) -> RulesRow | None: ...


@sql(f"""
    select {_COLUMNS} from click_rules where workspace_id = $1 and version < $2
    order by version desc limit $3
""")
async def versions(db: Connection, workspace_id: UUID, before: int, limit: int) -> list[RulesRow]: ...


# The key refuses a version that somebody else has made meanwhile.
@sql(f"""
    insert into click_rules (workspace_id, version, rules, created_by) values ($1, $2, $3, $4)
    on conflict do nothing
    returning {_COLUMNS}
""")
async def add_rules(
    db: Connection, workspace_id: UUID, version: int, rules: Rules, created_by: str
) -> RulesRow | None: ...


async def current(db: Connection, workspace_id: UUID) -> RulesRow:
    """The rules in force; version 0 are the defaults."""
    return await find_rules(db, workspace_id) or RulesRow(0, Rules(), None, None)
