"""/v1/statements."""

from typing import Annotated
from uuid import UUID

from litestar import delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.accounts.problems import UnknownMember
from service.influencers.reading import id_list
from service.influencers.schemas import IdList
from service.kit import ids as outer
from service.kit import paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, NotFound
from service.mentions.alerts.statements import actions, store
from service.mentions.alerts.statements.schemas import (
    NewStatement,
    PublicStatement,
    StatementApproval,
    StatementPatch,
    StatementPublication,
    StatementStatus,
)
from service.mentions.problems import (
    OwnStatement,
    StatementInWork,
    StatementNotApproved,
    StatementPublished,
    UnknownAlert,
    UnknownStatement,
)

Reader = Annotated[Caller, May("mentions:read")]
Writer = Annotated[Caller, May("mentions:write")]
OfAlert = Annotated[str | None, QueryParameter(max_length=40, description="to this alert (alr_...)")]
InChannel = Annotated[str | None, QueryParameter(max_length=40, description="in this channel")]
InStatus = Annotated[StatementStatus | None, QueryParameter(name="status", description="in this state")]


@post("/v1/statements", tags=["mentions"], raises=[UnknownAlert, StatementInWork])
async def create_statement(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], data: JSONBody[NewStatement]
) -> PublicStatement:
    """Drafts what is said to an alert in a channel. One text a channel is in work at a time."""
    return actions.show(await actions.add(db, caller, data))


@get("/v1/statements", tags=["mentions"], raises=[BadCursor, InvalidInput, NotFound])
async def list_statements(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    ids: IdList = None,
    alert_id: OfAlert = None,
    channel: InChannel = None,
    in_status: InStatus = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[PublicStatement]:
    """The newest first."""
    rows = await store.list_statements(
        db,
        caller.workspace_id,
        id_list("stm", ids),
        None if alert_id is None else outer.read("alr", alert_id),
        channel,
        in_status,
        paging.decode(cursor, UUID),
        limit + 1,
    )
    return paging.page(rows, limit, lambda row: row.id, actions.show)


@get("/v1/statements/{statement_id:str}", tags=["mentions"], raises=[UnknownStatement])
async def get_statement(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], statement_id: FromPath[str]
) -> PublicStatement:
    """One statement."""
    return actions.show(await store.get_statement(db, caller.workspace_id, outer.read("stm", statement_id)))


@patch(
    "/v1/statements/{statement_id:str}",
    tags=["mentions"],
    raises=[UnknownStatement, StatementPublished, StatementInWork],
)
async def change_statement(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    statement_id: FromPath[str],
    data: JSONBody[StatementPatch],
) -> PublicStatement:
    """Changes a text that is not published. An approved one becomes a draft again."""
    return actions.show(await actions.change(db, caller, outer.read("stm", statement_id), data))


@delete("/v1/statements/{statement_id:str}", tags=["mentions"], raises=[UnknownStatement, StatementPublished])
async def delete_statement(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], statement_id: FromPath[str]
) -> None:
    """Takes back a text that is not published."""
    await actions.delete(db, caller, outer.read("stm", statement_id))


@post(
    "/v1/statements/{statement_id:str}/approve",
    tags=["mentions"],
    status_code=200,
    raises=[UnknownStatement, StatementPublished, OwnStatement, UnknownMember, InvalidInput],
)
async def approve_statement(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    statement_id: FromPath[str],
    data: JSONBody[StatementApproval],
) -> PublicStatement:
    """Approves a text: another manager than who wrote it, or an owner. A key names the member who does."""
    return actions.show(await actions.approve(db, caller, outer.read("stm", statement_id), data))


@post(
    "/v1/statements/{statement_id:str}/publish",
    tags=["mentions"],
    status_code=200,
    raises=[UnknownStatement, StatementNotApproved, InvalidInput],
)
async def publish_statement(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    statement_id: FromPath[str],
    data: JSONBody[StatementPublication],
) -> PublicStatement:
    """Says that an approved text went out, and ticks `statement` on the alert's checklist."""
    return actions.show(await actions.publish(db, caller, outer.read("stm", statement_id), data))


ROUTES: list[ControllerRouterHandler] = [
    create_statement,
    list_statements,
    get_statement,
    change_statement,
    delete_statement,
    approve_statement,
    publish_statement,
]
