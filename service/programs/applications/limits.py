"""How often somebody may apply: by the sender's address, by the mailbox, and a program in all."""

from typing import Any, Final
from uuid import UUID

from litestar import Request

from service.accounts import tokens
from service.kit import limits
from service.kit.limits import Policy
from service.programs.names import email_key

SENDER: Final = Policy("applications-address", quota=10, window_s=3600)
MAILBOX: Final = Policy("applications-mailbox", quota=5, window_s=3600)
PROGRAM: Final = Policy("applications-program", quota=600, window_s=3600)


async def count(request: Request[Any, Any, Any], program_id: UUID, email: str) -> None:
    """Counts an application. Raises TooManyRequests."""
    state = request.app.state
    address = limits.client_address(request.scope, state.settings.trusted_proxies)
    await limits.take(state.database, SENDER, address)
    # Hashed: the table of limits is no list of people.
    await limits.take(state.database, MAILBOX, tokens.digest(email_key(email) or "").hex())
    await limits.take(state.database, PROGRAM, str(program_id))
