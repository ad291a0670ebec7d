"""Limits on guessing: by the sender's address, and by what is guessed at, so that no rotation helps."""

from typing import Any, Final

from litestar import Request

from service.accounts import tokens
from service.accounts.schemas import email_key
from service.kit import limits
from service.kit.limits import Policy

ADDRESS: Final = Policy("log-in-address", quota=120, window_s=600)
PASSWORD: Final = Policy("log-in", quota=10, window_s=600)
FORGOT: Final = Policy("password-mail", quota=4, window_s=3600)
CODE_MAIL: Final = Policy("code-mail", quota=6, window_s=3600)
CODE: Final = Policy("log-in-code", quota=15, window_s=600)
TOKEN: Final = Policy("tokens-address", quota=120, window_s=600)


async def count(request: Request[Any, Any, Any], policy: Policy, target: str | None = None) -> None:
    """Counts a try of the sender, and of the target if there is one. Raises TooManyRequests."""
    state = request.app.state
    address = limits.client_address(request.scope, state.settings.trusted_proxies)
    if target is None:
        await limits.take(state.database, policy, address)
        return
    await limits.take(state.database, ADDRESS, address)
    # Hashed: the table of limits is no list of people.
    await limits.take(state.database, policy, tokens.digest(email_key(target)).hex())
