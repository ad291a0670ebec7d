"""Every page, under /p: no operation of the API, and not in its document."""

from litestar import Response, Router, get
from litestar.datastructures import CacheControlHeader
from litestar.params import FromPath
from litestar.static_files import create_static_files_router
from litestar.types import ControllerRouterHandler

from service.kit.problems import NotFound
from service.partner.pages import (
    claim_routes,
    failing,
    file_routes,
    list_routes,
    login_routes,
    own_routes,
    program_routes,
    reward_routes,
)
from service.partner.pages.rendering import ASSETS

# A form with every question answered at length, its letters written as %C5%9F.
MOST_BYTES = 1_000_000
# Their addresses change with what is in them.
_A_YEAR = CacheControlHeader(max_age=31_536_000, public=True, immutable=True)


@get("/p/{program_id:str}/{rest:path}")
async def no_page(program_id: FromPath[str], rest: FromPath[str]) -> Response[str]:
    """Says so in words, where the API would answer with a problem."""
    raise NotFound


ROUTES: list[ControllerRouterHandler] = [
    Router(
        path="/",
        include_in_schema=False,
        request_max_body_size=MOST_BYTES,
        exception_handlers={Exception: failing.answer},
        route_handlers=[
            *program_routes.ROUTES,
            *login_routes.ROUTES,
            *own_routes.ROUTES,
            *list_routes.ROUTES,
            *claim_routes.ROUTES,
            *reward_routes.ROUTES,
            *file_routes.ROUTES,
            no_page,
        ],
    ),
    create_static_files_router(
        path="/p/assets", directories=[ASSETS], include_in_schema=False, cache_control=_A_YEAR
    ),
]
