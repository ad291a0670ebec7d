"""The routes of conversions, put together."""

from litestar.types import ControllerRouterHandler

from service.conversions.reviews.routes import ROUTES as REVIEWS

ROUTES: list[ControllerRouterHandler] = [*REVIEWS]
