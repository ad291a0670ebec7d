"""/v1/conversions and /v1/refunds."""

from typing import Annotated
from uuid import UUID

from litestar import Response, delete, get, patch, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from service.accounts import audit
from service.accounts.callers import Caller, May
from service.conversions import store as rows
from service.conversions.orders import actions, show, store
from service.conversions.orders.narrowing import (
    ByExternalId,
    Credited,
    InShop,
    InStatus,
    OfCampaign,
    OfChannel,
    OfConversion,
    OfCoupon,
    OfCustomer,
    OfIntegration,
    OfKind,
    OfLink,
    OfPartner,
    Since,
    Test,
    Waiting,
    read,
)
from service.conversions.orders.narrowing import (
    Conflicting as OnlyConflicting,
)
from service.conversions.orders.schemas import (
    Conversion,
    ConversionPatch,
    ConversionResult,
    ConversionResults,
    Conversions,
    EarlyRefund,
    Fault,
    Listed,
    ListedRefunds,
    NewConversion,
    NewRefund,
    Reassignment,
    Refund,
    TakenConversion,
    WholeConversion,
)
from service.conversions.problems import Conflicting, RefundExists, UnknownConversion
from service.conversions.rows import ConversionRow
from service.influencers.reading import id_list
from service.influencers.schemas import From, IdList, To
from service.kit import etag, paging
from service.kit import ids as outer
from service.kit.db import Connection
from service.kit.etag import IfMatch
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, NotFound, PreconditionFailed
from service.programs.problems import UnknownPartner

Reader = Annotated[Caller, May("conversions:read")]
Writer = Annotated[Caller, May("conversions:write")]
RESULTS = ("created", "updated", "unchanged", "conflict", "failed")


@post(
    "/v1/conversions",
    tags=["conversions"],
    raises=[InvalidInput],
    responses={200: ResponseSpec(TakenConversion, description="It was known: the order as it stands.")},
)
async def create_conversion(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], data: JSONBody[NewConversion]
) -> Response[TakenConversion]:
    """Tells of an order, lead, sign-up or booking, and credits it at once.

    An order is one, whoever tells of it and how often: by any of its names in a shop. 201 where it is new;
    else 200 with the order as it stands. Where a more trusted source has told another amount, that one stays
    and `outcome` is `conflict`; the difference is kept under `conflicts`.
    """
    row, outcome = await actions.take(db, caller.workspace_id, data, caller.name)
    status = 201 if outcome == "created" else 200
    return Response(
        show.taken(row, outcome),  # type: ignore[arg-type]
        status_code=status,
        headers={"ETag": etag.of(row.version)},
    )


@post("/v1/conversions/bulk", tags=["conversions"], status_code=200, raises=[InvalidInput])
async def create_conversions(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], data: JSONBody[Conversions]
) -> ConversionResults:
    """Takes up to 1,000 orders in, and says what became of each: one that can't be stops no other.

    The same request again adds nothing. A job credits them within seconds.
    """
    told, job_id = await actions.take_many(db, caller.workspace_id, data.conversions, caller.name)
    shown = [
        ConversionResult(
            at,
            one.outcome,  # type: ignore[arg-type]
            outer.show_or_none("cnv", one.conversion_id),
            [Fault(**fault) for fault in one.faults],
        )
        for at, one in enumerate(told)
    ]
    counts = {result: sum(one.result == result for one in shown) for result in RESULTS}
    return ConversionResults(**counts, job_id=outer.show_or_none("job", job_id), data=shown)


@get("/v1/conversions", tags=["conversions"], raises=[BadCursor, InvalidInput, NotFound])
async def list_conversions(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    ids: IdList = None,
    partner_id: OfPartner = None,
    customer_id: OfCustomer = None,
    integration_id: OfIntegration = None,
    link_id: OfLink = None,
    coupon_id: OfCoupon = None,
    campaign_id: OfCampaign = None,
    external_id: ByExternalId = None,
    shop: InShop = None,
    of_kind: OfKind = None,
    in_status: InStatus = None,
    of_channel: OfChannel = None,
    credited: Credited = None,
    conflicting: OnlyConflicting = None,
    test: Test = None,
    since: From = None,
    until: To = None,
    updated_since: Since = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Conversion]:
    """The newest first. `from` and `to` are about when they occurred; `external_id` is any of their names."""
    wanted = Listed(
        ids=id_list("cnv", ids),
        partner_id=read("prt", partner_id),
        customer_id=read("cus", customer_id),
        integration_id=read("int", integration_id),
        link_id=read("lnk", link_id),
        coupon_id=read("cpn", coupon_id),
        campaign_id=read("cmp", campaign_id),
        external_id=None if external_id is None else external_id.strip().removeprefix("#").strip(),
        shop=shop,
        kind=of_kind,
        status=in_status,
        channel=of_channel,
        credited=credited,
        conflicting=conflicting,
        test=test,
        since=since,
        until=until,
        updated_since=updated_since,
    )
    before = paging.decode(cursor, UUID)
    found = await store.list_conversions(db, caller.workspace_id, wanted, before, limit + 1)
    return paging.page(found, limit, lambda row: row.id, show.shown)


