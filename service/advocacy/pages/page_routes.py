"""/join/{page} and /join/confirm/{token}: where people join. No operation of the API, not in its document."""

from typing import Any
from urllib.parse import parse_qs, urlencode

import structlog
from litestar import Request, Response, Router, get, post
from litestar.params import FromPath
from litestar.response import Redirect
from litestar.types import ControllerRouterHandler

from service.advocacy.members import store as members
from service.advocacy.pages import actions, confirming, form, limits, page, proving, store, tokens, wording
from service.advocacy.pages.actions import Place
from service.advocacy.pages.problems import ForeignJoinForm, JoiningClosed, OtherJoinTexts
from service.advocacy.pages.schemas import FoundPage, JoiningForm, JoinRequestRow
from service.advocacy.pages.sharing import sharing
from service.advocacy.pages.tokens import Asked
from service.advocacy.rings import marking
from service.kit.answers import as_problem
from service.kit.db import Connection
from service.kit.limits import client_address
from service.kit.mail import BadAddress
from service.kit.problems import NotFound, Problem
from service.kit.translation import preferred
from service.links.catalogue import qr
from service.programs.preferences.schemas import Language
from service.settings import derive_key, public_url

log = structlog.get_logger("elci.errors")
AnyRequest = Request[Any, Any, Any]
HTML = "text/html; charset=utf-8"
# A form with every letter written as %F0%9F%98%80.
MOST_BYTES = 65_536
FORMS = "forms to join"


@get("/join/{name:str}")
async def show_page(request: AnyRequest, name: FromPath[str]) -> Response[str]:
    """The page to join on."""
    await limits.look(request)
    found = await _find(request, name)
    async with request.app.state.database.transaction(found.workspace_id) as db:
        place = await actions.place(db, found.workspace_id, found.program_id)
    language = _language(request, found.locale)
    if place.closed is not None:
        return _answer(page.ended("closed", place.brand, language))
    return _answer(_form(request, place, language))


@post("/join/{name:str}", status_code=200)
async def take_form(request: AnyRequest, name: FromPath[str]) -> Response[Any]:
    """Takes the form; what follows is the same page for every address."""
    _own_form(request)
    await limits.look(request)
    found = await _find(request, name)
    sent = parse_qs((await request.body()).decode("utf-8", "replace"), max_num_fields=20)
    language = _language(request, found.locale)
    async with request.app.state.database.transaction(found.workspace_id) as db:
        place = await actions.place(db, found.workspace_id, found.program_id)
    if place.closed is not None:
        return _answer(page.ended("closed", place.brand, language))
    filled = form.read(sent, actions.public(place, language), _ref(request))
    key = derive_key(request.app.state.settings, FORMS)
    if not proving.is_proven(key, place.page.token, sent.get("shown", [""])[0], place.now):
        return _answer(_form(request, place, language, filled, stale=True), 400)
    if filled.data is None:
        return _answer(_form(request, place, language, filled), 400)
    try:
        await _ask(request, found, filled.data)
    except OtherJoinTexts:
        return _answer(_form(request, place, language, filled, stale=True), 409)
    except BadAddress:
        wrong = form.Filled(filled.values, frozenset({"email"}))
        return _answer(_form(request, place, language, wrong), 400)
    except JoiningClosed:
        return _answer(page.ended("closed", place.brand, language))
    return _go(f"/join/{name}/sent?{urlencode({'lang': language})}")


@get("/join/{name:str}/sent")
async def form_sent(request: AnyRequest, name: FromPath[str]) -> Response[str]:
    """Says that a mail is under way."""
    await limits.look(request)
    found = await _find(request, name)
    return _answer(page.sent(_language(request, found.locale)))


@get("/join/confirm/{token:str}")
async def show_confirmation(request: AnyRequest, token: FromPath[str]) -> Response[str]:
    """A button that confirms; behind it, the page of one's own link. Looking at it changes nothing."""
    asked = await _asked(request, token)
    async with request.app.state.database.transaction(asked.workspace_id) as db:
        row = await store.get_request(db, *asked)
        if row.is_over:
            raise NotFound
        place = await actions.place(db, asked.workspace_id, row.program_id)
        language = _language(request, row.language)
        if row.advocate_id is not None:
            return _answer(await _own(db, request, asked, place, language))
    return _answer(page.confirming(place.brand, place.program, language))


