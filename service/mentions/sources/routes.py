"""/v1/listening/sources."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.conversions.inbound.deliveries import store as deliveries
from service.conversions.inbound.deliveries.jobs import REPLAY, ReplayOf
from service.conversions.inbound.deliveries.schemas import DeliveryRow, DeliveryStatus, ListedDeliveries
from service.influencers.reading import id_list
from service.influencers.schemas import IdList
from service.kit import clock, jobs, paging
from service.kit import ids as outer
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, NotFound
from service.mentions.problems import NotPolled, SourceExists, TooManySources, UnknownSource
from service.mentions.sources import actions, store
from service.mentions.sources.jobs import POLL, PollOf
from service.mentions.sources.schemas import (
    ListeningSource,
    NewSource,
    SourceDelivery,
    SourceKind,
    SourcePatch,
    SourcePoll,
    SourceReplay,
    SourceRow,
)

Reader = Annotated[Caller, May("mentions:read")]
Writer = Annotated[Caller, May("mentions:write")]
AnyRequest = Request[Any, Any, Any]
OfKind = Annotated[SourceKind | None, QueryParameter(name="kind", description="of this kind")]
InStatus = Annotated[DeliveryStatus | None, QueryParameter(name="status", description="in this status")]
PATH = "/v1/listening/sources"
ONE = PATH + "/{source_id:str}"


@post(PATH, tags=["mentions"], raises=[InvalidInput, SourceExists, TooManySources])
async def create_listening_source(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    request: AnyRequest,
    data: JSONBody[NewSource],
) -> ListeningSource:
    """Makes a source of mentions.

    `rss` (RSS, Atom, JSON Feed) and `reddit` are asked at their `url`, which has to be of the public web. The
    others send to `inbound_url`: Brandwatch's and Mention's pages, Talkwalker's stream of chunks, lines of
    X's filtered stream, Meta's webhooks, and with `generic` whatever has a text, by usual names or `aliases`.
    Meta's handshake is answered where `hub.verify_token` is the secret or the address's token, X's check
    where there is a secret. Meta only names mentions: with an `access_token` their text is asked for.
    """
    row = await actions.add(db, request.app.state.settings, caller, data)
    return await _one(request, db, caller, row)


@get(PATH, tags=["mentions"], raises=[BadCursor, NotFound, InvalidInput])
async def list_listening_sources(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    ids: IdList = None,
    of_kind: OfKind = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[ListeningSource]:
    """The newest first, with how each does."""
    rows = await store.list_sources(
        *(db, caller.workspace_id, of_kind, id_list("lso", ids)), *(paging.decode(cursor, UUID), limit + 1)
    )
    made = await actions.shown(db, request.app.state.settings, caller, rows[:limit])
    by_id = {row.id: one for row, one in zip(rows, made, strict=False)}
    return paging.page(rows, limit, lambda row: row.id, lambda row: by_id[row.id])


@get(ONE, tags=["mentions"], raises=[UnknownSource])
async def get_listening_source(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    source_id: FromPath[str],
) -> ListeningSource:
    """One source: when it was asked or heard last, what that brought, what could not be read."""
    row = await store.get_source(db, caller.workspace_id, outer.read("lso", source_id))
    return await _one(request, db, caller, row)


@patch(ONE, tags=["mentions"], raises=[UnknownSource, InvalidInput, SourceExists])
async def change_listening_source(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    request: AnyRequest,
    source_id: FromPath[str],
    data: JSONBody[SourcePatch],
) -> ListeningSource:
    """Changes a source. A paused one is not asked, and what it sends is kept and not read."""
    settings = request.app.state.settings
    row = await actions.change(db, settings, caller, outer.read("lso", source_id), data)
    return await _one(request, db, caller, row)


@delete(ONE, tags=["mentions"], raises=[UnknownSource])
async def archive_listening_source(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], source_id: FromPath[str]
) -> None:
    """Ends a source: its address is unknown from now on. Its mentions stay."""
    await actions.archive(db, caller, outer.read("lso", source_id))


@post(ONE + "/poll", tags=["mentions"], status_code=202, raises=[UnknownSource, NotPolled])
async def poll_listening_source(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], source_id: FromPath[str]
) -> SourcePoll:
    """Asks a feed now, whenever it is due. 202 with the job."""
    row = await store.get_source(db, caller.workspace_id, outer.read("lso", source_id))
    if row.url is None or row.paused:
        raise NotPolled("it is paused" if row.paused else f"{row.kind} sends by itself")
    await store.make_due(db, caller.workspace_id, row.id)
    job_id = await jobs.enqueue(db, caller.workspace_id, POLL, PollOf(row.id), dedupe=str(row.id))
    return SourcePoll(jobs.show(await jobs.get(db, caller.workspace_id, job_id)))


@get(ONE + "/deliveries", tags=["mentions"], raises=[UnknownSource, BadCursor])
async def list_source_deliveries(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    source_id: FromPath[str],
    in_status: InStatus = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[SourceDelivery]:
    """What a source sent, the newest first, and what became of it. Bodies are kept for 30 days, these lines
    for 90."""
    row = await store.get_source(db, caller.workspace_id, outer.read("lso", source_id))
    before = paging.decode(cursor, UUID)
    rows: list[DeliveryRow] = []
    if row.integration_id is not None:
        rows = await deliveries.list_deliveries(
            *(db, caller.workspace_id, row.integration_id, ListedDeliveries(in_status), before, limit + 1)
        )
    return paging.page(rows, limit, lambda found: found.id, lambda found: _delivery(row, found))


@post(ONE + "/replay", tags=["mentions"], status_code=202, raises=[UnknownSource])
async def replay_source_deliveries(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    source_id: FromPath[str],
    in_status: InStatus = None,
) -> SourceReplay:
    """Reads what a source sent again, all or of a status: after a change of aliases, or of a pause. What was
    taken in before is not taken twice. 202 with the job."""
    row = await store.get_source(db, caller.workspace_id, outer.read("lso", source_id))
    if row.integration_id is None:
        raise UnknownSource(f"{row.kind} sends nothing")
    statuses = None if in_status is None else [in_status]
    asked = (row.integration_id, None, None, None, statuses)
    found = await deliveries.matched(db, caller.workspace_id, *asked)
    work = ReplayOf(
        row.integration_id,
        await clock.now(db),
        found.matched - found.without_body,
        statuses=None if statuses is None else list(statuses),
    )
    job_id = await jobs.enqueue(db, caller.workspace_id, REPLAY, work)
    await audit.record(db, caller, "listening_source.replayed", source_id, {"matched": found.matched})
    job = jobs.show(await jobs.get(db, caller.workspace_id, job_id))
    return SourceReplay(job, found.matched, found.without_body)


async def _one(request: AnyRequest, db: Connection, caller: Caller, row: SourceRow) -> ListeningSource:
    [made] = await actions.shown(db, request.app.state.settings, caller, [row])
    return made


def _delivery(source: SourceRow, row: DeliveryRow) -> SourceDelivery:
    same = {name: getattr(row, name) for name in SourceDelivery.__struct_fields__ if name not in _OWN}
    return SourceDelivery(id=outer.show("dly", row.id), source_id=outer.show("lso", source.id), **same)


_OWN = ("id", "source_id")
ROUTES: list[ControllerRouterHandler] = [
    create_listening_source,
    list_listening_sources,
    get_listening_source,
    change_listening_source,
    archive_listening_source,
    poll_listening_source,
    list_source_deliveries,
    replay_source_deliveries,
]
