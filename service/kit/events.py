"""What happened, told to whoever must react to it in the same transaction.

An effect upwards (an erasure that shortlists follow) is a subscription: the lower package emits, app.py
subscribes the higher one. A handler that raises undoes what happened.
"""

from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import msgspec

from service.kit.db import Connection

E = TypeVar("E", bound=msgspec.Struct)
Handler = Callable[[Connection, Any], Awaitable[None]]

_handlers: defaultdict[type[msgspec.Struct], list[Handler]] = defaultdict(list)


def subscribe(kind: type[E], handler: Callable[[Connection, E], Awaitable[None]]) -> None:
    """Runs the handler at every event of exactly this kind; a second subscription changes nothing."""
    if handler not in _handlers[kind]:
        _handlers[kind].append(handler)


async def emit(db: Connection, event: msgspec.Struct) -> None:
    """Runs the subscribed handlers one after the other, in the order of subscription."""
    for handler in list(_handlers.get(type(event), ())):
        await handler(db, event)
