"""All routes of conversions."""

from litestar.types import ControllerRouterHandler

from service.conversions.attribution.comparing.routes import ROUTES as COMPARING
from service.conversions.buyers.routes import ROUTES as BUYERS
from service.conversions.inbound.routes import ROUTES as INBOUND
from service.conversions.orders.routes import ROUTES as ORDERS
from service.conversions.reviews.routes import ROUTES as REVIEWS

ROUTES: list[ControllerRouterHandler] = [*ORDERS, *BUYERS, *COMPARING, *REVIEWS, *INBOUND]
