"""GET /v1/partner/commissions."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.response import Stream
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May, transaction
from service.accounts.labels.registry import Language
from service.conversions.problems import UnknownConversion
from service.influencers.schemas import From, IdList, To
from service.kit import ids as outer
from service.kit import paging
from service.kit.db import Connection
from service.kit.paging import DEFAULT_LIMIT, BadCursor, Cursor, Limit, Page
from service.kit.problems import InvalidInput, NotFound
from service.ledger.problems import UnknownCommission
from service.links.problems import UnknownCoupon, UnknownLink
from service.partner import tables
from service.partner.commissions import actions, store, table
from service.partner.commissions.narrowing import (
    InCurrency,
    InStatus,
    OfConversion,
    OfCoupon,
    OfKind,
    OfLink,
    OfProgram,
    OfStep,
    Since,
    narrowed,
)
from service.partner.commissions.schemas import PartnerCommission, WholePartnerCommission
from service.partner.commissions.showing import whole
from service.programs.problems import UnknownProgram

Partner = Annotated[Caller, May("partner")]
AnyRequest = Request[Any, Any, Any]
Lang = Annotated[Language, QueryParameter(description="the language of words: tr or en")]
NARROWED = [InvalidInput, NotFound, UnknownProgram, UnknownConversion, UnknownLink, UnknownCoupon]


@get("/v1/partner/commissions", tags=["partner"], raises=[BadCursor, *NARROWED])
async def list_own_commissions(
    caller: NamedDependency[Partner],
    db: NamedDependency[Connection],
    ids: IdList = None,
    program_id: OfProgram = None,
    conversion_id: OfConversion = None,
    link_id: OfLink = None,
    coupon_id: OfCoupon = None,
    in_status: InStatus = None,
    of_kind: OfKind = None,
    of_step: OfStep = None,
    currency: InCurrency = None,
    updated_since: Since = None,
    since: From = None,
    until: To = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Page[PartnerCommission]:
    """What the partner earned, the newest first, each with its rule in words and with what stands against
    it. `from` and `to` are about when it was earned; claw-backs are rows of their own."""
    given = (ids, program_id, conversion_id, link_id, coupon_id, in_status, of_kind, of_step, currency)
    wanted = await narrowed(db, caller.workspace_id, *given, updated_since, since, until)
    before = paging.decode(cursor, UUID)
    found = await actions.page(db, caller.workspace_id, caller.partner, wanted, before, limit + 1)
    return paging.page(found, limit, lambda each: each[0], lambda each: each[1])


@get("/v1/partner/commissions.csv", tags=["partner"], opt={"openapi_answer": tables.CSV}, raises=NARROWED)
async def export_own_commissions(
    caller: NamedDependency[Partner],
    request: AnyRequest,
    ids: IdList = None,
    program_id: OfProgram = None,
    conversion_id: OfConversion = None,
    link_id: OfLink = None,
    coupon_id: OfCoupon = None,
    in_status: InStatus = None,
    of_kind: OfKind = None,
    of_step: OfStep = None,
    currency: InCurrency = None,
    updated_since: Since = None,
    since: From = None,
    until: To = None,
    lang: Lang = "tr",
) -> Stream:
    """The same list as a spreadsheet. Amounts are minor units; times are UTC."""
    given = (ids, program_id, conversion_id, link_id, coupon_id, in_status, of_kind, of_step, currency)
    async with transaction(request, caller) as db:
        wanted = await narrowed(db, caller.workspace_id, *given, updated_since, since, until)

    async def page(db: Connection, before: UUID | None) -> list[tuple[UUID, PartnerCommission]]:
        return await actions.page(db, caller.workspace_id, caller.partner, wanted, before, tables.ROWS)

    return tables.answer(
        request, caller, "commissions", table.COLUMNS, page, lambda one: [table.cells(one, lang)]
    )


@get("/v1/partner/commissions/{commission_id:str}", tags=["partner"], raises=[UnknownCommission])
async def get_own_commission(
    caller: NamedDependency[Partner], db: NamedDependency[Connection], commission_id: FromPath[str]
) -> WholePartnerCommission:
    """A commission with what corrects it, and what is left of it."""
    asked = outer.read("com", commission_id)
    found = await store.by_ids(db, caller.workspace_id, caller.partner, [asked])
    if not found:
        raise UnknownCommission
    first = found[0].corrects or asked
    return whole(await store.family(db, caller.workspace_id, caller.partner, first), asked)


ROUTES: list[ControllerRouterHandler] = [
    list_own_commissions,
    export_own_commissions,
    get_own_commission,
]
