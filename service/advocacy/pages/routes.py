"""/v1/programs/{id}/join-page; and what a brand's own page reads and sends with a publishable key."""

from typing import Annotated, Any

from litestar import Request, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.advocacy.pages import actions, limits, page_routes, showing
from service.advocacy.pages.problems import JoiningClosed, NoJoinPage, OtherJoinTexts
from service.advocacy.pages.schemas import (
    JoiningForm,
    JoiningReceived,
    JoinPage,
    NewJoinPage,
    PublicJoinPage,
)
from service.advocacy.problems import NoAdvocacy
from service.kit import ids
from service.kit.db import Connection
from service.kit.mail import BadAddress
from service.kit.problems import InvalidInput, TooManyRequests
from service.programs.preferences.schemas import Language
from service.programs.problems import UnknownProgram
from service.settings import public_url

Reader = Annotated[Caller, May("advocacy:read")]
Writer = Annotated[Caller, May("advocacy:write")]
OnPage = Annotated[Caller, May("track")]
AnyRequest = Request[Any, Any, Any]
Lang = Annotated[
    Language | None, QueryParameter(description="the language of words: tr or en; else the brand's")
]
Key = Annotated[
    str | None,
    QueryParameter(max_length=80, description="the publishable key, where no header can be sent"),
]
MOST_BYTES = 16_384


@put(
    "/v1/programs/{program_id:str}/join-page",
    tags=["advocacy"],
    raises=[UnknownProgram, NoAdvocacy, InvalidInput],
)
async def put_join_page(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    request: AnyRequest,
    program_id: FromPath[str],
    data: JSONBody[NewJoinPage],
) -> JoinPage:
    """Sets up the page on which people join an advocacy program by themselves, whole; `enabled` false closes
    it. Its address stays the same. Who joins confirms their address by a mail first. An advocate's
    `consent.text` is the version of what they agreed to then: GET /v1/application-consents/{version}."""
    settings = request.app.state.settings
    found = await actions.put(db, settings, caller.workspace_id, ids.read("prg", program_id), data)
    details = {"enabled": data.enabled, "version": found.page.version}
    await audit.record(db, caller, "join_page.put", program_id, details)
    return showing.page(found.page, found.closed, public_url(settings))


@get("/v1/programs/{program_id:str}/join-page", tags=["advocacy"], raises=[UnknownProgram, NoJoinPage])
async def get_join_page(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    program_id: FromPath[str],
) -> JoinPage:
    """The page, its address, and whether people can join by it now."""
    found = await actions.place(db, caller.workspace_id, ids.read("prg", program_id))
    return showing.page(found.page, found.closed, public_url(request.app.state.settings))


@get("/v1/programs/{program_id:str}/joining", tags=["advocacy"], raises=[UnknownProgram, NoJoinPage])
async def get_public_join_page(
    caller: NamedDependency[OnPage],
    db: NamedDependency[Connection],
    program_id: FromPath[str],
    lang: Lang = None,
    key: Key = None,
) -> PublicJoinPage:
    """What a page to join on says, and what there is to agree to: for the brand's own page, which calls with
    a publishable key."""
    return await actions.public_page(db, caller.workspace_id, ids.read("prg", program_id), lang)


@post(
    "/v1/programs/{program_id:str}/advocates",
    tags=["advocacy"],
    status_code=202,
    request_max_body_size=MOST_BYTES,
    raises=[
        UnknownProgram,
        NoJoinPage,
        JoiningClosed,
        OtherJoinTexts,
        InvalidInput,
        BadAddress,
        TooManyRequests,
    ],
)
async def ask_to_join(
    caller: NamedDependency[OnPage],
    db: NamedDependency[Connection],
    request: AnyRequest,
    program_id: FromPath[str],
    data: JSONBody[JoiningForm],
    key: Key = None,
) -> JoiningReceived:
    """Asks to join, with a publishable key. The answer is the same whether the address is a customer's, a
    member's, or nobody's; a mail asks to confirm, and only whoever does has joined."""
    program = ids.read("prg", program_id)
    await limits.count(request, program, data.email)
    settings = request.app.state.settings
    return await actions.ask(db, settings, caller.workspace_id, program, data)


ROUTES: list[ControllerRouterHandler] = [
    put_join_page,
    get_join_page,
    get_public_join_page,
    ask_to_join,
    *page_routes.ROUTES,
]
