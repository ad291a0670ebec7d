"""All routes of conversions."""

from litestar.types import ControllerRouterHandler

from service.conversions.orders.routes import ROUTES as ORDERS

ROUTES: list[ControllerRouterHandler] = [*ORDERS]
