"""Every operation of the partner's own view."""

from litestar.types import ControllerRouterHandler

from service.partner.balance.routes import ROUTES as BALANCE
from service.partner.live.routes import ROUTES as LIVE
from service.partner.stats.routes import ROUTES as STATS

ROUTES: list[ControllerRouterHandler] = [
    *BALANCE,
    *LIVE,
    *STATS,
]
