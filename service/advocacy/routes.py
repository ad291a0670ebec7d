"""Every operation of advocacy."""

from litestar.types import ControllerRouterHandler

from service.advocacy.vouchers.routes import ROUTES as VOUCHERS

ROUTES: list[ControllerRouterHandler] = [*VOUCHERS]
