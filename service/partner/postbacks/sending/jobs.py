"""Sends what waits for a postback, one delivery after the other, in the order of events.

Whoever sends holds a lease under its message's id; others leave it alone. A worker that died gives it back by
its message, which the queue delivers again, or by time. A delivery that fails is tried again later, and those
behind it wait: the message that is put out with the delay wakes them.
"""

import time
from uuid import UUID

import msgspec

from service.kit import ids, outbox, outgoing
from service.kit.db import Connection
from service.kit.outbox import Message
from service.kit.outgoing import Client
from service.partner.postbacks import store as postbacks
from service.partner.postbacks import waiting
from service.partner.postbacks.schemas import HeadRow
from service.partner.postbacks.sending import store
from service.partner.postbacks.sending.calling import TIMEOUT_S, Outcome, Target, call
from service.partner.postbacks.telling.queueing import TOPIC, Wake, wake

# Longer than a call may take; the lease is taken anew for each.
LEASE_S = 60.0
# Then another message goes on: no postback keeps a worker for itself.
TURN_S = 20.0


async def deliver(message: Message) -> None:
    """Sends what waits for the message's postback, as long as it succeeds."""
    postback_id, until = msgspec.convert(message.body, Wake).postback_id, time.monotonic() + TURN_S
    async with outgoing.client(message.settings.allow_targets, at_once=1, timeout_s=TIMEOUT_S) as client:
        while (head := await _next(message, postback_id)) is not None:
            going_on = await _send(message, client, postback_id, head)
            if not going_on:
                return
            if time.monotonic() > until:
                await _hand_on(message, postback_id)
                return


async def _next(message: Message, postback_id: UUID) -> HeadRow | None:
    """The delivery that is next, under our lease; None where nothing is due, or somebody else sends."""
    async with message.database.transaction(message.workspace_id) as db:
        if await store.lock_free(db, message.workspace_id, postback_id, message.id) is None:
            return None
        head = await store.head(db, message.workspace_id, postback_id)
        if head is None or not head.due:
            # Whatever is put behind it now has a message of its own.
            await store.sweep(db, message.workspace_id, postback_id)
            await store.give_back(db, message.workspace_id, postback_id, message.id)
            return None
        await store.lease(db, message.workspace_id, postback_id, message.id, LEASE_S)
        return head


async def _send(message: Message, client: Client, postback_id: UUID, head: HeadRow) -> bool:
    """Calls the receiver, with no transaction open; whether the next one has its turn now."""
    target = Target(postback_id, head.url, head.method, head.secret)
    outcome = await call(client, target, ids.show("evt", head.event_id), head.values)
    async with message.database.transaction(message.workspace_id) as db:
        if await store.lock_leased(db, message.workspace_id, postback_id, message.id) is None:
            return False
        if outcome.error is None:
            await _write(db, message, head, outcome, "delivered", None)
            await store.succeeded(db, message.workspace_id, postback_id)
            return True
        return await _failed(db, message, postback_id, head, outcome)


async def _failed(
    db: Connection, message: Message, postback_id: UUID, head: HeadRow, outcome: Outcome
) -> bool:
    workspace_id, attempt = message.workspace_id, head.attempts + 1
    failure = await store.failed(db, workspace_id, postback_id)
    reason = waiting.stopped(outcome.status_code, failure.failing_since, failure.now)
    if attempt >= waiting.ATTEMPTS and reason is None:
        await _write(db, message, head, outcome, "given_up", None)
        return True
    wait_s = waiting.wait_s(attempt, outcome.retry_after_s)
    await _write(db, message, head, outcome, "waiting", wait_s)
    await store.give_back(db, workspace_id, postback_id, message.id)
    if reason is None:
        await wake(db, workspace_id, postback_id, wait_s)
    else:
        await postbacks.disable(db, workspace_id, postback_id, reason)
    return False


async def _write(
    db: Connection, message: Message, head: HeadRow, outcome: Outcome, status: str, wait_s: float | None
) -> None:
    told = (outcome.took_ms, outcome.url, outcome.status_code, outcome.answer, outcome.error)
    await store.write(db, message.workspace_id, head.id, status, wait_s, *told)


async def _hand_on(message: Message, postback_id: UUID) -> None:
    async with message.database.transaction(message.workspace_id) as db:
        await store.give_back(db, message.workspace_id, postback_id, message.id)
        await wake(db, message.workspace_id, postback_id)


outbox.topic(TOPIC, deliver, timeout_s=TURN_S + 2 * TIMEOUT_S, first_wait_s=2.0, longest_wait_s=600.0)
