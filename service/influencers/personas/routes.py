"""/v1/personas."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.influencers.audiences.dimensions import wrong_code, wrong_sums
from service.influencers.personas import store
from service.influencers.personas.schemas import NewPersona, Persona, PersonaPatch, PersonaRow
from service.influencers.problems import NotShares, UnknownPersona
from service.influencers.profiles.actions import given_fields
from service.influencers.profiles.schemas import IdKey
from service.influencers.reading import id_list
from service.influencers.schemas import IdList
from service.kit import etag, ids, paging
from service.kit.db import Connection
from service.kit.etag import IfMatch
from service.kit.paging import DEFAULT_LIMIT, Cursor, Limit, Page
from service.kit.problems import PreconditionFailed

Reader = Annotated[Caller, May("personas:read")]
Writer = Annotated[Caller, May("personas:write")]
Archived = Annotated[
    bool | None, QueryParameter(description="false (the default without ids): none that are archived")
]


@post("/v1/personas", tags=["personas"], raises=[NotShares])
async def create_persona(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], data: JSONBody[NewPersona]
) -> Response[Persona]:
    """Adds a type of customer; briefs take the audience from it."""
    _check(data.demographics)
    row = await store.add_persona(db, caller.workspace_id, ids.new(), *msgspec.structs.astuple(data))
    await audit.record(db, caller, "persona.created", ids.show("per", row.id))
    return _answer(row, status=201)


@get("/v1/personas", tags=["personas"], raises=[paging.BadCursor])
async def list_personas(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    ids: IdList = None,
    archived: Archived = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Persona]:
    """Personas, the newest first."""
    wanted = id_list("per", ids)
    hidden = False if archived is None and wanted is None else archived
    after = paging.decode(cursor, IdKey)
    key = after[0] if after else None
    rows = await store.list_personas(db, caller.workspace_id, wanted, hidden, key, limit + 1)
    return paging.page(rows, limit, lambda row: (row.id,), _show)


@get("/v1/personas/{persona_id:str}", tags=["personas"], raises=[UnknownPersona])
async def get_persona(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], persona_id: FromPath[str]
) -> Response[Persona]:
    """One persona."""
    return _answer(await store.get_persona(db, caller.workspace_id, ids.read("per", persona_id)))


@patch(
    "/v1/personas/{persona_id:str}",
    tags=["personas"],
    raises=[UnknownPersona, NotShares, PreconditionFailed],
)
async def change_persona(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    persona_id: FromPath[str],
    data: JSONBody[PersonaPatch],
    if_match: IfMatch = None,
) -> Response[Persona]:
    """Changes fields."""
    row = await store.lock_persona(db, caller.workspace_id, ids.read("per", persona_id))
    etag.match(if_match, row.version)
    after = msgspec.structs.replace(row, **given_fields(data))
    _check(after.demographics)
    saved = await store.save_persona(db, caller.workspace_id, row.id, *_written(after))
    await audit.record(db, caller, "persona.changed", persona_id, {"fields": sorted(given_fields(data))})
    return _answer(saved)


@delete("/v1/personas/{persona_id:str}", tags=["personas"], raises=[UnknownPersona])
async def archive_persona(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], persona_id: FromPath[str]
) -> None:
    """Archives: hidden from lists until restored."""
    await _set_archived(db, caller, persona_id, True)


@post(
    "/v1/personas/{persona_id:str}/restore",
    tags=["personas"],
    status_code=200,
    raises=[UnknownPersona],
)
async def restore_persona(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], persona_id: FromPath[str]
) -> Response[Persona]:
    """Takes a persona out of the archive."""
    return _answer(await _set_archived(db, caller, persona_id, False))


async def _set_archived(db: Connection, caller: Caller, persona_id: str, archived: bool) -> PersonaRow:
    row = await store.lock_persona(db, caller.workspace_id, ids.read("per", persona_id))
    action = "persona.archived" if archived else "persona.restored"
    await audit.record(db, caller, action, persona_id)
    return await store.set_archived(db, caller.workspace_id, row.id, archived)


def _check(demographics: dict[Any, Any]) -> None:
    shares = [
        (dimension, code, given[code] if isinstance(given, dict) else 0.0)
        for dimension, given in demographics.items()
        for code in given
    ]
    errors = [
        {"path": f"demographics.{dimension}", "message": f"{code[:40]} {wrong}"}
        for dimension, code, _ in shares
        if (wrong := wrong_code(dimension, code))
    ]
    for name in wrong_sums(shares):
        errors += [{"path": f"demographics.{name}", "message": "the shares are more than the whole"}]
    if errors:
        raise NotShares("the demographics can't be right", errors=errors[:100])


def _written(row: PersonaRow) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in NewPersona.__struct_fields__)


def _show(row: PersonaRow) -> Persona:
    values: list[Any] = list(msgspec.structs.astuple(row))
    identifier: UUID = row.id
    return Persona(ids.show("per", identifier), *values[1:])


def _answer(row: PersonaRow, status: int = 200) -> Response[Persona]:
    return Response(_show(row), status_code=status, headers={"ETag": etag.of(row.version)})


ROUTES = [
    create_persona,
    list_personas,
    get_persona,
    change_persona,
    archive_persona,
    restore_persona,
]
