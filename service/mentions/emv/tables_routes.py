"""/v1/emv/rate-tables."""

from typing import Annotated
from uuid import UUID

from litestar import delete, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.kit import ids, paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, NotFound
from service.mentions.emv import actions, showing, store, tables
from service.mentions.emv.schemas import NewRateTable, RateTable
from service.mentions.problems import RateTableExists, UnknownRateTable

Reader = Annotated[Caller, May("mentions:read")]
Writer = Annotated[Caller, May("mentions:write")]
Archived = Annotated[bool, QueryParameter(description="also those that are archived")]


@post("/v1/emv/rate-tables", tags=["mentions"], raises=[InvalidInput, RateTableExists])
async def create_emv_rate_table(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], data: JSONBody[NewRateTable]
) -> RateTable:
    """Adds a table of rates, or the next version of one of this name.

    A version never changes, so that a figure can be made again by the table that it names. EMV has no
    standard: these are your own prices, and `source` says where they come from.
    """
    return showing.table(await actions.add(db, caller, data))


@get("/v1/emv/rate-tables", tags=["mentions"], raises=[BadCursor])
async def list_emv_rate_tables(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    archived: Archived = False,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[RateTable]:
    """The workspace's own versions, the newest first; the built-in table is GET .../builtin."""
    before = paging.decode(cursor, UUID)
    rows = await store.list_tables(db, caller.workspace_id, archived, before, limit + 1)
    return paging.page(rows, limit, lambda row: row.id, showing.table)


@get("/v1/emv/rate-tables/{table_id:str}", tags=["mentions"], raises=[UnknownRateTable, NotFound])
async def get_emv_rate_table(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], table_id: FromPath[str]
) -> RateTable:
    """A version of a table, by `emt_...`, or `builtin`."""
    return showing.table(await actions.table_of(db, caller.workspace_id, table_id))


@delete("/v1/emv/rate-tables/{table_id:str}", tags=["mentions"], raises=[UnknownRateTable, NotFound])
async def archive_emv_rate_table(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], table_id: FromPath[str]
) -> None:
    """Archives a version: it is no longer used unless it is named. The built-in table can't be archived."""
    if table_id == tables.BUILT_IN:
        errors = [{"path": "table_id", "message": "the built-in table stays"}]
        raise InvalidInput("the built-in table can't be archived", errors=errors)
    row = await store.get_table(db, caller.workspace_id, ids.read("emt", table_id))
    await store.archive_table(db, caller.workspace_id, row.id)
    await audit.record(db, caller, "emv_rate_table.archived", table_id)


ROUTES: list[ControllerRouterHandler] = [
    create_emv_rate_table,
    list_emv_rate_tables,
    get_emv_rate_table,
    archive_emv_rate_table,
]
