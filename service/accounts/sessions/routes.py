"""POST /v1/auth/token, /refresh, /logout, /tickets."""

from datetime import timedelta
from typing import Annotated, Any

from litestar import Request, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from service.accounts import guesses, tokens
from service.accounts.callers import Caller, May
from service.accounts.keys import store as keys
from service.accounts.problems import BadToken, ChooseWorkspace, WrongLogin
from service.accounts.schemas import Tokens
from service.accounts.sessions import actions
from service.accounts.sessions.schemas import LogIn, NewTicket, RefreshToken, Ticket
from service.kit import clock
from service.kit.db import Connection
from service.kit.problems import TooManyRequests

Anyone = Annotated[Caller, May("self")]
AnyRequest = Request[Any, Any, Any]


@post(
    "/v1/auth/token",
    tags=["accounts"],
    security=[{}],
    status_code=200,
    raises=[WrongLogin, ChooseWorkspace, TooManyRequests],
)
async def log_in(request: AnyRequest, data: JSONBody[LogIn]) -> Tokens:
    """Logs a person in to one workspace; who is a member of several says which."""
    await guesses.count(request, guesses.PASSWORD, data.email)
    return await actions.log_in(request.app.state.database, request.app.state.settings, data)


@post(
    "/v1/auth/refresh",
    tags=["accounts"],
    security=[{}],
    status_code=200,
    raises=[BadToken, TooManyRequests],
)
async def refresh_tokens(request: AnyRequest, data: JSONBody[RefreshToken]) -> Tokens:
    """Exchanges a refresh token for new tokens. It is good once: a second use ends the session."""
    await guesses.count(request, guesses.TOKEN)
    return await actions.refresh(request.app.state.database, request.app.state.settings, data.refresh_token)


@post("/v1/auth/logout", tags=["accounts"], security=[{}], status_code=204, raises=[BadToken])
async def log_out(request: AnyRequest, data: JSONBody[RefreshToken]) -> None:
    """Ends the session of a refresh token: its access tokens fail within a second."""
    await guesses.count(request, guesses.TOKEN)
    await actions.log_out(request.app.state.database, request.app.state.settings, data.refresh_token)


@post("/v1/auth/tickets", tags=["accounts"])
async def create_ticket(
    caller: NamedDependency[Anyone],
    db: NamedDependency[Connection],
    request: AnyRequest,
    data: JSONBody[NewTicket],
) -> Ticket:
    """A ticket for one path, for where a browser can't send a header: EventSource, img, downloads."""
    subject = (
        str(caller.session_id)
        if caller.kind == "person"
        else (await keys.get_key(db, caller.workspace_id, caller.id)).prefix
    )
    now, ttl = await clock.now(db), timedelta(seconds=data.ttl_s)
    claims = tokens.Ticket(caller.kind, subject, data.path)
    signed = tokens.sign(tokens.signing_key(request.app.state.settings), tokens.TICKET, claims, now, ttl)
    return Ticket(signed, now + ttl)


ROUTES = [log_in, refresh_tokens, log_out, create_ticket]
