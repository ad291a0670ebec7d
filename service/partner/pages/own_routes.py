"""/p/me: a partner's figures, programs and settings, by the operations of /v1/partner."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from litestar import Request, Response, get, post
from litestar.types import ControllerRouterHandler

from service.accounts.partners.routes import switch_partner
from service.accounts.partners.schemas import SwitchedPartner
from service.kit import clock
from service.partner.balance.routes import get_own_balance
from service.partner.me.missing import WORDS
from service.partner.me.routes import change_partner_me
from service.partner.me.schemas import PartnerMePatch
from service.partner.pages import cookies, drawing, faults, periods, visiting
from service.partner.pages.forms import as_body
from service.partner.pages.visiting import Visitor, sent, signed_in, visitor
from service.partner.programs.routes import accept_own_terms, list_own_programs
from service.partner.stats.routes import get_partner_stats
from service.programs.acceptance import actions as acceptance
from service.programs.acceptance.schemas import AcceptTerms
from service.programs.preferences.schemas import Notices

AnyRequest = Request[Any, Any, Any]
BUSIEST_LINKS = 10


@get("/p/me")
async def overview(request: AnyRequest) -> Response[str]:
    """What was brought and earned, by day and by link, and what is owed."""
    async with signed_in(request) as (here, caller, db):
        period = periods.read(request.query_params, _today(here, await clock.now(db)))
        span = {"date_basis": period.basis, "first": period.first, "last": period.last}
        stats = await get_partner_stats.fn(caller, db, group_by="day", **span)
        by_link = await get_partner_stats.fn(caller, db, group_by="link", limit=BUSIEST_LINKS, **span)
        balance = await get_own_balance.fn(caller, db)
        waiting = await acceptance.open_terms(db, caller.workspace_id, caller.partner)
    errors = [{"path": name, "message": message} for name, message in period.errors.items()]
    return here.page(
        "me/overview.jinja",
        400 if errors else 200,
        errors=faults.by_field(errors, here.language),
        asked=request.query_params,
        period=period,
        spans=periods.SPANS,
        stats=stats,
        days=drawing.busiest(stats.data),
        charts=drawing.drawn(stats, here.language),
        by_link=by_link,
        balance=balance.data,
        waiting=waiting,
        to_do=_to_do(here),
    )


def _to_do(here: Visitor) -> list[str]:
    """What is missing, in the page's language; that terms wait is said by itself."""
    found = here.me.missing if here.me else []
    return [WORDS[each.what][here.language] for each in found if each.what != "terms"]


def _today(here: Visitor, now: datetime) -> date:
    return now.astimezone(ZoneInfo(here.me.brand.timezone if here.me else "UTC")).date()


@get("/p/me/programs")
async def own_programs(request: AnyRequest) -> Response[str]:
    """Own rates and terms, and those that wait to be accepted."""
    async with signed_in(request) as (here, caller, db):
        programs = (await list_own_programs.fn(caller, db)).data
        waiting = await acceptance.open_terms(db, caller.workspace_id, caller.partner)
    done = "accepted" in request.query_params
    return here.page("me/programs.jinja", programs=programs, waiting=waiting, done=done)


@post("/p/me/terms", status_code=200)
async def accept_terms(request: AnyRequest) -> Response[Any]:
    """Accepts the version of the terms that was shown."""
    async with signed_in(request) as (here, caller, db):
        form = await sent(request, here)
        version = int(form.one("version")) if form.one("version").isdecimal() else 0
        data = as_body(AcceptTerms, {"terms_version": version})
        await accept_own_terms.fn(caller, db, form.one("program_id"), data)
    return here.go("/p/me/programs?accepted")


@get("/p/me/settings")
async def settings_page(request: AnyRequest) -> Response[str]:
    """Notices, the language of mails, memberships."""
    async with signed_in(request) as (here, _, _db):
        pass
    done = "saved" in request.query_params
    return here.page("me/settings.jinja", notices=Notices.__struct_fields__, done=done)


@post("/p/me/settings", status_code=200)
async def save_settings(request: AnyRequest) -> Response[Any]:
    """Saves them. A box that isn't ticked is not sent: so it is off."""
    async with signed_in(request) as (here, caller, db):
        form = await sent(request, here)
        notices = {name: form.one(name) == "on" for name in Notices.__struct_fields__}
        body = {"notices": notices, "language": form.one("language") or None}
        await change_partner_me.fn(caller, db, as_body(PartnerMePatch, body))
    return here.go("/p/me/settings?saved")


@post("/p/me/switch", status_code=200)
async def change_membership(request: AnyRequest) -> Response[Any]:
    """A session for another partner of the same person."""
    here = await visitor(request)
    if here.caller is None:
        return here.go("/p/login")
    form = await sent(request, here)
    data = as_body(SwitchedPartner, form.only(["partner_id"]))
    made = await switch_partner.fn(here.caller, request, data)
    moment = await visiting.now(request)
    here.cookies.append(cookies.new_session(here.settings, made.access_token, moment))
    return here.go("/p/me")


ROUTES: list[ControllerRouterHandler] = [
    overview,
    own_programs,
    accept_terms,
    settings_page,
    save_settings,
    change_membership,
]
