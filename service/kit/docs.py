"""/docs: the OpenAPI document as pages, from assets that lie beside the code (no internet needed)."""

from pathlib import Path

from litestar import Response, get
from litestar.static_files import create_static_files_router
from litestar.types import ControllerRouterHandler

_ASSETS = Path(__file__).parent.parent / "vendor" / "swagger-ui"
_PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>elci API</title>
<link rel="icon" href="/docs/assets/favicon-32x32.png">
<link rel="stylesheet" href="/docs/assets/swagger-ui.css">
</head>
<body>
<div id="pages"></div>
<script src="/docs/assets/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
"""
_START = """SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#pages",
  deepLinking: true,
  persistAuthorization: true,
  docExpansion: "none",
  filter: true,
  validatorUrl: null,
});
"""
# The pages run their own scripts only; styles are set inline by the library.
_SOURCES = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"
_POLICY = {"Content-Security-Policy": _SOURCES}


@get("/docs", include_in_schema=False, sync_to_thread=False)
def docs() -> Response[str]:
    """The page."""
    return Response(_PAGE, media_type="text/html; charset=utf-8", headers=_POLICY)


@get("/docs/start.js", include_in_schema=False, sync_to_thread=False)
def start() -> Response[str]:
    """The page's one script."""
    return Response(_START, media_type="text/javascript; charset=utf-8")


ROUTES: list[ControllerRouterHandler] = [
    docs,
    start,
    create_static_files_router(path="/docs/assets", directories=[_ASSETS], include_in_schema=False),
]
