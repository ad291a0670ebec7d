"""Every operation of advocacy."""

from litestar.types import ControllerRouterHandler

from service.advocacy.obligations.routes import ROUTES as OBLIGATIONS
from service.advocacy.vouchers.routes import ROUTES as VOUCHERS

ROUTES: list[ControllerRouterHandler] = [*OBLIGATIONS, *VOUCHERS]
