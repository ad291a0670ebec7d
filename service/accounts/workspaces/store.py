"""All SQL of workspaces."""

from uuid import UUID

from service.accounts.workspaces.schemas import ReachRate, Tiers, WorkspaceRow
from service.kit.db import Connection, sql

COLUMNS = """
    id, name, currency, timezone, locale, cors_origins, link_hosts, destination_hosts, tiers, reach_rates,
    test_share, version, created_at, updated_at
"""


@sql(f"select {COLUMNS} from workspaces where id = $1")
async def get_workspace(db: Connection, workspace_id: UUID) -> WorkspaceRow: ...


@sql(f"select {COLUMNS} from workspaces order by id")
async def list_workspaces(db: Connection) -> list[WorkspaceRow]:
    """All of them, for the owner's connection; behind the wall it is the own one."""
    ...


@sql(f"select {COLUMNS} from workspaces where id = $1 for update")
async def lock_workspace(db: Connection, workspace_id: UUID) -> WorkspaceRow: ...


@sql(f"""
    update workspaces
    set name = $2, currency = $3, timezone = $4, locale = $5, cors_origins = $6, link_hosts = $7,
        destination_hosts = $8, tiers = $9, reach_rates = $10, test_share = $11,
        version = version + 1, updated_at = elci_now()
    where id = $1
    returning {COLUMNS}
""")
async def save_workspace(
    db: Connection,
    workspace_id: UUID,
    name: str,
    currency: str,
    timezone: str,
    locale: str,
    cors_origins: list[str],
    link_hosts: list[str],
    destination_hosts: list[str],
    tiers: Tiers,
    reach_rates: list[ReachRate],
    test_share: float,
) -> WorkspaceRow: ...
