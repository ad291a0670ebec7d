"""Every operation of the partner's own view."""

from litestar.types import ControllerRouterHandler

from service.partner.me.routes import ROUTES as ME

ROUTES: list[ControllerRouterHandler] = [*ME]
