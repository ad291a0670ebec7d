"""/p/login, /p/code, /p/join/{token}, /p/logout: into a partner's own pages, and out."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from service.accounts import guesses
from service.accounts.partners import actions
from service.accounts.partners.people.actions import look
from service.accounts.partners.routes import ask_code, log_partner_in
from service.accounts.partners.schemas import AskedCode, PartnerLogIn, PartnerTokens
from service.accounts.problems import ChoosePartner, InvitationEnded, WrongCode
from service.kit.problems import InvalidInput
from service.partner.pages import cookies, faults, visiting
from service.partner.pages.cookies import CODE_LIFETIME, Asked
from service.partner.pages.failing import own_page
from service.partner.pages.forms import as_body
from service.partner.pages.visiting import Visitor, sent, visitor

AnyRequest = Request[Any, Any, Any]


@get("/p/login")
async def log_in_page(request: AnyRequest) -> Response[Any]:
    """Asks for an address; who is logged in already goes on."""
    here = await visitor(request)
    wanted = own_page(request.query_params.get("next", ""))
    if here.caller is not None:
        return here.go(wanted)
    return here.page("login.jinja", next=wanted, values={}, errors={})


@post("/p/login", status_code=200)
async def send_code(request: AnyRequest) -> Response[Any]:
    """Mails a code, if the address is a partner's: the page that follows is the same."""
    here = await visitor(request)
    form = await sent(request, here)
    wanted = own_page(form.one("next"))
    try:
        data = as_body(AskedCode, form.only(["email"]))
    except InvalidInput as error:
        errors = faults.by_field(error.members["errors"], here.language)
        return here.page("login.jinja", 400, next=wanted, values=form.values(), errors=errors)
    await ask_code.fn(request, data)
    until = await visiting.now(request) + CODE_LIFETIME
    here.cookies.append(cookies.asked(here.settings, Asked(data.email, until, wanted)))
    return here.go("/p/code")


@get("/p/code")
async def code_page(request: AnyRequest) -> Response[Any]:
    """Asks for the code that was mailed."""
    here = await visitor(request)
    asked = cookies.asked_of(here.settings, request.cookies, await visiting.now(request))
    return here.go("/p/login") if asked is None else _code(here, asked)


@post("/p/code", status_code=200)
async def take_code(request: AnyRequest) -> Response[Any]:
    """Logs in by the code; who acts for several partners chooses one."""
    here = await visitor(request)
    form = await sent(request, here)
    asked = cookies.asked_of(here.settings, request.cookies, await visiting.now(request))
    if asked is None:
        return here.go("/p/login")
    # Copied out of a mail, codes come with spaces.
    fields = {"code": form.one("code").replace(" ", ""), **form.only(["partner_id"])}
    try:
        data = as_body(PartnerLogIn, {"email": asked.email, **fields})
        made = await log_partner_in.fn(request, data)
    except InvalidInput as error:
        return _code(here, asked, faults.by_field(error.members["errors"], here.language), 400)
    except WrongCode:
        return _code(here, asked, {"code": here.text("wrong_code")}, 400)
    except ChoosePartner as choice:
        return here.page("choose.jinja", code=fields["code"], partners=choice.members["partners"])
    here.cookies.append(cookies.ended(here.settings, "code"))
    return await _let_in(here, made, asked.next)


def _code(
    here: Visitor, asked: Asked, errors: dict[str, str] | None = None, status_code: int = 200
) -> Response[str]:
    minutes = int(actions.CODE_LIFETIME.total_seconds()) // 60
    return here.page("code.jinja", status_code, email=asked.email, minutes=minutes, errors=errors or {})


@get("/p/join/{token:str}")
async def join_page(request: AnyRequest, token: FromPath[str]) -> Response[str]:
    """Who invites, and to what."""
    await guesses.count(request, guesses.TOKEN)
    here = await visitor(request)
    return here.page("join.jinja", token=token, place=await look(request.app.state.database, token))


@post("/p/join/{token:str}", status_code=200)
async def join(request: AnyRequest, token: FromPath[str]) -> Response[Any]:
    """Accepts an invitation, and logs in by it."""
    here = await visitor(request)
    await sent(request, here)
    try:
        made = await log_partner_in.fn(request, as_body(PartnerLogIn, {"invitation": token}))
    except InvitationEnded:
        place = await look(request.app.state.database, token)
        return here.page("join.jinja", 409, token=token, place=place)
    return await _let_in(here, made, "/p/me")


async def _let_in(here: Visitor, made: PartnerTokens, wanted: str) -> Response[Any]:
    """With a session; who was somebody else in this browser is so no more."""
    if here.caller is not None:
        await actions.end(here.request.app.state.database, here.caller)
    moment = await visiting.now(here.request)
    here.cookies.append(cookies.new_session(here.settings, made.access_token, moment))
    return here.go(wanted)


@post("/p/logout", status_code=200)
async def log_out(request: AnyRequest) -> Response[Any]:
    """Ends the session."""
    here = await visitor(request)
    await sent(request, here)
    if here.caller is not None:
        await actions.end(request.app.state.database, here.caller)
    here.cookies.append(cookies.ended(here.settings, "session"))
    return here.go("/p/login")


ROUTES: list[ControllerRouterHandler] = [
    log_in_page,
    send_code,
    code_page,
    take_code,
    join_page,
    join,
    log_out,
]
