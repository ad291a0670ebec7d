"""A call with sample values, now: no transaction is open while the receiver takes its time."""

from typing import Any
from uuid import UUID

from litestar import Request

from service.accounts.callers import Caller, transaction
from service.kit import clock, ids, limits, outgoing
from service.kit.limits import Policy
from service.partner.postbacks import store
from service.partner.postbacks.filling import SAMPLE
from service.partner.postbacks.schemas import DeliveryRow
from service.partner.postbacks.sending.calling import TIMEOUT_S, Target, call


async def test(
    request: Request[Any, Any, Any], caller: Caller, postback_id: UUID, policy: Policy
) -> DeliveryRow:
    """What became of it, as it stands in the log. Raises UnknownPostback, TooManyRequests."""
    state, event_id = request.app.state, ids.new()
    async with transaction(request, caller) as db:
        row = await store.get_postback(db, caller.workspace_id, caller.partner, postback_id)
        at = (await clock.now(db)).isoformat().replace("+00:00", "Z")
    await limits.take(state.database, policy, caller.name)
    named = {"event": "test", "event_id": ids.show("evt", event_id), "occurred_at": at}
    target = Target(row.id, row.url, row.method, row.secret)
    async with outgoing.client(state.settings.allow_targets, at_once=1, timeout_s=TIMEOUT_S) as client:
        outcome = await call(client, target, named["event_id"], SAMPLE | named)
    status = "delivered" if outcome.error is None else "given_up"
    told = (outcome.took_ms, outcome.url, outcome.status_code, outcome.answer, outcome.error)
    async with transaction(request, caller) as db:
        row = await store.get_postback(db, caller.workspace_id, caller.partner, postback_id)
        of = (ids.new(), row.id, caller.partner, event_id, SAMPLE | named, status)
        return await store.add_test(db, caller.workspace_id, *of, *told)
