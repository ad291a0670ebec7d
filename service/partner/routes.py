"""Every operation of the partner's own view."""

from litestar.types import ControllerRouterHandler

from service.partner.advocacy.routes import ROUTES as ADVOCACY
from service.partner.balance.routes import ROUTES as BALANCE
from service.partner.claims.brand.routes import ROUTES as BRAND_CLAIMS
from service.partner.claims.routes import ROUTES as CLAIMS
from service.partner.commissions.routes import ROUTES as COMMISSIONS
from service.partner.conversions.routes import ROUTES as CONVERSIONS
from service.partner.coupons.routes import ROUTES as COUPONS
from service.partner.keys.routes import ROUTES as KEYS
from service.partner.links.qr_routes import ROUTES as QR
from service.partner.links.routes import ROUTES as LINKS
from service.partner.live.routes import ROUTES as LIVE
from service.partner.me.routes import ROUTES as ME
from service.partner.money.routes import ROUTES as MONEY
from service.partner.pages.routes import ROUTES as PAGES
from service.partner.people.routes import ROUTES as PEOPLE
from service.partner.postbacks.routes import ROUTES as POSTBACKS
from service.partner.programs.routes import ROUTES as PROGRAMS
from service.partner.stats.routes import ROUTES as STATS

ROUTES: list[ControllerRouterHandler] = [
    *ME,
    *PEOPLE,
    *KEYS,
    *PROGRAMS,
    *LINKS,
    *QR,
    *COUPONS,
    *CONVERSIONS,
    *COMMISSIONS,
    *STATS,
    *LIVE,
    *BALANCE,
    *MONEY,
    *PAGES,
    *CLAIMS,
    *BRAND_CLAIMS,
    *POSTBACKS,
    *ADVOCACY,
]
