"""Every operation of mentions."""

from litestar.types import ControllerRouterHandler

from service.mentions.disclosure.found.routes import ROUTES as FOUND
from service.mentions.disclosure.routes import ROUTES as DISCLOSURE
from service.mentions.disclosure.watches.routes import ROUTES as WATCHES

ROUTES: list[ControllerRouterHandler] = [*DISCLOSURE, *WATCHES, *FOUND]
