"""/n/{token}: the page behind a survey's link. No operation of the API, and not in its document."""

from typing import Any, Final
from urllib.parse import parse_qs

import structlog
from litestar import Request, Response, Router, get, post
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from service.accounts.labels.registry import Language
from service.advocacy.surveys import actions, answering, page, store, tokens
from service.advocacy.surveys.inviting import KEY, PATH
from service.advocacy.surveys.schemas import Invited
from service.advocacy.surveys.tokens import Link
from service.kit import limits
from service.kit.answers import as_problem
from service.kit.db import Connection
from service.kit.limits import Policy
from service.kit.problems import NotFound, Problem
from service.kit.translation import preferred
from service.settings import derive_key

log = structlog.get_logger("elci.errors")
AnyRequest = Request[Any, Any, Any]
# A whole office answers from one address.
SENDER: Final = Policy("survey-address", quota=300, window_s=60)
HTML = "text/html; charset=utf-8"
# A comment of 2,000 letters, each written as %F0%9F%98%80.
MOST_BYTES = 32_768


@get("/n/{token:str}")
async def show_question(request: AnyRequest, token: FromPath[str]) -> Response[str]:
    """The question. Looking at it changes nothing, as mailboxes open links by themselves; `?score=9` marks a
    score beforehand."""
    link = await _opened(request, token)
    async with request.app.state.database.transaction(link.workspace_id) as db:
        invited = await _invited(db, link)
    language = _language(request, invited.language)
    state = answering.state(invited)
    if state != "open":
        return _answer(page.told(state, language))
    marked = answering.read({"score": [request.query_params.get("score", "")]}).score
    return _answer(_question(invited, token, language, score=marked))


@post("/n/{token:str}", status_code=200)
async def take_answer(request: AnyRequest, token: FromPath[str]) -> Response[str]:
    """Takes the answer; the first one counts."""
    link = await _opened(request, token)
    said = answering.read(await _form(request))
    async with request.app.state.database.transaction(link.workspace_id) as db:
        invited = await _invited(db, link)
        state = await actions.answer(db, link, invited, said)
    language = _language(request, invited.language)
    if state == "open":
        return _answer(_question(invited, token, language, comment=said.comment or "", fault=True), 400)
    return _answer(page.told(state, language))


@get("/n/{token:str}/stop")
async def ask_to_stop(request: AnyRequest, token: FromPath[str]) -> Response[str]:
    """A page with a button that ends mails to the address."""
    link = await _opened(request, token)
    async with request.app.state.database.transaction(link.workspace_id) as db:
        invited = await _invited(db, link)
    return _answer(page.stopping(invited.brand, _language(request, invited.language)))


@post("/n/{token:str}/stop", status_code=200)
async def stop_mails(request: AnyRequest, token: FromPath[str]) -> Response[str]:
    """Withdraws the consent of the address; the mailbox's own button posts here too (RFC 8058)."""
    link = await _opened(request, token)
    state = request.app.state
    async with state.database.transaction(link.workspace_id) as db:
        invited = await _invited(db, link)
        known = await actions.refuse(db, state.settings, link, invited)
    return _answer(page.stopped(_language(request, invited.language), known=known))


async def _opened(request: AnyRequest, token: str) -> Link:
    state = request.app.state
    address = limits.client_address(request.scope, state.settings.trusted_proxies)
    await limits.take(state.database, SENDER, address)
    link = tokens.read(derive_key(state.settings, KEY), token)
    if link is None:
        raise NotFound
    return link


async def _invited(db: Connection, link: Link) -> Invited:
    found = await store.find_invited(db, link.workspace_id, link.invite_id)
    if found is None:
        raise NotFound
    return found


async def _form(request: AnyRequest) -> dict[str, list[str]]:
    return parse_qs((await request.body()).decode("utf-8", "replace"), max_num_fields=10)


def _question(
    invited: Invited,
    token: str,
    language: Language,
    *,
    score: int | None = None,
    comment: str = "",
    fault: bool = False,
) -> str:
    own = invited.question_en if language == "en" else invited.question_tr
    stop = None if invited.sealed is None else f"{PATH}{token}/stop"
    return page.ask(invited.brand, own, language, stop, score=score, comment=comment, fault=fault)


def _language(request: AnyRequest, otherwise: Language) -> Language:
    """What the page's own link asks for, else the invitation's."""
    asked = request.query_params.get("lang")
    return "en" if asked == "en" else "tr" if asked == "tr" else otherwise


def _answer(text: str, status_code: int = 200) -> Response[str]:
    return Response(text, status_code=status_code, media_type=HTML, headers=page.HEADERS)


def _failed(request: AnyRequest, error: Exception) -> Response[Any]:
    """What goes wrong, as a page."""
    problem = as_problem(request, error, request.app.state.constraints)
    status = type(problem).status_code
    if status >= 500 and not isinstance(error, Problem):
        log.error("request failed", exc_info=error, status=status)
    language = preferred(request.headers.get("accept-language")) or "tr"
    answer = _answer(page.failed(status, _language(request, language)), status)
    answer.headers.update(problem.headers_out)
    return answer


ROUTES: list[ControllerRouterHandler] = [
    Router(
        path="/",
        include_in_schema=False,
        request_max_body_size=MOST_BYTES,
        exception_handlers={Exception: _failed},
        route_handlers=[show_question, take_answer, ask_to_stop, stop_mails],
    )
]
