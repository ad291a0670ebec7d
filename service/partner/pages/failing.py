"""What goes wrong, as a page in the visitor's language."""

import re
from typing import Any

import structlog
from litestar import Request, Response

from service.kit.answers import as_problem
from service.kit.problems import Problem
from service.kit.translation import titles
from service.partner.pages.problems import ForeignForm, NotLoggedIn
from service.partner.pages.visiting import Visitor, stranger

log = structlog.get_logger("elci.errors")
_OWN_PAGE = re.compile(r"/p/me(/[a-z0-9_.]{1,40}){0,2}")
_HINTS = {404: "error_404", 429: "error_429"}


def answer(request: Request[Any, Any, Any], error: Exception) -> Response[Any]:
    """The page of an exception; who has to log in is asked to."""
    problem = as_problem(request, error, request.app.state.constraints)
    status = type(problem).status_code
    if status >= 500 and not isinstance(error, Problem):
        log.error("request failed", exc_info=error, path=request.url.path, status=status)
    here = stranger(request)
    if isinstance(problem, NotLoggedIn):
        return here.go(f"/p/login?next={own_page(request.url.path)}")
    page = here.page("error.jinja", status, title=title(problem, here), hint=_hint(problem, here))
    page.headers.update(problem.headers_out)
    return page


def own_page(path: str) -> str:
    """A page to come back to after the log-in; anything else is the first one.

    >>> own_page("/p/me/links"), own_page("//evil.example"), own_page("/p/me/../x")
    ('/p/me/links', '/p/me', '/p/me')
    """
    return path if _OWN_PAGE.fullmatch(path) and ".." not in path else "/p/me"


def title(problem: Problem, here: Visitor) -> str:
    """What went wrong, in the visitor's language."""
    return titles().get(problem.title, problem.title) if here.language == "tr" else problem.title


def _hint(problem: Problem, here: Visitor) -> str:
    if isinstance(problem, ForeignForm):
        return here.text("foreign_form")
    status = type(problem).status_code
    return here.text("error_5" if status >= 500 else _HINTS.get(status, "error_other"))
