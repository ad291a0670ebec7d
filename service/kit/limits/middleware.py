"""The limit on /v1 and on the pages under /p: by caller, and by address where nobody says who calls."""

from typing import Final

from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send

from service.kit.limits.address import client_address
from service.kit.limits.policy import Policy, Standing
from service.kit.limits.taking import check
from service.kit.metrics import LIMITED
from service.kit.problems import TooManyRequests

# Far above what a front end asks for: they bound what one runaway script can take from everybody.
CALLER: Final = Policy("default", quota=6000, window_s=60)
PAGES: Final = Policy("pages", quota=600, window_s=60)
ANONYMOUS: Final = Policy("anonymous", quota=600, window_s=60)


def rate_limit(app: ASGIApp) -> ASGIApp:
    """Answers 429 where the limit is used up, and says in every answer how much is left."""

    async def limited(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or not scope["path"].startswith(("/v1/", "/p/")):
            await app(scope, receive, send)
            return
        standing = await _standing(scope)
        if standing is None:
            await app(scope, receive, send)
            return
        if not standing.allowed:
            LIMITED.labels(standing.policy.name).inc()
            raise standing.refusal()
        await app(scope, receive, _saying(standing, send))

    return limited


async def _standing(scope: Scope) -> Standing | None:
    state = scope["litestar_app"].state
    caller = scope["state"].get("caller")
    if caller is not None and getattr(caller, "is_shared", False):
        # Everybody who opens a page has the key: one of them must not use up the limit of all.
        address = client_address(scope, state.settings.trusted_proxies)
        return await check(state.database, PAGES, f"{caller.kind} {caller.id} {address}")
    if caller is not None:
        return await check(state.database, CALLER, f"{caller.kind} {caller.id}")
    return await check(state.database, ANONYMOUS, client_address(scope, state.settings.trusted_proxies))


def _saying(standing: Standing, send: Send) -> Send:
    headers = [(name.lower().encode(), value.encode()) for name, value in standing.headers.items()]

    async def send_with_headers(message: Message) -> None:
        # A named limit that refused has said its own already.
        if message["type"] == "http.response.start" and message["status"] != TooManyRequests.status_code:
            message["headers"] = [*message["headers"], *headers]
        await send(message)

    return send_with_headers