@get("/v1/conversions/{conversion_id:str}", tags=["conversions"], raises=[UnknownConversion])
async def get_conversion(
    caller: NamedDependency[Reader], db: NamedDependency[Connection], conversion_id: FromPath[str]
) -> Response[WholeConversion]:
    """An order with everything that was told of it: who is credited and why, each contact of the customer,
    commissions with their rules, refunds, and the history."""
    workspace_id = caller.workspace_id
    row = await rows.get(db, workspace_id, outer.read("cnv", conversion_id))
    whole = show.whole(
        row,
        await store.names(db, workspace_id, row.id),
        await store.touches(db, workspace_id, row.id),
        await store.commissions(db, workspace_id, row.id),
        await rows.refunds(db, workspace_id, row.id),
        await rows.reports(db, workspace_id, row.id),
    )
    return Response(whole, headers={"ETag": etag.of(row.version)})


@patch(
    "/v1/conversions/{conversion_id:str}",
    tags=["conversions"],
    raises=[UnknownConversion, InvalidInput, Conflicting, PreconditionFailed],
)
async def change_conversion(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    conversion_id: FromPath[str],
    data: JSONBody[ConversionPatch],
    if_match: IfMatch = None,
) -> Response[Conversion]:
    """Tells what is known of an order since: its delivery, a cancellation, another amount, a coupon.

    What a shop's webhook has told is not overwritten: another amount is 409 then.
    """
    row = await rows.get(db, caller.workspace_id, outer.read("cnv", conversion_id))
    etag.match(if_match, row.version)
    row = await actions.change(db, caller.workspace_id, row, data, caller.name)
    fields = actions.told_fields(data)
    await audit.record(db, caller, "conversion.changed", conversion_id, {"fields": fields})
    return _answer(row)


@post(
    "/v1/conversions/{conversion_id:str}/refunds",
    tags=["conversions"],
    raises=[UnknownConversion, InvalidInput, RefundExists],
)
async def create_refund(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    conversion_id: FromPath[str],
    data: JSONBody[NewRefund],
) -> Refund:
    """Tells of a refund; its share of each commission is taken back at once. The same one counts once, and
    all together never more than the order."""
    row = await rows.get(db, caller.workspace_id, outer.read("cnv", conversion_id))
    found = await actions.refund(db, caller.workspace_id, row, data, caller.name)
    await audit.record(db, caller, "conversion.refunded", conversion_id)
    return show.refund(found)


@post(
    "/v1/conversions/{conversion_id:str}/reassign",
    tags=["conversions"],
    status_code=200,
    raises=[UnknownConversion, UnknownPartner, InvalidInput],
)
async def reassign_conversion(
    caller: NamedDependency[Writer],
    db: NamedDependency[Connection],
    conversion_id: FromPath[str],
    data: JSONBody[Reassignment],
) -> Response[Conversion]:
    """Credits an order by a person's word, with a reason, whatever evidence says from now on.

    The ledger takes back what others earned by it. DELETE lets evidence decide again.
    """
    row = await rows.lock(db, caller.workspace_id, outer.read("cnv", conversion_id))
    row = await actions.reassign(db, caller.workspace_id, row, data, caller.name)
    parts = {share.partner_id: share.weight for share in data.shares}
    details = {"shares": parts, "reason": data.reason}
    await audit.record(db, caller, "conversion.reassigned", conversion_id, details)
    return _answer(row)


@delete(
    "/v1/conversions/{conversion_id:str}/reassign",
    tags=["conversions"],
    status_code=200,
    raises=[UnknownConversion],
)
async def credit_by_evidence(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], conversion_id: FromPath[str]
) -> Response[Conversion]:
    """Takes a person's word back: evidence decides again."""
    row = await rows.lock(db, caller.workspace_id, outer.read("cnv", conversion_id))
    was = row.reassigned is not None
    row = await actions.reassign(db, caller.workspace_id, row, None, caller.name)
    if was:
        await audit.record(db, caller, "conversion.credited_by_evidence", conversion_id)
    return _answer(row)


@post("/v1/refunds", tags=["conversions"], raises=[InvalidInput, RefundExists])
async def create_early_refund(
    caller: NamedDependency[Writer], db: NamedDependency[Connection], data: JSONBody[EarlyRefund]
) -> Refund:
    """Tells of a refund by its order's name. Where that isn't known yet, the refund waits for it."""
    return show.refund(await actions.refund_early(db, caller.workspace_id, data, caller.name))


@get("/v1/refunds", tags=["conversions"], raises=[BadCursor, NotFound])
async def list_refunds(
    caller: NamedDependency[Reader],
    db: NamedDependency[Connection],
    conversion_id: OfConversion = None,
    external_id: ByExternalId = None,
    waiting: Waiting = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[Refund]:
    """The newest first. `waiting`: those whose order isn't known yet."""
    wanted = ListedRefunds(read("cnv", conversion_id), external_id, waiting)
    before = paging.decode(cursor, UUID)
    found = await store.list_refunds(db, caller.workspace_id, wanted, before, limit + 1)
    return paging.page(found, limit, lambda row: row.id, show.refund)


def _answer(row: ConversionRow) -> Response[Conversion]:
    return Response(show.shown(row), headers={"ETag": etag.of(row.version)})


ROUTES: list[ControllerRouterHandler] = [
    create_conversion,
    create_conversions,
    list_conversions,
    get_conversion,
    change_conversion,
    create_refund,
    reassign_conversion,
    credit_by_evidence,
    create_early_refund,
    list_refunds,
]
