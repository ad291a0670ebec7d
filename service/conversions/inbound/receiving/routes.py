"""POST, GET /in/{token}: no key; the signature or the token decides."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from service.conversions import signatures
from service.conversions.inbound import others
from service.conversions.inbound.problems import BadSignature, UnknownIntegration
from service.conversions.inbound.receiving import actions, deciding, envelopes
from service.conversions.inbound.receiving.schemas import Receipt
from service.kit.problems import MethodNotAllowed, TooLarge, TooManyRequests

AnyRequest = Request[Any, Any, Any]
# An order of 500 lines has a few hundred kilobytes.
MOST_BYTES = 2 * 1024 * 1024
_RAISES = [UnknownIntegration, BadSignature, TooLarge, TooManyRequests]
# Kinds that also tell by an address alone.
_BY_GET = frozenset({"generic", "ga4"})
_UNCACHED = {"Cache-Control": "no-store"}


@post(
    "/in/{token:str}", tags=["conversions"], status_code=200, request_max_body_size=MOST_BYTES, raises=_RAISES
)
async def receive_delivery(request: AnyRequest, token: FromPath[str]) -> Response[Any]:
    """Takes a webhook, a postback or an event of analytics: checked over its raw bytes, stored, answered with
    200, and read afterwards.

    The same delivery again is answered with 200 and changes nothing. A signature that does not fit is 401. To
    GA4 everything is 204. Bodies have up to 2 MB; parameters may stand in the query, in a form or in JSON.
    """
    return await _take(request, token, "")


@get(
    "/in/{token:str}",
    tags=["conversions"],
    raises=[UnknownIntegration, BadSignature, MethodNotAllowed, TooManyRequests],
)
async def receive_postback(request: AnyRequest, token: FromPath[str]) -> Response[Any]:
    """Takes a postback whose parameters stand in the address. For Meta it answers the handshake of a
    subscription, where `hub.verify_token` is a secret of the integration or the token of its address."""
    return await _take(request, token, "")


@post(
    "/in/{token:str}/{rest:path}", include_in_schema=False, status_code=200, request_max_body_size=MOST_BYTES
)
async def receive_delivery_below(
    request: AnyRequest, token: FromPath[str], rest: FromPath[str]
) -> Response[Any]:
    """The same for senders that append a path of their own: /mp/collect, a topic."""
    return await _take(request, token, rest)


@get("/in/{token:str}/{rest:path}", include_in_schema=False)
async def receive_postback_below(
    request: AnyRequest, token: FromPath[str], rest: FromPath[str]
) -> Response[Any]:
    """The same for postbacks."""
    return await _take(request, token, rest)


async def _take(request: AnyRequest, token: str, rest: str) -> Response[Any]:
    receiver = await actions.receiver_of(request, token)
    sent = await actions.arrived(request, rest)
    if request.method == "GET" and receiver.kind not in _BY_GET:
        told, live = envelopes.parameters(sent.query), actions.live_secrets(request, receiver)
        signed = signatures.crc(told, live) if others.answers_crc(receiver.kind) else None
        if signed is not None:
            return Response({"response_token": signed}, status_code=200, headers=_UNCACHED)
        challenge = signatures.handshake(told, [*live, token])
        if others.scheme_of(receiver.kind) != "meta" or challenge is None:
            raise MethodNotAllowed("deliveries come by POST", headers={"Allow": "POST"})
        return Response(challenge[:500], media_type="text/plain", headers=_UNCACHED)
    if signatures.is_ping(receiver.kind, sent.body) or not (sent.query or sent.body):
        return Response(Receipt("ping"), status_code=200, headers=_UNCACHED)
    try:
        added = await actions.keep(request, receiver, sent)
    except BadSignature:
        if not deciding.is_silent(receiver.kind):
            raise
        return Response(None, status_code=204, headers=_UNCACHED)
    if deciding.is_silent(receiver.kind):
        return Response(None, status_code=204, headers=_UNCACHED)
    return Response(Receipt("accepted" if added else "duplicate"), status_code=200, headers=_UNCACHED)


ROUTES: list[ControllerRouterHandler] = [
    receive_delivery,
    receive_postback,
    receive_delivery_below,
    receive_postback_below,
]
