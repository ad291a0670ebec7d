"""The topics: who carries messages out of the house, and how often they try."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from random import SystemRandom
from typing import Any
from uuid import UUID

import msgspec

from service.kit.db import Database
from service.settings import Settings

_random = SystemRandom()
# A receiver that asks for more patience than this is not believed.
_LONGEST_WAIT_S = 24 * 3600.0


class Message(msgspec.Struct, frozen=True):
    """One attempt at a message. `id` stays the same in every attempt: a receiver can know it by that."""

    settings: Settings
    database: Database
    workspace_id: UUID
    id: UUID
    topic: str
    lane: str
    body: Any
    attempt: int
    created_at: datetime


class Dead(Exception):
    """Never deliver this message; the text is kept, so it must hold no values."""


class Again(Exception):
    """Not now: try again, no sooner than `after_s`. The text is kept, so it must hold no values."""

    def __init__(self, reason: str = "", after_s: float = 0.0) -> None:
        super().__init__(reason)
        self.after_s = after_s


Deliver = Callable[[Message], Awaitable[None]]


class Topic(msgspec.Struct, frozen=True):
    """How messages of one topic are delivered; waits grow fourfold, from `first_wait_s` on."""

    name: str
    deliver: Deliver
    attempts: int
    first_wait_s: float
    longest_wait_s: float
    timeout_s: float
    at_once: int

    def wait_s(self, attempt: int, at_least: float = 0.0) -> float:
        """How long to wait after a failed attempt, with a jitter of a quarter, so that no herd comes back."""
        grown = min(self.longest_wait_s, self.first_wait_s * 4.0 ** (attempt - 1))
        return max(grown * _random.uniform(1.0, 1.25), min(at_least, _LONGEST_WAIT_S))


TOPICS: dict[str, Topic] = {}


def topic(
    name: str,
    deliver: Deliver,
    *,
    attempts: int = 12,
    first_wait_s: float = 5.0,
    longest_wait_s: float = 12 * 3600.0,
    timeout_s: float = 30.0,
    at_once: int = 2,
) -> None:
    """Registers the carrier of a topic. `at_once` bounds one worker's simultaneous deliveries of one lane."""
    TOPICS[name] = Topic(name, deliver, attempts, first_wait_s, longest_wait_s, timeout_s, at_once)
