"""Every operation of the partner's own view."""

from litestar.types import ControllerRouterHandler

ROUTES: list[ControllerRouterHandler] = []
