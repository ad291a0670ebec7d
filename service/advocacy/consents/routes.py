"""/v1/consents."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import JSONBody, QueryParameter
from litestar.response import Stream
from litestar.types import ControllerRouterHandler

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.advocacy.consents import actions, gate, iys, reading, store
from service.advocacy.consents.addresses import address_key
from service.advocacy.consents.schemas import (
    Channel,
    ConsentItems,
    ConsentQuestion,
    ConsentResult,
    ConsentResults,
    ConsentStatus,
    Entry,
    ExportKey,
    MessageConsent,
    NewConsent,
    NewConsents,
    RecipientType,
    Verdict,
)
from service.advocacy.tables import CSV, lines
from service.conversions.customers import external_key
from service.influencers.schemas import Time
from service.kit import clock, ids, paging
from service.kit.db import Connection, Database
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput
from service.kit.secrets import Vault

Reader = Annotated[Caller, May("advocacy:read")]
Writer = Annotated[Caller, May("advocacy:write")]
AnyRequest = Request[Any, Any, Any]
OfChannel = Annotated[Channel | None, QueryParameter()]
OfStatus = Annotated[ConsentStatus | None, QueryParameter(name="status")]
OfType = Annotated[RecipientType | None, QueryParameter()]
OfAddress = Annotated[
    str | None, QueryParameter(max_length=254, description="an e-mail address or a telephone number")
]
OfCustomer = Annotated[
    str | None, QueryParameter(min_length=1, max_length=200, description="a customer, as the shop knows them")
]
OfShop = Annotated[str, QueryParameter(max_length=200, description="the shop of `external_id`")]
Since = Annotated[Time | None, QueryParameter(description="what was recorded since (RFC 3339)")]
ROWS = 500


@post("/v1/consents", tags=["advocacy"], raises=[InvalidInput])
async def create_consent(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    request: AnyRequest,
    data: JSONBody[NewConsent],
) -> MessageConsent:
    """Records that somebody agreed to be written to, or no longer does.

    Entries are only added; of each address and channel the newest by `occurred_at` counts, and of the same
    moment a refusal. What is told twice is one entry.
    """
    return await actions.put_one(db, request.app.state.settings, caller.workspace_id, data)


@post(
    "/v1/consents/bulk",
    tags=["advocacy"],
    status_code=200,
    opt={"body_type": NewConsents},
    raises=[InvalidInput],
)
async def create_consents(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    request: AnyRequest,
    data: JSONBody[ConsentItems],
) -> ConsentResults:
    """Records up to 1,000 at once: a result per item, good ones are stored beside bad. For more, and for the
    file of the İYS, POST /v1/imports takes the kind `consents`."""
    read = reading.read_items(caller.workspace_id, data.consents, await clock.now(db))
    entries = [each for each in read if isinstance(each, Entry)]
    made = iter(await actions.put(db, request.app.state.settings, caller.workspace_id, entries))
    results = [
        ConsentResult(at, "unchanged" if next(made) is None else "created", [])
        if isinstance(each, Entry)
        else ConsentResult(at, "rejected", each)
        for at, each in enumerate(read)
    ]
    return _counted(results)


@get("/v1/consents", tags=["advocacy"], raises=[BadCursor, InvalidInput])
async def list_consents(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    request: AnyRequest,
    channel: OfChannel = None,
    in_status: OfStatus = None,
    recipient_type: OfType = None,
    address: OfAddress = None,
    external_id: OfCustomer = None,
    shop: OfShop = "",
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[MessageConsent]:
    """The history, what was recorded last first: all of it, an address's, or a customer's (by what was told
    of them, and by the e-mail addresses of their orders)."""
    keys = None if address is None else _keys(caller.workspace_id, channel, address)
    person = external_key(caller.workspace_id, shop.strip(), external_id)
    if external_id is not None and person is None:
        raise InvalidInput("no customer", errors=[{"path": "external_id", "message": "names nobody"}])
    filters = (channel, in_status, recipient_type, keys, person)
    rows = await store.list_consents(
        db, caller.workspace_id, *filters, paging.decode(cursor, UUID), limit + 1
    )
    opening = actions.vault(request.app.state.settings)
    return paging.page(rows, limit, lambda row: row.id, lambda row: actions.shown(opening, row))


@post("/v1/consents/check", tags=["advocacy"], status_code=200, raises=[InvalidInput])
async def check_consent(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], data: JSONBody[ConsentQuestion]
) -> Verdict:
    """Whether a message may be sent to an address now, and why: the gate that everything elci sends for
    advocacy goes through, for those who send by themselves."""
    asked = (data.channel, data.address, data.purpose, data.recipient_type)
    return await gate.may_send(db, caller.workspace_id, *asked)


@get("/v1/consents.csv", tags=["advocacy"], opt={"openapi_answer": CSV}, raises=[InvalidInput])
async def export_consents(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    request: AnyRequest,
    channel: OfChannel = None,
    recorded_since: Since = None,
) -> Stream:
    """What counts of every address, as the İYS takes it (recipient, type, source, status, consentDate,
    recipientType; times in Türkiye's). It shows addresses, so it needs the right to write, and is noted."""
    state = request.app.state
    details = {"channel": channel, "since": recorded_since and recorded_since.isoformat()}
    await audit.record(db, caller, "consents.exported", ids.show("ws", caller.workspace_id), details)
    opening = actions.vault(state.settings)
    body = _pieces(state.database, opening, caller.workspace_id, channel, recorded_since)
    headers = {"Content-Disposition": 'attachment; filename="iys.csv"', "Cache-Control": "no-store"}
    return Stream(body, media_type="text/csv", headers=headers)


async def _pieces(
    database: Database, opening: Vault, workspace_id: UUID, channel: Channel | None, since: datetime | None
) -> AsyncIterator[str]:
    yield lines([iys.COLUMNS])
    after: ExportKey | None = None
    while True:
        async with database.transaction(workspace_id) as db:
            rows = await store.current(db, workspace_id, channel, since, after, ROWS)
        yield lines([iys.row(actions.shown(opening, row)) for row in rows])
        if len(rows) < ROWS:
            return
        after = ExportKey(rows[-1].channel, rows[-1].address_key)


def _keys(workspace_id: UUID, channel: Channel | None, address: str) -> list[bytes]:
    """A number has one hash for messages and calls. Raises InvalidInput where it is no address at all."""
    tried: tuple[Channel, ...] = (channel,) if channel else ("email", "sms")
    found = [key for each in tried if (key := address_key(workspace_id, each, address)) is not None]
    if not found:
        raise InvalidInput("no address", errors=[{"path": "address", "message": "is no address"}])
    return found


def _counted(results: Sequence[ConsentResult]) -> ConsentResults:
    told = [result.status for result in results]
    counts = (told.count("created"), told.count("unchanged"), told.count("rejected"))
    return ConsentResults(list(results), *counts)


ROUTES: list[ControllerRouterHandler] = [
    create_consent,
    create_consents,
    list_consents,
    check_consent,
    export_consents,
]
