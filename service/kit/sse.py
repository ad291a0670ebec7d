"""Changes as server-sent events, with a heartbeat that keeps proxies from closing a quiet stream."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any, Final, TypeVar

import msgspec
from litestar.response import ServerSentEvent, ServerSentEventMessage

T = TypeVar("T")

HEARTBEAT_S = 15.0
# For a handler's `opt`: what kit/openapi writes as the operation's answer.
OPENAPI_ANSWER: Final = {"text/event-stream": {"schema": {"description": "events with JSON as data"}}}
HEADERS: Final = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


def stream(changes: AsyncIterator[Any], event: str) -> ServerSentEvent:
    """An answer that sends each change as `event: <event>` and `data: <json>`, and ends with the last."""
    return ServerSentEvent(messages(changes, event), headers=HEADERS)


async def messages(changes: AsyncIterator[T], event: str) -> AsyncIterator[ServerSentEventMessage]:
    """The messages of such a stream."""
    waiting: asyncio.Future[T] | None = None
    try:
        while True:
            waiting = waiting or asyncio.ensure_future(anext(changes))
            done, _ = await asyncio.wait({waiting}, timeout=HEARTBEAT_S)
            if not done:
                yield ServerSentEventMessage(comment="still here")
                continue
            try:
                change = waiting.result()
            except StopAsyncIteration:
                return
            waiting = None
            yield ServerSentEventMessage(data=msgspec.json.encode(change).decode(), event=event)
    finally:
        if waiting is not None:
            waiting.cancel()
