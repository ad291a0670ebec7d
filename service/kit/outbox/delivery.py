"""One attempt at one message. At least once: a receiver may see a message twice, and none is lost."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

import structlog

from service.kit.away import AWAY
from service.kit.jobs.queue import Tools
from service.kit.metrics import MESSAGES_SENT
from service.kit.outbox import store
from service.kit.outbox.store import Waiting
from service.kit.outbox.topics import TOPICS, Again, Dead, Message, Topic

log = structlog.get_logger("elci.outbox")

NOW = timedelta()
SOON = timedelta(seconds=2)
# The wait of a message whose lane has enough to do, or whose carrier only a newer release knows.
AFTER_OTHERS = timedelta(seconds=5)

_under_way: Counter[tuple[UUID, str, str]] = Counter()


async def deliver(tools: Tools, workspace_id: UUID, message_id: UUID) -> timedelta | None:
    """Delivers a queued message; None when that is over, else how long until the next attempt."""
    try:
        async with tools.database.transaction(workspace_id) as db:
            waiting = await store.find_waiting(db, workspace_id, message_id)
        if waiting is None:
            return None
        topic = TOPICS.get(waiting.topic)
        with _place(workspace_id, waiting, topic) as free:
            return await _attempt(tools, topic, workspace_id, waiting) if topic and free else AFTER_OTHERS
    except AWAY as error:
        log.warning("delivery interrupted", error=type(error).__name__)
        return SOON


@contextmanager
def _place(workspace_id: UUID, waiting: Waiting, topic: Topic | None) -> Iterator[bool]:
    """One of the places of a lane: a receiver that hangs holds up its own messages, not everybody's."""
    lane = (workspace_id, waiting.topic, waiting.lane)
    _under_way[lane] += 1
    try:
        yield topic is not None and _under_way[lane] <= topic.at_once
    finally:
        _under_way[lane] -= 1
        if not _under_way[lane]:
            del _under_way[lane]


async def _attempt(tools: Tools, topic: Topic, workspace_id: UUID, waiting: Waiting) -> timedelta | None:
    async with tools.database.transaction(workspace_id) as db:
        number = await store.count_attempt(db, workspace_id, waiting.id)
    if number is None:
        return None
    message = Message(
        settings=tools.settings,
        database=tools.database,
        workspace_id=workspace_id,
        id=waiting.id,
        topic=topic.name,
        lane=waiting.lane,
        body=waiting.body,
        attempt=number,
        created_at=waiting.created_at,
    )
    # No transaction is open while the receiver takes its time.
    sent = await tools.stop.bounded(_send(topic, message))
    return NOW if sent.cancelled() else await _write_outcome(topic, message, sent)


async def _send(topic: Topic, message: Message) -> None:
    async with asyncio.timeout(topic.timeout_s):
        await topic.deliver(message)


async def _write_outcome(topic: Topic, message: Message, sent: "asyncio.Task[None]") -> timedelta | None:
    error = sent.exception()
    over = isinstance(error, Dead) or message.attempt >= topic.attempts
    outcome = "delivered" if error is None else "dead" if over else "failed"
    MESSAGES_SENT.labels(topic.name, outcome).inc()
    wait = timedelta(seconds=topic.wait_s(message.attempt, getattr(error, "after_s", 0.0)))
    async with message.database.transaction(message.workspace_id) as db:
        if error is None:
            await store.mark_delivered(db, message.workspace_id, message.id)
            return None
        reason = _reason(error)
        told = {"topic": topic.name, "attempt": message.attempt, "outcome": outcome, "reason": reason}
        log.warning("not delivered", **told)
        if over:
            await store.mark_dead(db, message.workspace_id, message.id, reason)
            return None
        await store.mark_failed(db, message.workspace_id, message.id, reason, wait)
        return wait


def _reason(error: BaseException) -> str:
    """What may be kept of an error: its text only where the carrier wrote it for that."""
    kept = str(error) if isinstance(error, Dead | Again) else ""
    return kept or type(error).__name__
