"""GET, POST /unsubscribe/{token}: what the links in notices lead to."""

from typing import Any, Final
from urllib.parse import parse_qs

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from service.kit import limits
from service.kit.limits import Policy
from service.kit.problems import TooLarge, TooManyRequests
from service.programs.notices import page, stopping
from service.programs.notices.problems import UnknownLink
from service.programs.notices.stopping import Standing

AnyRequest = Request[Any, Any, Any]
# Large mailbox providers post for many of their users from a few addresses.
SENDER: Final = Policy("unsubscribe-address", quota=600, window_s=60)
HTML = "text/html"
MOST_BYTES = 4_096


@get(
    "/unsubscribe/{token:str}",
    tags=["programs"],
    media_type=HTML,
    raises=[UnknownLink, TooManyRequests],
)
async def show_notice(request: AnyRequest, token: FromPath[str]) -> Response[str]:
    """A small page that says whether a notice comes by mail, with a button that ends it. Looking at it
    changes nothing, as mailboxes open links by themselves."""
    await _count(request)
    state = request.app.state
    place = stopping.place_of(state.settings, token)
    return _answer(await stopping.look(state.database, place))


@post(
    "/unsubscribe/{token:str}",
    tags=["programs"],
    status_code=200,
    media_type=HTML,
    request_max_body_size=MOST_BYTES,
    raises=[UnknownLink, TooLarge, TooManyRequests],
)
async def stop_notice(request: AnyRequest, token: FromPath[str]) -> Response[str]:
    """Ends notices of this kind, without a log-in; the mailbox's own button posts here too (RFC 8058). The
    page's form takes it back with `wanted=yes`."""
    await _count(request)
    state = request.app.state
    place = stopping.place_of(state.settings, token)
    sent = parse_qs((await request.body()).decode("utf-8", "replace"), max_num_fields=10)
    wanted = sent.get("wanted") == ["yes"]
    return _answer(await stopping.choose(state.database, place, wanted=wanted))


async def _count(request: AnyRequest) -> None:
    state = request.app.state
    address = limits.client_address(request.scope, state.settings.trusted_proxies)
    await limits.take(state.database, SENDER, address)


def _answer(standing: Standing) -> Response[str]:
    return Response(page.page(standing), media_type=HTML, headers=page.HEADERS)


ROUTES: list[ControllerRouterHandler] = [show_notice, stop_notice]
