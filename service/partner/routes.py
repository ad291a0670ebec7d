"""Every operation of the partner's own view."""

from litestar.types import ControllerRouterHandler

from service.partner.commissions.routes import ROUTES as COMMISSIONS
from service.partner.conversions.routes import ROUTES as CONVERSIONS

ROUTES: list[ControllerRouterHandler] = [*CONVERSIONS, *COMMISSIONS]
