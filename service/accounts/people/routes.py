"""POST /v1/me/password, /v1/auth/password/forgot, /v1/auth/password/reset."""

import asyncio
from functools import partial
from typing import Annotated, Any

from litestar import Request, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from service.accounts import guesses
from service.accounts.callers import Caller, May, transaction
from service.accounts.people import actions
from service.accounts.people.schemas import ForgottenPassword, PasswordChange, PasswordReset
from service.accounts.problems import BadToken, NoSession, WrongLogin
from service.accounts.schemas import Tokens
from service.kit.problems import TooManyRequests

Anyone = Annotated[Caller, May("self")]
# Longer than a mail takes to be put into the outbox.
ANSWER_S = 0.3


@post("/v1/me/password", tags=["accounts"], status_code=200, raises=[NoSession, WrongLogin])
async def change_password(
    caller: NamedDependency[Anyone], request: Request[Any, Any, Any], data: JSONBody[PasswordChange]
) -> Tokens:
    """Changes the caller's password. Every other session of theirs ends; the answer is a new log-in."""
    await guesses.count(request, guesses.PASSWORD, caller.name)
    begin = partial(transaction, request, caller)
    return await actions.change(begin, request.app.state.settings, caller, data)


@post("/v1/auth/password/forgot", tags=["accounts"], security=[{}], status_code=204, raises=[TooManyRequests])
async def forget_password(request: Request[Any, Any, Any], data: JSONBody[ForgottenPassword]) -> None:
    """Mails a token for a new password if the address is a person's; the answer and its time don't tell."""
    state = request.app.state
    await guesses.count(request, guesses.FORGOT, data.email)
    answer_at = asyncio.get_running_loop().time() + ANSWER_S
    await actions.send_link(state.database, state.settings, data.email)
    await asyncio.sleep(answer_at - asyncio.get_running_loop().time())


@post(
    "/v1/auth/password/reset",
    tags=["accounts"],
    security=[{}],
    status_code=204,
    raises=[BadToken, TooManyRequests],
)
async def reset_password(request: Request[Any, Any, Any], data: JSONBody[PasswordReset]) -> None:
    """Sets a new password with the mailed token, once. Every session of the person ends."""
    state = request.app.state
    await guesses.count(request, guesses.TOKEN)
    await actions.reset(state.database, state.settings, data)


ROUTES = [change_password, forget_password, reset_password]
