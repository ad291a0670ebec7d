"""The middleware behind `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header).

Key, work and answer are one transaction, which the middleware opens and the handler's `db` joins. So a worker
that is killed leaves nothing behind, a request that fails has no key, and whoever comes second finds the
answer or, while the first still runs, its lock.
"""

from datetime import timedelta
from typing import Any

from litestar.enums import ScopeType
from litestar.types import ASGIApp, HTTPScope, Receive, Scope, Send
from litestar.utils.scope.state import ScopeState

from service.kit.db import Connection, Database
from service.kit.idempotency import key as keys
from service.kit.idempotency import store
from service.kit.idempotency.answer import Answer, opened
from service.kit.idempotency.body import Body
from service.kit.idempotency.key import Key
from service.kit.idempotency.problems import StillRunning
from service.kit.idempotency.store import Stored
from service.kit.problems import IdempotencyMismatch
from service.kit.secrets import Vault, vault

LIFE = timedelta(hours=24)
# A host that vanishes without a word must not keep its key locked.
IDLE_TIMEOUT = "50s"


class _Failed(Exception):
    """Rolls back: the answer is an error."""


def idempotency(app: ASGIApp) -> ASGIApp:
    """Gives a repeated POST of a caller, under /v1 and with the header, one effect and one answer."""

    async def idempotent(scope: Scope, receive: Receive, send: Send) -> None:
        given = [value for name, value in scope["headers"] if name == b"idempotency-key"]
        caller = scope["state"].get("caller")
        if scope["type"] != ScopeType.HTTP or scope["method"] != "POST" or not given or caller is None:
            await app(scope, receive, send)
            return
        key = keys.scoped(scope, caller, keys.read(given))
        answer = await _answer(app, scope, receive, key)
        await answer.send(send)

    return idempotent


async def _answer(app: ASGIApp, scope: HTTPScope, receive: Receive, key: Key) -> Answer:
    state: Any = scope["litestar_app"].state
    sealing = vault(state.settings, "idempotency")
    body = Body(scope, receive, state.settings.max_upload)
    done = await _first(app, scope, body, key, state.database, sealing)
    if isinstance(done, Answer):
        return done
    if await body.fingerprint() != done.fingerprint:
        raise IdempotencyMismatch("this Idempotency-Key was used for a request with another body")
    return opened(sealing, key, done.answer).saying(done.expires_at, replayed=True)


async def _first(
    app: ASGIApp, scope: HTTPScope, body: Body, key: Key, database: Database, sealing: Vault
) -> Answer | Stored:
    """The answer of this request, or what an earlier one with the same key left. Raises StillRunning."""
    answer = Answer()
    try:
        async with database.transaction(key.workspace_id, key.partner_id) as db:
            if not await store.try_lock(db, key.lock, IDLE_TIMEOUT):
                raise StillRunning(headers={"Retry-After": "1"})
            expires_at = await store.begin(db, key.workspace_id, key.digest, LIFE)
            if expires_at is None:
                return await store.get(db, key.workspace_id, key.digest)
            await _handle(app, scope, body, answer, db)
            sealed = answer.sealed(sealing, key)
            await store.finish(db, key.workspace_id, key.digest, await body.fingerprint(), sealed)
    except _Failed:
        return answer
    return answer.saying(expires_at, replayed=False)


async def _handle(app: ASGIApp, scope: HTTPScope, body: Body, answer: Answer, db: Connection) -> None:
    scope["state"]["db"] = db
    try:
        await app(scope, body.receive, answer.take)
    finally:
        del scope["state"]["db"]
        # Nothing has left yet: an error of the commit must still become an answer.
        ScopeState.from_scope(scope).response_started = False
    if answer.status >= 400:
        raise _Failed
