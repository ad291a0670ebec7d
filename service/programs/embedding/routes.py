"""POST /v1/programs/{id}/embed-tokens."""

from typing import Annotated

from litestar import post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.accounts.problems import MoreThanYours
from service.kit import ids
from service.kit.db import Connection
from service.kit.problems import InvalidInput
from service.programs.embedding import actions
from service.programs.embedding.schemas import EmbedToken, NewEmbedToken
from service.programs.problems import NamesSeveral, PartnerArchived, PartnerExists, UnknownProgram

Writer = Annotated[Caller, May("programs:write")]
# What a token shows, its giver has to see.
SHOWN = frozenset({"links:read", "conversions:read", "ledger:read"})


@post(
    "/v1/programs/{program_id:str}/embed-tokens",
    tags=["programs"],
    raises=[UnknownProgram, InvalidInput, MoreThanYours, NamesSeveral, PartnerArchived, PartnerExists],
)
async def create_embed_token(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    program_id: FromPath[str],
    data: JSONBody[NewEmbedToken],
) -> EmbedToken:
    """A token with which the brand's own page shows a partner their figures. Asked for by the brand's server,
    which has logged its user in: whoever it names is let in as that partner. The page's origin has to be
    among those that the installation lets browsers call from."""
    caller.must_hold(SHOWN | ({"links:write"} if "links" in data.scopes else frozenset()))
    return await actions.give(db, caller, ids.read("prg", program_id), data)


ROUTES: list[ControllerRouterHandler] = [create_embed_token]
