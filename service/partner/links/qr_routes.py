"""GET /v1/partner/links/{id}/qr.svg and qr.png: an img element asks with a ticket."""

from typing import Annotated

from litestar import Response, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.kit import ids
from service.kit.db import Connection
from service.kit.problems import InvalidInput
from service.links.catalogue import qr, show
from service.links.catalogue.qr_routes import PNG, SVG, Border, Dark, ErrorLevel, Light, Size, answer, looks
from service.links.problems import UnknownLink
from service.partner.links import actions
from service.settings import Settings

Partner = Annotated[Caller, May("partner")]
RAISED = [UnknownLink, InvalidInput]


@get("/v1/partner/links/{link_id:str}/qr.svg", tags=["partner"], opt={"openapi_answer": SVG}, raises=RAISED)
async def draw_own_qr_svg(
    caller: NamedDependency[Partner],
    db: NamedDependency[Connection],
    state: State,
    link_id: FromPath[str],
    size: Size = 512,
    border: Border = qr.MARGIN,
    dark: Dark = "000000",
    light: Light = "ffffff",
    level: ErrorLevel = "M",
) -> Response[bytes]:
    """The link's `short_url` as a QR code, as a drawing of exactly `size` pixels."""
    text = await _text(db, caller, link_id, state.settings)
    return answer(qr.svg(text, looks(size, border, dark, light, level)), "image/svg+xml", f"{link_id}.svg")


@get("/v1/partner/links/{link_id:str}/qr.png", tags=["partner"], opt={"openapi_answer": PNG}, raises=RAISED)
async def draw_own_qr_png(
    caller: NamedDependency[Partner],
    db: NamedDependency[Connection],
    state: State,
    link_id: FromPath[str],
    size: Size = 512,
    border: Border = qr.MARGIN,
    dark: Dark = "000000",
    light: Light = "ffffff",
    level: ErrorLevel = "M",
) -> Response[bytes]:
    """The link's `short_url` as a QR code, a picture of at most `size` pixels: modules are whole ones."""
    text = await _text(db, caller, link_id, state.settings)
    return answer(qr.png(text, looks(size, border, dark, light, level)), "image/png", f"{link_id}.png")


async def _text(db: Connection, caller: Caller, link_id: str, settings: Settings) -> str:
    return show.short_url(await actions.get(db, caller, ids.read("lnk", link_id)), settings)


ROUTES: list[ControllerRouterHandler] = [draw_own_qr_svg, draw_own_qr_png]
