"""GET /elci.js: the script for the shop's own pages."""

import hashlib
from typing import Any, Final

from litestar import Request, Response, get
from litestar.types import ControllerRouterHandler

from service.links.snippet.build import BUILT

_SCRIPT: Final = BUILT.read_bytes()
_ETAG: Final = f'"{hashlib.sha256(_SCRIPT).hexdigest()[:24]}"'
# An hour, so that a new version reaches every page the same day. Any site may load it, also with a hash of
# its content (integrity needs crossorigin, and CORS); such a page has to change its hash with the version.
_HEADERS: Final = {
    "Cache-Control": "public, max-age=3600, stale-while-revalidate=86400",
    "ETag": _ETAG,
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Content-Type-Options": "nosniff",
}


@get("/elci.js", include_in_schema=False, sync_to_thread=False)
def get_script(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The script; it is the same for every workspace."""
    asked = [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]
    if _ETAG in asked or "*" in asked:
        return Response(b"", status_code=304, headers=_HEADERS)
    return Response(_SCRIPT, media_type="text/javascript; charset=utf-8", headers=_HEADERS)


ROUTES: list[ControllerRouterHandler] = [get_script]
