"""Every operation of advocacy."""

from litestar.types import ControllerRouterHandler

ROUTES: list[ControllerRouterHandler] = []
