"""Templates into answers, with the headers that keep a page to itself."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar import Response
from litestar.datastructures import Cookie

FOLDER: Final = Path(__file__).parent
ASSETS: Final = FOLDER / "assets"
# No script or style but our own files, no frame around the page, and forms to ourselves alone.
POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    # An invitation's address is its key.
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Forms carry a proof of their own browser, pages the figures of one person.
    "Cache-Control": "no-store",
}


def page(
    template: str, context: dict[str, Any], cookies: list[Cookie] | None = None, status_code: int = 200
) -> Response[str]:
    """A page as an answer."""
    text = templates().get_template(template).render(context)
    return Response(
        text, status_code=status_code, media_type="text/html; charset=utf-8", headers=HEADERS, cookies=cookies
    )


@cache
def templates() -> Environment:
    """The templates: everything is escaped, and a name that isn't there is an error."""
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["asset"] = asset
    return made


@cache
def asset(name: str) -> str:
    """The address of a file, which changes with its content.

    >>> asset("pages.css").partition("?")[0]
    '/p/assets/pages.css'
    """
    digest = hashlib.sha256((ASSETS / name).read_bytes()).hexdigest()
    return f"/p/assets/{name}?v={digest[:12]}"
