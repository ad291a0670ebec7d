"""/p/{program_id}: a program's terms, what it pays, and the form to apply."""

from typing import Any, get_args

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from service.influencers.schemas import Platform
from service.kit import ids
from service.kit.problems import InvalidInput, Problem
from service.partner.pages import applying, faults, store
from service.partner.pages.failing import title
from service.partner.pages.forms import Sent
from service.partner.pages.store import FoundProgram
from service.partner.pages.visiting import Visitor, sent, visitor
from service.programs.applications import actions, limits
from service.programs.pages.schemas import PublicProgram

AnyRequest = Request[Any, Any, Any]


@get("/p/{program_id:str}")
async def program_page(request: AnyRequest, program_id: FromPath[str]) -> Response[str]:
    """The page of a program."""
    place = await _find(request, program_id)
    here = await visitor(request, place.locale)
    return _shown(here, await _program(request, place, here), Sent({}))


@post("/p/{program_id:str}/apply", status_code=200)
async def send_application(request: AnyRequest, program_id: FromPath[str]) -> Response[Any]:
    """Takes an application in; a form with faults comes back as it was filled in."""
    place = await _find(request, program_id)
    here = await visitor(request, place.locale)
    form = await sent(request, here)
    program = await _program(request, place, here)
    try:
        data = applying.read(form, program.fields, form.one("consent_version"), here.language)
        await limits.count(request, place.id, data.email)
        async with request.app.state.database.transaction(place.workspace_id) as db:
            await actions.apply(db, here.settings, place.workspace_id, place.id, data)
    except InvalidInput as error:
        return _shown(here, program, form, error)
    except Problem as error:
        if type(error).status_code not in (400, 409):
            raise
        return _shown(here, await _program(request, place, here), form, error)
    return here.go(f"/p/{program.id}/received")


@get("/p/{program_id:str}/received")
async def application_received(request: AnyRequest, program_id: FromPath[str]) -> Response[str]:
    """Says that an application arrived."""
    place = await _find(request, program_id)
    here = await visitor(request, place.locale)
    return here.page("received.jinja", program=await _program(request, place, here))


async def _find(request: AnyRequest, program_id: str) -> FoundProgram:
    async with request.app.state.database.connection() as db:
        return await store.find_program(db, ids.read("prg", program_id))


async def _program(request: AnyRequest, place: FoundProgram, here: Visitor) -> PublicProgram:
    async with request.app.state.database.transaction(place.workspace_id) as db:
        return await actions.public_program(db, place.workspace_id, place.id, here.language)


def _shown(here: Visitor, program: PublicProgram, form: Sent, error: Problem | None = None) -> Response[str]:
    errors = error.members.get("errors", []) if error is not None else []
    return here.page(
        "program.jinja",
        200 if error is None else type(error).status_code,
        program=program,
        form=form,
        rows=applying.ROWS,
        platforms=get_args(Platform),
        errors=faults.by_field(applying.faults(errors), here.language),
        fault=None if error is None or errors else title(error, here),
    )


ROUTES: list[ControllerRouterHandler] = [program_page, send_application, application_received]
