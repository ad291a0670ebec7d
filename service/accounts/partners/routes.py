"""POST /v1/partner/login, /token, /refresh, /logout, /switch, /tickets."""

import asyncio
from datetime import timedelta
from typing import Annotated, Any

from litestar import Request, post
from litestar.di import NamedDependency
from litestar.params import JSONBody
from litestar.types import ControllerRouterHandler

from service.accounts import guesses, tokens
from service.accounts.callers import Caller, May
from service.accounts.keys import store as keys
from service.accounts.partners import actions
from service.accounts.partners.schemas import (
    AskedCode,
    CodeSent,
    PartnerLogIn,
    PartnerTokens,
    SwitchedPartner,
)
from service.accounts.problems import BadToken, ChoosePartner, InvitationEnded, WrongCode
from service.accounts.sessions.schemas import NewTicket, RefreshToken, Ticket
from service.kit import clock
from service.kit.db import Connection
from service.kit.problems import InvalidInput, TooManyRequests

Partner = Annotated[Caller, May("partner")]
AnyRequest = Request[Any, Any, Any]
# Longer than a mail takes to be put into the outbox.
ANSWER_S = 0.3


@post("/v1/partner/login", tags=["partner"], security=[{}], status_code=202, raises=[TooManyRequests])
async def ask_code(request: AnyRequest, data: JSONBody[AskedCode]) -> CodeSent:
    """Mails a code if the address is a partner's; the answer and its time don't tell."""
    state = request.app.state
    await guesses.count(request, guesses.CODE_MAIL, data.email)
    answer_at = asyncio.get_running_loop().time() + ANSWER_S
    await actions.send_code(state.database, state.settings, data.email)
    await asyncio.sleep(answer_at - asyncio.get_running_loop().time())
    return CodeSent(int(actions.CODE_LIFETIME.total_seconds()))


@post(
    "/v1/partner/token",
    tags=["partner"],
    security=[{}],
    status_code=200,
    raises=[WrongCode, ChoosePartner, InvitationEnded, InvalidInput, TooManyRequests],
)
async def log_partner_in(request: AnyRequest, data: JSONBody[PartnerLogIn]) -> PartnerTokens:
    """Logs in by a mailed code, or by an invitation, which is good once."""
    if data.email is None:
        await guesses.count(request, guesses.TOKEN)
    else:
        await guesses.count(request, guesses.CODE, data.email)
    return await actions.log_in(request.app.state.database, request.app.state.settings, data)


@post(
    "/v1/partner/refresh",
    tags=["partner"],
    security=[{}],
    status_code=200,
    raises=[BadToken, TooManyRequests],
)
async def refresh_partner_tokens(request: AnyRequest, data: JSONBody[RefreshToken]) -> PartnerTokens:
    """Exchanges a refresh token for new tokens. It is good once: a second use ends the session."""
    await guesses.count(request, guesses.TOKEN)
    return await actions.refresh(request.app.state.database, request.app.state.settings, data.refresh_token)


@post("/v1/partner/logout", tags=["partner"], security=[{}], status_code=204, raises=[BadToken])
async def log_partner_out(request: AnyRequest, data: JSONBody[RefreshToken]) -> None:
    """Ends the session of a refresh token: its access tokens fail within a second."""
    await guesses.count(request, guesses.TOKEN)
    await actions.log_out(request.app.state.database, request.app.state.settings, data.refresh_token)


@post("/v1/partner/switch", tags=["partner"], status_code=200, raises=[WrongCode, BadToken])
async def switch_partner(
    caller: NamedDependency[Partner], request: AnyRequest, data: JSONBody[SwitchedPartner]
) -> PartnerTokens:
    """A log-in for another partner that the caller may act for, also of another brand."""
    state = request.app.state
    return await actions.switch(state.database, state.settings, caller, data.partner_id)


@post("/v1/partner/tickets", tags=["partner"])
async def create_partner_ticket(
    caller: NamedDependency[Partner],
    db: NamedDependency[Connection],
    request: AnyRequest,
    data: JSONBody[NewTicket],
) -> Ticket:
    """A ticket for one path, for where a browser can't send a header: EventSource, img, downloads."""
    subject = (
        str(caller.session_id)
        if caller.kind == "partner"
        else (await keys.get_key(db, caller.workspace_id, caller.id)).prefix
    )
    now, ttl = await clock.now(db), timedelta(seconds=data.ttl_s)
    claims = tokens.Ticket(caller.kind, subject, data.path)
    signed = tokens.sign(tokens.signing_key(request.app.state.settings), tokens.TICKET, claims, now, ttl)
    return Ticket(signed, now + ttl)


ROUTES: list[ControllerRouterHandler] = [
    ask_code,
    log_partner_in,
    refresh_partner_tokens,
    log_partner_out,
    switch_partner,
    create_partner_ticket,
]
