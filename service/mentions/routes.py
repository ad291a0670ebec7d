"""Every operation of mentions."""

from litestar.types import ControllerRouterHandler

from service.mentions.disclosure.routes import ROUTES as DISCLOSURE

ROUTES: list[ControllerRouterHandler] = [*DISCLOSURE]