@post("/join/confirm/{token:str}", status_code=200)
async def confirm(request: AnyRequest, token: FromPath[str]) -> Response[Any]:
    """Lets somebody in."""
    _own_form(request)
    asked = await _asked(request, token)
    state = request.app.state
    async with state.database.transaction(asked.workspace_id) as db:
        row = await store.get_request(db, *asked)
        outcome = await confirming.confirm(db, state.settings, *asked)
        place = await actions.place(db, asked.workspace_id, row.program_id)
        if outcome in ("joined", "member"):
            await _seen(db, request, asked, row)
    language = _language(request, row.language)
    if outcome in ("joined", "member"):
        return _go(f"/join/confirm/{token}?{urlencode({'lang': language})}")
    return _answer(page.ended(outcome, place.brand, language))


async def _seen(db: Connection, request: AnyRequest, asked: Asked, row: JoinRequestRow) -> None:
    """Notes where they were who have shown that the address is theirs. Who only filled in the form may have
    written another's."""
    address = client_address(request.scope, request.app.state.settings.trusted_proxies)
    known = None if address == marking.UNKNOWN else address
    agent = request.headers.get("user-agent", "")
    await marking.note(db, asked.workspace_id, [row.address_key], known, agent)


async def _own(db: Connection, request: AnyRequest, asked: Asked, place: Place, language: Language) -> str:
    row = await store.get_request(db, *asked)
    if row.advocate_id is None:
        raise NotFound
    advocate = await members.get_advocate(db, asked.workspace_id, row.advocate_id)
    if advocate.status != "active":
        return page.ended("resting", place.brand, language)
    settings = request.app.state.settings
    shown = await sharing(
        db, settings, asked.workspace_id, advocate, place.page if place.closed is None else None
    )
    link = shown.link or shown.page
    message = wording.message(place.page.texts, language, place.brand, link, shown.code)
    drawn = None if link is None else qr.svg(link, qr.Looks(size=240)).decode()
    return page.own(shown, place.brand, message, drawn, language)


async def _ask(request: AnyRequest, found: FoundPage, data: JoiningForm) -> None:
    state = request.app.state
    await limits.count(request, found.program_id, data.email)
    async with state.database.transaction(found.workspace_id) as db:
        await actions.ask(db, state.settings, found.workspace_id, found.program_id, data)


async def _find(request: AnyRequest, name: str) -> FoundPage:
    async with request.app.state.database.connection() as db:
        return await actions.find(db, name)


async def _asked(request: AnyRequest, token: str) -> Asked:
    await limits.look(request)
    asked = tokens.read(derive_key(request.app.state.settings, actions.KEY), token)
    if asked is None:
        raise NotFound
    return asked


def _own_form(request: AnyRequest) -> None:
    if proving.is_foreign(request.headers, public_url(request.app.state.settings)):
        raise ForeignJoinForm


def _form(
    request: AnyRequest,
    place: Place,
    language: Language,
    filled: form.Filled = page.EMPTY,
    *,
    stale: bool = False,
) -> str:
    key = derive_key(request.app.state.settings, FORMS)
    proof = proving.proof(key, place.page.token, place.now)
    return page.joining(actions.public(place, language), proof, _ref(request), filled, stale=stale)


def _ref(request: AnyRequest) -> str | None:
    """Whose invitation was opened, as it is passed on from page to page; whether there is such a one is not
    told."""
    ref = request.query_params.get("ref", "")
    is_one = ref[:4] in ("adv_", "ref_") and len(ref) <= 40 and ref.isascii() and ref[4:].isalnum()
    return ref if is_one else None


def _language(request: AnyRequest, otherwise: str) -> Language:
    """What the page's own link asks for, else the browser's, else the brand's."""
    asked = request.query_params.get("lang")
    if asked in ("en", "tr"):
        return "en" if asked == "en" else "tr"
    found = preferred(request.headers.get("accept-language")) or otherwise
    return "en" if found == "en" else "tr"


def _answer(text: str, status_code: int = 200) -> Response[str]:
    return Response(text, status_code=status_code, media_type=HTML, headers=page.HEADERS)


def _go(path: str) -> Response[Any]:
    kept = {name: page.HEADERS[name] for name in ("Cache-Control", "Referrer-Policy")}
    return Redirect(path, status_code=303, headers=kept)


def _failed(request: AnyRequest, error: Exception) -> Response[Any]:
    """What goes wrong, as a page."""
    problem = as_problem(request, error, request.app.state.constraints)
    status = type(problem).status_code
    if status >= 500 and not isinstance(error, Problem):
        log.error("request failed", exc_info=error, status=status)
    answer = _answer(page.failed(status, _language(request, "tr")), status)
    answer.headers.update(problem.headers_out)
    return answer


ROUTES: list[ControllerRouterHandler] = [
    Router(
        path="/",
        include_in_schema=False,
        request_max_body_size=MOST_BYTES,
        exception_handlers={Exception: _failed},
        route_handlers=[show_page, take_form, form_sent, show_confirmation, confirm],
    )
]
