"""POST /v1/programs/{id}/preview."""

from typing import Annotated

from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.kit import ids
from service.kit.db import Connection
from service.kit.problems import InvalidInput
from service.ledger.previews import actions
from service.ledger.previews.schemas import Preview, PreviewOrder
from service.programs.problems import UnknownPartner, UnknownProgram

Reader = Annotated[Caller, May("programs:read")]


@post(
    "/v1/programs/{program_id:str}/preview",
    tags=["programs"],
    status_code=200,
    raises=[UnknownProgram, UnknownPartner, InvalidInput],
)
async def preview_order(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    program_id: FromPath[str],
    data: JSONBody[PreviewOrder],
) -> Preview:
    """What an order would pay, by which rule and why; nothing is stored. With `rules`, what it would pay by
    rules that are still being thought about. Tiers and caps count from where the partner stands."""
    return await actions.preview(db, caller.workspace_id, ids.read("prg", program_id), data)


ROUTES: list[ControllerRouterHandler] = [preview_order]
