"""Every operation of the partner's own view."""

from litestar.types import ControllerRouterHandler

from service.partner.keys.routes import ROUTES as KEYS
from service.partner.me.routes import ROUTES as ME
from service.partner.people.routes import ROUTES as PEOPLE

ROUTES: list[ControllerRouterHandler] = [*ME, *PEOPLE, *KEYS]
