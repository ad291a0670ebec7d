"""All SQL of shortlists themselves."""

from uuid import UUID

from service.discovery.briefs.schemas import Listed
from service.discovery.briefs.store import narrowed
from service.discovery.shortlists.problems import UnknownShortlist
from service.discovery.shortlists.schemas import CountRow, ShortlistRow
from service.kit.db import Connection, fetch, sql

_COLUMNS = "id, name, brief_id, notes, archived_at, version, created_at, updated_at"


@sql(f"""
    insert into shortlists (workspace_id, id, name, brief_id, notes) values ($1, $2, $3, $4, $5)
    returning {_COLUMNS}
""")
async def add_shortlist(
    db: Connection,
    workspace_id: UUID,
    shortlist_id: UUID,
    name: str,
    brief_id: UUID | None,
    notes: str | None,
) -> ShortlistRow: ...


@sql(f"select {_COLUMNS} from shortlists where workspace_id = $1 and id = $2", missing=UnknownShortlist)
async def get_shortlist(db: Connection, workspace_id: UUID, shortlist_id: UUID) -> ShortlistRow: ...


@sql(
    f"select {_COLUMNS} from shortlists where workspace_id = $1 and id = $2 for update",
    missing=UnknownShortlist,
)
async def lock_shortlist(db: Connection, workspace_id: UUID, shortlist_id: UUID) -> ShortlistRow: ...


async def list_shortlists(
    db: Connection, workspace_id: UUID, wanted: Listed, before: UUID | None, limit: int
) -> list[ShortlistRow]:
    """The newest first, older than `before`."""
    conditions, values = narrowed(wanted, "brief_id", before, [workspace_id, limit])
    text = f"select {_COLUMNS} from shortlists where {conditions} order by id desc limit $2"
    return await fetch(db, ShortlistRow, text, *values)


@sql("""
    select shortlist_id, status, count(*) as items from shortlist_items
    where workspace_id = $1 and shortlist_id = any($2) group by 1, 2
""")
async def counts_of(db: Connection, workspace_id: UUID, shortlist_ids: list[UUID]) -> list[CountRow]: ...


@sql(f"""
    update shortlists set name = $3, brief_id = $4, notes = $5, version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and id = $2
    returning {_COLUMNS}
""")
async def save_shortlist(
    db: Connection,
    workspace_id: UUID,
    shortlist_id: UUID,
    name: str,
    brief_id: UUID | None,
    notes: str | None,
) -> ShortlistRow: ...


@sql(f"""
    update shortlists set archived_at = case when $3 then coalesce(archived_at, elci_now()) end,
        version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and id = $2
    returning {_COLUMNS}
""")
async def set_archived(
    db: Connection, workspace_id: UUID, shortlist_id: UUID, archived: bool
) -> ShortlistRow: ...


# Whatever changes on a list or among its items makes a new version of the list.
@sql("""
    update shortlists set version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and id = $2
    returning version
""")
async def touch(db: Connection, workspace_id: UUID, shortlist_id: UUID) -> int: ...
