"""The lists of /p/me as spreadsheets."""

from typing import Any
from zoneinfo import ZoneInfo

from litestar import Request, Response, get
from litestar.params import FromPath
from litestar.response import Stream
from litestar.types import ControllerRouterHandler

from service.kit import clock
from service.kit.problems import NotFound
from service.partner.advocacy.routes import export_own_referrals, export_own_rewards
from service.partner.claims.routes import export_own_claims
from service.partner.commissions.routes import export_own_commissions
from service.partner.conversions.routes import export_own_conversions
from service.partner.coupons.routes import export_own_coupons
from service.partner.links.routes import export_own_links
from service.partner.money.routes import export_own_payouts, export_own_statement
from service.partner.pages import periods
from service.partner.pages.rendering import HEADERS
from service.partner.pages.visiting import signed_in
from service.partner.stats.routes import export_partner_stats

AnyRequest = Request[Any, Any, Any]
PLAIN = {
    "links": export_own_links,
    "coupons": export_own_coupons,
    "claims": export_own_claims,
    "payouts": export_own_payouts,
}
WORDED = {
    "conversions": export_own_conversions,
    "commissions": export_own_commissions,
    "rewards": export_own_rewards,
    "referrals": export_own_referrals,
}


@get("/p/me/files/{name:str}")
async def list_file(request: AnyRequest, name: FromPath[str]) -> Stream | Response[Any]:
    """`links.csv`, `coupons.csv`, `conversions.csv`, `commissions.csv`, `payouts.csv`, `rewards.csv`,
    `referrals.csv`, `statement.csv` of a month, `stats.csv` of a period."""
    kind = name.removesuffix(".csv")
    made: Stream | Response[Any]
    async with signed_in(request) as (here, caller, db):
        if kind in PLAIN:
            made = await PLAIN[kind].fn(caller, request)
        elif kind in WORDED:
            made = await WORDED[kind].fn(caller, request, lang=here.language)
        elif kind == "statement":
            month = request.query_params.get("month") or None
            made = await export_own_statement.fn(caller, db, request, of_month=month)
        elif kind == "stats":
            zone = ZoneInfo(here.me.brand.timezone if here.me else "UTC")
            period = periods.read(request.query_params, (await clock.now(db)).astimezone(zone).date())
            made = await export_partner_stats.fn(
                caller, db, date_basis=period.basis, first=period.first, last=period.last
            )
        else:
            raise NotFound
    made.headers.update(HEADERS)
    return made


ROUTES: list[ControllerRouterHandler] = [list_file]
