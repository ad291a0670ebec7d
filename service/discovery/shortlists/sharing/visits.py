"""Coming through a share link: counted, found by the token's digest, then inside the list's workspace."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Final
from uuid import UUID

from litestar import Request
from msgspec import Struct

from service.accounts import tokens
from service.discovery.shortlists.problems import NotShared, ShareForbids
from service.discovery.shortlists.sharing import store
from service.discovery.shortlists.sharing.schemas import Can, VisitRow
from service.kit import limits
from service.kit.db import Connection
from service.kit.limits import Policy

# By the visitor's address, before anything is looked up: so are guesses counted.
ADDRESS: Final = Policy("share-address", quota=120, window_s=60)
WRITES: Final = Policy("share-writes", quota=20, window_s=60)

# Each right holds those before it.
_RIGHTS: Final[tuple[Can, ...]] = ("view", "comment", "approve")

# 160 random bits.
TOKEN_LENGTH: Final = 32


class Visit(Struct, frozen=True):
    """Who came through a link: the transaction in the list's workspace, and what the link allows."""

    db: Connection
    workspace_id: UUID
    share: VisitRow

    def must(self, right: Can) -> None:
        """Raises ShareForbids."""
        if _RIGHTS.index(self.share.can) < _RIGHTS.index(right):
            raise ShareForbids(f"this link is to {self.share.can} only", can=self.share.can)


@asynccontextmanager
async def visit(request: Request[Any, Any, Any], token: str, right: Can = "view") -> AsyncIterator[Visit]:
    """A visit with a right. Raises NotShared, ShareForbids, TooManyRequests."""
    state = request.app.state
    address = limits.client_address(request.scope, state.settings.trusted_proxies)
    await limits.take(state.database, ADDRESS, address)
    digest = tokens.digest(token)
    async with state.database.connection() as db:
        found = await store.find_share(db, digest)
    if found is None:
        raise NotShared
    if right != "view":
        await limits.take(state.database, WRITES, digest.hex())
    async with state.database.transaction(found.workspace_id) as db:
        share = await store.get_visit(db, found.workspace_id, found.share_id)
        made = Visit(db, found.workspace_id, share)
        made.must(right)
        yield made
