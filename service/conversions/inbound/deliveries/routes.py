"""/v1/integrations/{id}/deliveries: what has come in; and reading it again."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler
from msgspec import structs

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.conversions.inbound import store as integrations
from service.conversions.inbound.deliveries import store
from service.conversions.inbound.deliveries.jobs import REPLAY, ReplayOf
from service.conversions.inbound.deliveries.schemas import (
    Delivery,
    DeliveryRow,
    DeliveryStatus,
    InboundReplay,
    ListedDeliveries,
    NewReplay,
    RawRow,
    WholeDelivery,
)
from service.conversions.inbound.problems import BodyGone, UnknownDelivery, UnknownIntegration
from service.kit import clock, ids, jobs, paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput

Reader = Annotated[Caller, May("conversions:read")]
Writer = Annotated[Caller, May("conversions:write")]
InStatus = Annotated[DeliveryStatus | None, QueryParameter(name="status", description="in this status")]
OfTopic = Annotated[str | None, QueryParameter(max_length=100, description="of this topic")]
OfTest = Annotated[bool | None, QueryParameter(description="tests alone, or none of them")]
Since = Annotated[datetime | None, QueryParameter(name="from", description="received at this time or later")]
Until = Annotated[datetime | None, QueryParameter(name="to", description="received before this time")]
PATH = "/v1/integrations/{integration_id:str}"


@get(f"{PATH}/deliveries", tags=["conversions"], raises=[UnknownIntegration, BadCursor, InvalidInput])
async def list_deliveries(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    integration_id: FromPath[str],
    in_status: InStatus = None,
    topic: OfTopic = None,
    test: OfTest = None,
    since: Since = None,
    until: Until = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Delivery]:
    """What has come in, the newest first, with what became of it. Bodies are kept for 30 days, these lines
    for 90."""
    _zoned(since, until)
    row = await integrations.get_integration(db, caller.workspace_id, ids.read("int", integration_id))
    wanted = ListedDeliveries(in_status, topic, test, since, until)
    before = paging.decode(cursor, UUID)
    rows = await store.list_deliveries(db, caller.workspace_id, row.id, wanted, before, limit + 1)
    return paging.page(rows, limit, lambda found: found.id, shown)


@get(
    f"{PATH}/deliveries/{{delivery_id:str}}",
    tags=["conversions"],
    raises=[UnknownIntegration, UnknownDelivery],
)
async def get_delivery(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    integration_id: FromPath[str],
    delivery_id: FromPath[str],
) -> WholeDelivery:
    """A delivery with its body, which may name customers: for those who may write conversions."""
    found = await integrations.get_integration(db, caller.workspace_id, ids.read("int", integration_id))
    row = await store.get_delivery(db, caller.workspace_id, found.id, ids.read("dly", delivery_id))
    raw = await store.get_raw(db, caller.workspace_id, row.id)
    return _whole(row, raw)


@post(
    f"{PATH}/replay",
    tags=["conversions"],
    status_code=202,
    raises=[UnknownIntegration, UnknownDelivery, InvalidInput],
)
async def replay_deliveries(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    integration_id: FromPath[str],
    data: JSONBody[NewReplay],
) -> InboundReplay:
    """Reads deliveries again: after a change of aliases, or to get over what failed. What was taken in before
    is not taken twice. 202 with the job, whose progress counts deliveries."""
    row = await integrations.get_integration(db, caller.workspace_id, ids.read("int", integration_id))
    if not any((data.delivery_ids, data.since, data.until, data.statuses)):
        errors = [{"path": "", "message": "name deliveries, a span of time or statuses"}]
        raise InvalidInput("nothing says which", errors=errors)
    asked = None if data.delivery_ids is None else [ids.read("dly", each) for each in set(data.delivery_ids)]
    found = await store.matched(db, caller.workspace_id, row.id, asked, data.since, data.until, data.statuses)
    if asked is not None and found.matched == 0:
        raise UnknownDelivery("there is none of these deliveries")
    work = ReplayOf(
        row.id,
        await clock.now(db),
        found.matched - found.without_body,
        asked,
        data.since,
        data.until,
        None if data.statuses is None else list(data.statuses),
    )
    job_id = await jobs.enqueue(db, caller.workspace_id, REPLAY, work)
    await audit.record(db, caller, "deliveries.replayed", integration_id, {"matched": found.matched})
    job = jobs.show(await jobs.get(db, caller.workspace_id, job_id))
    return InboundReplay(job, found.matched, found.without_body)


@post(
    f"{PATH}/deliveries/{{delivery_id:str}}/replay",
    tags=["conversions"],
    status_code=202,
    raises=[UnknownIntegration, UnknownDelivery, BodyGone],
)
async def replay_delivery(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    integration_id: FromPath[str],
    delivery_id: FromPath[str],
) -> InboundReplay:
    """Reads one delivery again."""
    found = await integrations.get_integration(db, caller.workspace_id, ids.read("int", integration_id))
    row = await store.get_delivery(db, caller.workspace_id, found.id, ids.read("dly", delivery_id))
    if not row.replayable:
        raise BodyGone
    work = ReplayOf(found.id, await clock.now(db), 1, [row.id])
    job_id = await jobs.enqueue(db, caller.workspace_id, REPLAY, work)
    await audit.record(db, caller, "deliveries.replayed", integration_id, {"matched": 1})
    return InboundReplay(jobs.show(await jobs.get(db, caller.workspace_id, job_id)), 1, 0)


def _zoned(since: datetime | None, until: datetime | None) -> None:
    errors = [
        {"path": path, "message": "has no time zone"}
        for path, value in (("from", since), ("to", until))
        if value is not None and value.tzinfo is None
    ]
    if errors:
        raise InvalidInput("a time without a zone", errors=errors)


def shown(row: DeliveryRow) -> Delivery:
    """A delivery as a list shows it."""
    values = structs.asdict(row)
    return Delivery(
        **values | {"id": ids.show("dly", row.id), "integration_id": ids.show("int", row.integration_id)}
    )


def _whole(row: DeliveryRow, raw: RawRow) -> WholeDelivery:
    body = None if raw.body is None else raw.body.decode("utf-8", "replace")
    return WholeDelivery(**structs.asdict(shown(row)), headers=raw.headers, query=raw.query, body=body)


ROUTES: list[ControllerRouterHandler] = [
    list_deliveries,
    get_delivery,
    replay_delivery,
    replay_deliveries,
]
