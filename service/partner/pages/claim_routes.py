"""/p/me/claims: sales that were not credited, and questions about commissions."""

from collections.abc import AsyncIterator
from typing import Any

from asyncpg import UniqueViolationError
from litestar import Request, Response, get, post
from litestar.datastructures import UploadFile
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from service.kit import ids
from service.kit.answers import as_problem
from service.kit.problems import Problem
from service.partner.claims import evidence
from service.partner.claims.routes import create_own_claim, list_own_claims, withdraw_own_claim
from service.partner.commissions.routes import get_own_commission
from service.partner.pages import claiming, faults
from service.partner.pages.failing import title
from service.partner.pages.forms import Sent
from service.partner.pages.list_routes import ROWS
from service.partner.pages.problems import NotLoggedIn
from service.partner.pages.visiting import Visitor, sent, signed_in, visitor

AnyRequest = Request[Any, Any, Any]
_PIECE = 65_536


class FormFile:
    """A form's file as an upload: it lies in memory or in a temporary file, and is read in pieces."""

    def __init__(self, file: UploadFile) -> None:
        self._file = file
        self.filename: str | None = file.filename

    async def chunks(self) -> AsyncIterator[bytes]:
        """The file's bytes."""
        while piece := await self._file.read(_PIECE):
            yield piece


@get("/p/me/claims")
async def claims_page(request: AnyRequest) -> Response[str]:
    """Own claims and how they ended, and a form for a new one; of a commission that is named, a question."""
    return await _claims(request, Sent({}))


@post("/p/me/claims", status_code=200, request_max_body_size=evidence.LARGEST + 1_000_000)
async def make_claim(request: AnyRequest) -> Response[Any]:
    """Claims a sale, or asks."""
    here = await visitor(request)
    if here.caller is None:
        raise NotLoggedIn
    form = await sent(request, here)
    try:
        data = claiming.read(form, await _evidence(request, here), here.language)
        async with signed_in(request) as (_, caller, db):
            await create_own_claim.fn(caller, db, data)
    except (Problem, UniqueViolationError) as error:
        problem = as_problem(request, error, request.app.state.constraints)
        if type(problem).status_code not in (400, 409, 415):
            raise
        return await _claims(request, form, problem)
    return here.go("/p/me/claims?saved")


async def _evidence(request: AnyRequest, here: Visitor) -> list[str]:
    """The file that came along, stored; a browser sends an empty one where none was chosen."""
    file = (await request.form()).get("evidence")
    if here.caller is None or not isinstance(file, UploadFile) or not file.filename:
        return []
    kept = await evidence.keep(request, here.caller, FormFile(file), None)
    return [ids.show("fil", kept.id)]


async def _claims(request: AnyRequest, form: Sent, error: Problem | None = None) -> Response[str]:
    errors = [] if error is None else error.members.get("errors", [])
    about = form.one("commission_id") or request.query_params.get("commission_id")
    async with signed_in(request) as (here, caller, db):
        cursor = request.query_params.get("cursor") or None
        page = await list_own_claims.fn(caller, db, limit=ROWS, cursor=cursor)
        commission = await get_own_commission.fn(caller, db, about) if about else None
    return here.page(
        "me/claims.jinja",
        200 if error is None else type(error).status_code,
        page=page,
        commission=commission,
        values=form.values(),
        errors=faults.by_field(claiming.faults(errors), here.language),
        fault=None if error is None or errors else title(error, here),
        done="saved" in request.query_params,
    )


@post("/p/me/claims/{claim_id:str}/withdraw", status_code=200)
async def withdraw_claim(request: AnyRequest, claim_id: FromPath[str]) -> Response[Any]:
    """Takes an open claim back."""
    async with signed_in(request) as (here, caller, db):
        await sent(request, here)
        await withdraw_own_claim.fn(caller, db, claim_id)
    return here.go("/p/me/claims?saved")


ROUTES: list[ControllerRouterHandler] = [claims_page, make_claim, withdraw_claim]
