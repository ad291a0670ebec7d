"""All SQL of saved searches."""

from uuid import UUID

from service.discovery.saved.schemas import SavedSearchRow
from service.discovery.search.problems import UnknownSavedSearch
from service.discovery.search.schemas import Search
from service.kit.db import Connection, sql

_COLUMNS = "id, name, search, created_by, created_at, updated_at"


@sql(f"""
    insert into saved_searches (workspace_id, id, name, search, created_by) values ($1, $2, $3, $4, $5)
    returning {_COLUMNS}
""")
async def add_saved(
    db: Connection, workspace_id: UUID, saved_id: UUID, name: str, search: Search, created_by: str
) -> SavedSearchRow: ...


@sql(f"select {_COLUMNS} from saved_searches where workspace_id = $1 and id = $2", missing=UnknownSavedSearch)
async def get_saved(db: Connection, workspace_id: UUID, saved_id: UUID) -> SavedSearchRow: ...


@sql(f"""
    select {_COLUMNS} from saved_searches
    where workspace_id = $1 and ($2::uuid is null or id < $2) and ($3::uuid[] is null or id = any($3))
    order by id desc limit $4
""")
async def list_saved(
    db: Connection, workspace_id: UUID, before: UUID | None, ids: list[UUID] | None, limit: int
) -> list[SavedSearchRow]: ...


@sql(
    f"""
    update saved_searches
    set name = coalesce($3, name), search = coalesce($4::jsonb, search), updated_at = elci_now()
    where workspace_id = $1 and id = $2
    returning {_COLUMNS}
    """,
    missing=UnknownSavedSearch,
)
async def change_saved(
    db: Connection, workspace_id: UUID, saved_id: UUID, name: str | None, search: Search | None
) -> SavedSearchRow: ...


@sql(
    "delete from saved_searches where workspace_id = $1 and id = $2 returning id", missing=UnknownSavedSearch
)
async def drop_saved(db: Connection, workspace_id: UUID, saved_id: UUID) -> UUID | None: ...
