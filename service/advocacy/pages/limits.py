"""How often somebody may ask to join: by the sender's address, by the mailbox, and a program in all."""

from typing import Any, Final
from uuid import UUID

from litestar import Request

from service.accounts import tokens
from service.conversions.customers import normal_email
from service.kit import limits
from service.kit.limits import Policy

# A shop's counter, or an office, joins from one address.
SENDER: Final = Policy("joining-address", quota=30, window_s=3600)
MAILBOX: Final = Policy("joining-mailbox", quota=5, window_s=3600)
PROGRAM: Final = Policy("joining-program", quota=2_000, window_s=3600)
LOOKS: Final = Policy("joining-looks", quota=300, window_s=60)


async def look(request: Request[Any, Any, Any]) -> None:
    """Counts a page that was opened. Raises TooManyRequests."""
    await limits.take(request.app.state.database, LOOKS, _sender(request))


async def count(request: Request[Any, Any, Any], program_id: UUID, email: str) -> None:
    """Counts a form. Raises TooManyRequests: by how often an address was tried, never by whose it is."""
    database = request.app.state.database
    await limits.take(database, SENDER, _sender(request))
    # Hashed: the table of limits is no list of people.
    await limits.take(database, MAILBOX, tokens.digest(normal_email(email) or "").hex())
    await limits.take(database, PROGRAM, str(program_id))


def _sender(request: Request[Any, Any, Any]) -> str:
    return limits.client_address(request.scope, request.app.state.settings.trusted_proxies)
