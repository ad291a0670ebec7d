"""/v1/partner/postbacks."""

from typing import Annotated, Any, Final
from uuid import UUID

from litestar import Request, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler
from msgspec import UNSET

from service.accounts.callers import Caller, May, transaction
from service.kit import ids, limits, paging
from service.kit.db import Connection
from service.kit.limits import Policy
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, TooManyRequests
from service.partner.postbacks import actions, showing, store, testing
from service.partner.postbacks.problems import (
    PostbackStopped,
    StillWaiting,
    TooManyPostbacks,
    UnknownPostback,
    UnknownPostbackDelivery,
)
from service.partner.postbacks.schemas import (
    CreatedPostback,
    DeliveryStatus,
    EventName,
    NewPostback,
    Postback,
    PostbackDelivery,
    PostbackPatch,
    PostbackSecret,
)

Partner = Annotated[Caller, May("partner")]
AnyRequest = Request[Any, Any, Any]
InStatus = Annotated[DeliveryStatus | None, QueryParameter(name="status", description="in this status")]
OfEvent = Annotated[EventName | None, QueryParameter(name="event", description="of this event")]
# Names are looked up and receivers called while somebody waits.
CALLS: Final = Policy("postback-calls", quota=30, window_s=600)


@post("/v1/partner/postbacks", tags=["partner"], raises=[InvalidInput, TooManyPostbacks, TooManyRequests])
async def create_own_postback(
    caller: NamedDependency[Partner], request: AnyRequest, data: JSONBody[NewPostback]
) -> CreatedPostback:
    """Has the partner's events told to an address: orders that are credited, refunded or reversed,
    commissions that change, payouts.

    An event goes out once its change is stored, at least once, in the order of events: a receiver knows a
    repetition by `{event_id}`. A delivery that fails is tried again for about a day, and the later ones of
    this postback wait for it. Amounts are the partner's own part; who bought is never told. An unknown macro
    and an address that is not of the public web are 400. What happened before is not told. A POST brings the
    same values as a JSON object.
    """
    await limits.take(request.app.state.database, CALLS, caller.name)
    await actions.check_url(request.app.state.settings, data.url)
    async with transaction(request, caller) as db:
        return await actions.create(db, caller, data)


@get("/v1/partner/postbacks", tags=["partner"], raises=[BadCursor])
async def list_own_postbacks(
    caller: NamedDependency[Partner],
    db: NamedDependency[Connection],
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Postback]:
    """The partner's postbacks, the newest first, with what waits, and for what."""
    before = paging.decode(cursor, UUID)
    rows = await store.list_postbacks(db, caller.workspace_id, caller.partner, before, limit + 1)
    found = await store.blocking(db, caller.workspace_id, [row.id for row in rows])
    blocking = {row.postback_id: row for row in found}
    return paging.page(rows, limit, lambda row: row.id, lambda row: showing.shown(row, blocking.get(row.id)))


@get("/v1/partner/postbacks/{postback_id:str}", tags=["partner"], raises=[UnknownPostback])
async def get_own_postback(
    caller: NamedDependency[Partner], db: NamedDependency[Connection], postback_id: FromPath[str]
) -> Postback:
    """A postback, with what waits, and for what."""
    return await actions.shown(db, caller, ids.read("pbk", postback_id))


@patch(
    "/v1/partner/postbacks/{postback_id:str}",
    tags=["partner"],
    raises=[UnknownPostback, InvalidInput, TooManyRequests],
)
async def change_own_postback(
    caller: NamedDependency[Partner],
    request: AnyRequest,
    postback_id: FromPath[str],
    data: JSONBody[PostbackPatch],
) -> Postback:
    """Changes a postback, stops it or starts it again. What waits goes to a new address at once."""
    found = ids.read("pbk", postback_id)
    async with transaction(request, caller) as db:
        await store.get_postback(db, caller.workspace_id, caller.partner, found)
    if data.url is not UNSET:
        await limits.take(request.app.state.database, CALLS, caller.name)
        await actions.check_url(request.app.state.settings, data.url)
    async with transaction(request, caller) as db:
        return await actions.change(db, caller, found, data)


@delete("/v1/partner/postbacks/{postback_id:str}", tags=["partner"], raises=[UnknownPostback])
async def delete_own_postback(
    caller: NamedDependency[Partner], db: NamedDependency[Connection], postback_id: FromPath[str]
) -> None:
    """Ends a postback, for good, with all that waits for it and its log."""
    await actions.delete(db, caller, ids.read("pbk", postback_id))


@post(
    "/v1/partner/postbacks/{postback_id:str}/rotate-secret",
    tags=["partner"],
    status_code=200,
    raises=[UnknownPostback],
)
async def rotate_own_postback_secret(
    caller: NamedDependency[Partner], db: NamedDependency[Connection], postback_id: FromPath[str]
) -> PostbackSecret:
    """A new secret, shown this once: requests are signed by it from now on, also where they weren't.

    Headers are those of Standard Webhooks (`webhook-id`, `webhook-timestamp`, `webhook-signature`): signed is
    `id.timestamp.` and the body, or, of a GET, the whole address.
    """
    return PostbackSecret(await actions.rotate(db, caller, ids.read("pbk", postback_id)))


@post(
    "/v1/partner/postbacks/{postback_id:str}/test",
    tags=["partner"],
    status_code=200,
    raises=[UnknownPostback, TooManyRequests],
)
async def test_own_postback(
    caller: NamedDependency[Partner], request: AnyRequest, postback_id: FromPath[str]
) -> PostbackDelivery:
    """Calls the address now with sample values (`{event}` is `test`), past what waits, and says what it
    answered."""
    return showing.delivery(await testing.test(request, caller, ids.read("pbk", postback_id), CALLS))


@get(
    "/v1/partner/postbacks/{postback_id:str}/deliveries",
    tags=["partner"],
    raises=[UnknownPostback, BadCursor],
)
async def list_own_postback_deliveries(
    caller: NamedDependency[Partner],
    db: NamedDependency[Connection],
    postback_id: FromPath[str],
    in_status: InStatus = None,
    of_event: OfEvent = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[PostbackDelivery]:
    """What was told of the last 30 days, the newest first, with what was answered."""
    row = await store.get_postback(db, caller.workspace_id, caller.partner, ids.read("pbk", postback_id))
    asked = (paging.decode(cursor, UUID), in_status, of_event, limit + 1)
    rows = await store.list_deliveries(db, caller.workspace_id, row.id, *asked)
    return paging.page(rows, limit, lambda each: each.id, showing.delivery)


@post(
    "/v1/partner/postbacks/{postback_id:str}/deliveries/{delivery_id:str}/replay",
    tags=["partner"],
    status_code=202,
    raises=[UnknownPostback, UnknownPostbackDelivery, StillWaiting, PostbackStopped],
)
async def replay_own_postback_delivery(
    caller: NamedDependency[Partner],
    db: NamedDependency[Connection],
    postback_id: FromPath[str],
    delivery_id: FromPath[str],
) -> PostbackDelivery:
    """Sends an event again as it was, with the same `event_id`, behind all that waits."""
    asked = (ids.read("pbk", postback_id), ids.read("pbd", delivery_id))
    return showing.delivery(await actions.replay(db, caller, *asked))


ROUTES: list[ControllerRouterHandler] = [
    create_own_postback,
    list_own_postbacks,
    get_own_postback,
    change_own_postback,
    delete_own_postback,
    rotate_own_postback_secret,
    test_own_postback,
    list_own_postback_deliveries,
    replay_own_postback_delivery,
]
