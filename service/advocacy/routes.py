"""Every operation of advocacy."""

from litestar.types import ControllerRouterHandler

from service.advocacy.consents import routes as consents
from service.advocacy.loyalty import routes as loyalty
from service.advocacy.surveys import page_routes as survey_pages
from service.advocacy.surveys import routes as surveys

ROUTES: list[ControllerRouterHandler] = [
    *consents.ROUTES,
    *surveys.ROUTES,
    *survey_pages.ROUTES,
    *loyalty.ROUTES,
]
