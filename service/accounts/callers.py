"""Who calls, and what they may do: a permission is the type of a handler's `caller` parameter.

    Reader = Annotated[Caller, May("influencers:read")]

    @get("/v1/influencers")
    async def list_influencers(caller: NamedDependency[Reader], db: NamedDependency[Connection]) -> ...

A handler without a `caller` is public, and gets no `db` either.
"""

import functools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, Literal
from uuid import UUID

import msgspec
from litestar import Request
from litestar.di import NamedDependency
from litestar.handlers import BaseRouteHandler
from litestar.types import Scope

from service.accounts.partners import embedding
from service.accounts.problems import MoreThanYours
from service.accounts.roles import IMPLICIT, SCOPES
from service.kit import ids
from service.kit.db import Connection, Database
from service.kit.problems import Forbidden, Unauthorized

CHALLENGE = {"WWW-Authenticate": 'Bearer realm="elci"'}


class Caller(msgspec.Struct, frozen=True):
    """A person's session, a partner's, or a key, in one workspace.

    `role` is a person's, or `secret`, `publishable`, `partner`, `embed`. `partner_id`: the transaction
    stands behind this partner's wall.
    """

    workspace_id: UUID
    kind: Literal["key", "person", "partner"]
    id: UUID
    role: str
    scopes: frozenset[str]
    session_id: UUID | None = None
    partner_id: UUID | None = None

    @property
    def name(self) -> str:
        """The outer id: `key_...`, `usr_...` or, whoever acts for it, `prt_...`."""
        prefix = {"key": "key", "person": "usr", "partner": "prt"}[self.kind]
        return ids.show(prefix, self.id)

    @property
    def partner(self) -> UUID:
        """The partner of a handler that only partners call."""
        if self.partner_id is None:
            raise TypeError("the handler's scope lets others in than partners")
        return self.partner_id

    @property
    def is_shared(self) -> bool:
        """Whether whoever opens a page calls by this key."""
        return self.role == "publishable"

    def must_hold(self, scopes: frozenset[str]) -> None:
        """Raises MoreThanYours where the caller would give away a right that is not theirs."""
        missing = sorted(scopes - self.scopes)
        if missing:
            raise MoreThanYours(f"you don't hold {', '.join(missing)} yourself", scopes=missing)


class May(msgspec.Struct, frozen=True):
    """The scope that a handler's caller must hold."""

    scope: str

    def __post_init__(self) -> None:
        if self.scope not in SCOPES | IMPLICIT:
            raise ValueError(f"there is no scope {self.scope!r}")


@functools.lru_cache(maxsize=4096)
def needed(handler: BaseRouteHandler) -> str | None:
    """The scope in a handler's signature; None for a public handler."""
    caller = handler.parsed_fn_signature.parameters.get("caller")
    if caller is None:
        return None
    marks = [mark.scope for mark in caller.metadata if isinstance(mark, May)]
    if len(marks) != 1:
        raise TypeError(f"{handler}: `caller` says what it may by exactly one May(...)")
    return marks[0]


def permitted(scope: Scope) -> Caller:
    """The caller of a request, who holds what the handler needs. Raises Unauthorized, Forbidden."""
    caller: Caller | None = scope["state"].get("caller")
    if caller is None:
        raise Unauthorized("a key or an access token is needed", headers=CHALLENGE)
    wanted = needed(scope["route_handler"])
    if wanted is None:
        raise TypeError(f"{scope['route_handler']}: a handler with `db` names its `caller`")
    if wanted not in caller.scopes:
        raise Forbidden(f"this needs the scope {wanted}", scope=wanted)
    if caller.role == embedding.ROLE and not embedding.allowed(
        caller.scopes, str(scope.get("method", "")), scope["path"]
    ):
        raise Forbidden("this is more than an embed token may do", scope=wanted)
    return caller


async def provide_caller(request: Request[Any, Any, Any]) -> Caller:
    """The dependency `caller`."""
    return permitted(request.scope)


@asynccontextmanager
async def transaction(request: Request[Any, Any, Any], caller: Caller) -> AsyncIterator[Connection]:
    """For a handler that needs several: a transaction of its own, or that of the Idempotency-Key."""
    opened: Connection | None = request.scope["state"].get("db")
    if opened is not None:
        yield opened
        return
    database: Database = request.app.state.database
    async with database.transaction(caller.workspace_id, caller.partner_id) as db:
        yield db


async def provide_db(
    request: Request[Any, Any, Any], caller: NamedDependency[Caller]
) -> AsyncIterator[Connection]:
    """The dependency `db`: the request's one transaction, inside the caller's workspace."""
    async with transaction(request, caller) as db:
        yield db
