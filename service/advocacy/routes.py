"""Every operation of advocacy."""

from litestar.types import ControllerRouterHandler

from service.advocacy.consents import routes as consents

ROUTES: list[ControllerRouterHandler] = [*consents.ROUTES]
