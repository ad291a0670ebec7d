"""/p/me/links and the other lists of a partner, with a page for each thing in them."""

from typing import Any

from asyncpg import UniqueViolationError
from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from service.kit.answers import as_problem
from service.kit.problems import InvalidInput, Problem
from service.ledger.payouts.accounts.schemas import NewPayoutAccount
from service.ledger.payouts.problems import NoPayoutAccount
from service.ledger.schemas import CommissionStatus
from service.partner.commissions.routes import get_own_commission, list_own_commissions
from service.partner.conversions.routes import get_own_conversion, list_own_conversions
from service.partner.coupons.routes import list_own_coupons
from service.partner.links.routes import create_own_link, list_destinations, list_own_links
from service.partner.links.schemas import NewPartnerLink
from service.partner.money import routes as money
from service.partner.pages import faults, periods
from service.partner.pages.failing import title
from service.partner.pages.forms import Sent, as_body
from service.partner.pages.visiting import sent, signed_in

AnyRequest = Request[Any, Any, Any]
ROWS = 25
LINK_FIELDS = ("url", "title", "code", "sub1", "coupon_id")


@get("/p/me/links")
async def links_page(request: AnyRequest) -> Response[str]:
    """Own links, and a form for a new one."""
    return await _links(request, Sent({}))


@post("/p/me/links", status_code=200)
async def make_link(request: AnyRequest) -> Response[Any]:
    """Makes a deep link; the list that follows shows it on top."""
    form = Sent({})
    try:
        async with signed_in(request) as (here, caller, db):
            form = await sent(request, here)
            data = as_body(NewPartnerLink, form.only(LINK_FIELDS))
            made = (await create_own_link.fn(caller, db, request.app.state, data)).content
    except (Problem, UniqueViolationError) as error:
        problem = as_problem(request, error, request.app.state.constraints)
        if type(problem).status_code not in (400, 409):
            raise
        return await _links(request, form, problem)
    return here.go(f"/p/me/links?made={made.id}")


async def _links(request: AnyRequest, form: Sent, error: Problem | None = None) -> Response[str]:
    errors = [] if error is None else error.members.get("errors", [])
    async with signed_in(request) as (here, caller, db):
        page = await list_own_links.fn(caller, db, request.app.state, limit=ROWS, cursor=_cursor(request))
        hosts = await list_destinations.fn(caller, db, request.app.state)
        coupons = await list_own_coupons.fn(caller, db, limit=100)
    return here.page(
        "me/links.jinja",
        200 if error is None else type(error).status_code,
        page=page,
        hosts=hosts.hosts,
        coupons=coupons.data,
        values=form.values(),
        errors=faults.by_field(errors, here.language),
        fault=None if error is None or errors else title(error, here),
        made=next((each for each in page.data if each.id == request.query_params.get("made")), None),
    )


@get("/p/me/coupons")
async def coupons_page(request: AnyRequest) -> Response[str]:
    """Own coupons."""
    async with signed_in(request) as (here, caller, db):
        page = await list_own_coupons.fn(caller, db, limit=ROWS, cursor=_cursor(request))
    return here.page("me/coupons.jinja", page=page)


@get("/p/me/conversions")
async def conversions_page(request: AnyRequest) -> Response[str]:
    """What was brought."""
    async with signed_in(request) as (here, caller, db):
        page = await list_own_conversions.fn(caller, db, limit=ROWS, cursor=_cursor(request))
    return here.page("me/conversions.jinja", page=page)


@get("/p/me/conversions/{conversion_id:str}")
async def conversion_page(request: AnyRequest, conversion_id: FromPath[str]) -> Response[str]:
    """One of them, with what it is credited by and what it earned."""
    async with signed_in(request) as (here, caller, db):
        one = await get_own_conversion.fn(caller, db, conversion_id)
    return here.page("me/conversion.jinja", one=one)


@get("/p/me/commissions")
async def commissions_page(request: AnyRequest) -> Response[str]:
    """What was earned, its state, and what stands against it."""
    states = CommissionStatus.__args__  # type: ignore[attr-defined]
    status = request.query_params.get("status")
    status = status if status in states else None
    async with signed_in(request) as (here, caller, db):
        page = await list_own_commissions.fn(
            caller, db, in_status=status, limit=ROWS, cursor=_cursor(request)
        )
    return here.page("me/commissions.jinja", page=page, states=states, status=status)


@get("/p/me/commissions/{commission_id:str}")
async def commission_page(request: AnyRequest, commission_id: FromPath[str]) -> Response[str]:
    """A commission with all that belongs to it."""
    async with signed_in(request) as (here, caller, db):
        one = await get_own_commission.fn(caller, db, commission_id)
    return here.page("me/commission.jinja", one=one)


@get("/p/me/payouts")
async def payouts_page(request: AnyRequest) -> Response[str]:
    """What was paid, and where to."""
    return await _payouts(request, Sent({}))


@post("/p/me/account", status_code=200)
async def save_account(request: AnyRequest) -> Response[Any]:
    """Says where to be paid to."""
    form = Sent({})
    try:
        async with signed_in(request) as (here, caller, db):
            form = await sent(request, here)
            data = as_body(NewPayoutAccount, form.only(["iban", "payee"]))
            await money.put_own_payout_account.fn(caller, db, data)
    except InvalidInput as error:
        return await _payouts(request, form, error)
    return here.go("/p/me/payouts?saved")


async def _payouts(request: AnyRequest, form: Sent, error: InvalidInput | None = None) -> Response[str]:
    async with signed_in(request) as (here, caller, db):
        page = await money.list_own_payouts.fn(caller, db, limit=ROWS, cursor=_cursor(request))
        try:
            account = await money.get_own_payout_account.fn(caller, db)
        except NoPayoutAccount:
            account = None
    errors = [] if error is None else error.members.get("errors", [])
    return here.page(
        "me/payouts.jinja",
        200 if error is None else 400,
        page=page,
        account=account,
        values=form.values(),
        errors=faults.by_field(errors, here.language),
        done="saved" in request.query_params,
    )


@get("/p/me/payouts/{payout_id:str}")
async def payout_page(request: AnyRequest, payout_id: FromPath[str]) -> Response[str]:
    """A payout and what it pays."""
    async with signed_in(request) as (here, caller, db):
        one = await money.get_own_payout.fn(caller, db, payout_id)
        page = await money.list_own_paid_commissions.fn(
            caller, db, payout_id, limit=ROWS, cursor=_cursor(request)
        )
    return here.page("me/payout.jinja", one=one, page=page)


@get("/p/me/statement")
async def statement_page(request: AnyRequest) -> Response[str]:
    """A month: what was owed, earned, paid, and is owed."""
    asked = request.query_params.get("month") or None
    async with signed_in(request) as (here, caller, db):
        statement = await money.get_own_statement.fn(caller, db, of_month=asked)
        lines = await money.list_own_statement_lines.fn(
            caller, db, of_month=asked, limit=ROWS, cursor=_cursor(request)
        )
    before, after = periods.neighbours(statement.month)
    return here.page("me/statement.jinja", one=statement, page=lines, before=before, after=after)


def _cursor(request: AnyRequest) -> str | None:
    return request.query_params.get("cursor") or None


ROUTES: list[ControllerRouterHandler] = [
    links_page,
    make_link,
    coupons_page,
    conversions_page,
    conversion_page,
    commissions_page,
    commission_page,
    payouts_page,
    save_account,
    payout_page,
    statement_page,
]
