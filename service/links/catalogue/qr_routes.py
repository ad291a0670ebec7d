"""GET /v1/links/{id}/qr.svg and qr.png: an img element asks with a ticket."""

from typing import Annotated

from litestar import Response, get
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import FromPath, QueryParameter
from litestar.types import ControllerRouterHandler

from service.accounts.callers import Caller, May
from service.kit import ids
from service.kit.db import Connection
from service.kit.problems import InvalidInput
from service.links.catalogue import qr, show, store
from service.links.catalogue.qr import Level, Looks
from service.links.problems import UnknownLink
from service.settings import Settings

Reader = Annotated[Caller, May("links:read")]
Size = Annotated[int, QueryParameter(ge=64, le=4_096, description="the edge in pixels")]
Border = Annotated[int, QueryParameter(ge=0, le=20, description="white modules around; readers want 4")]
Dark = Annotated[str, QueryParameter(pattern="^[0-9a-fA-F]{6}$", description="colour of the modules")]
Light = Annotated[str, QueryParameter(pattern="^[0-9a-fA-F]{6}$", description="colour behind them")]
ErrorLevel = Annotated[Level, QueryParameter(description="how much of it may be covered: L 7%, H 30%")]
SVG = {"image/svg+xml": {"schema": {"type": "string"}}}
PNG = {"image/png": {"schema": {"type": "string", "format": "binary"}}}
RAISED = [UnknownLink, InvalidInput]


@get("/v1/links/{link_id:str}/qr.svg", tags=["links"], opt={"openapi_answer": SVG}, raises=RAISED)
async def draw_qr_svg(
    caller: NamedDependency[Reader],
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


@get("/v1/links/{link_id:str}/qr.png", tags=["links"], opt={"openapi_answer": PNG}, raises=RAISED)
async def draw_qr_png(
    caller: NamedDependency[Reader],
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
    row = await store.get_link(db, caller.workspace_id, ids.read("lnk", link_id))
    return show.short_url(row, settings)


def looks(size: int, border: int, dark: str, light: str, level: Level) -> Looks:
    """The parameters as they are drawn. Raises InvalidInput where no reader tells the colours apart."""
    found = Looks(size, border, dark.lower(), light.lower(), level)
    if not qr.is_readable(found):
        message = "has to be darker than light, with a contrast of 3 or more"
        raise InvalidInput(
            "no reader tells these colours apart", errors=[{"path": "dark", "message": message}]
        )
    return found


def answer(body: bytes, kind: str, filename: str) -> Response[bytes]:
    """A picture that pages may show and nothing runs in."""
    headers = {
        "Content-Disposition": f'inline; filename="{filename}"',
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        "Cross-Origin-Resource-Policy": "cross-origin",
        "Cache-Control": "private, max-age=300",
    }
    return Response(body, media_type=kind, headers=headers)


ROUTES: list[ControllerRouterHandler] = [draw_qr_svg, draw_qr_png]
