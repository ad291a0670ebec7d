"""Exceptions into problem details: a client's fault is 4xx and said, our own is 500 and logged."""

import re
from collections.abc import Callable, Mapping
from typing import Any

import asyncpg
import msgspec
import structlog
from litestar import Request, Response
from litestar.exceptions import HTTPException, ValidationException
from litestar.types import ExceptionHandlersMap
from litestar.utils.scope.state import ScopeState

from service.kit import problems, requests
from service.kit.problems import InvalidInput, Problem
from service.kit.translation import in_turkish, wants_turkish
from service.kit.validation import field_errors

log = structlog.get_logger("elci.errors")
AnyRequest = Request[Any, Any, Any]
Constraints = Mapping[str, type[Problem]]

# What a handler's missing `data` comes as.
_NO_BODY = [{"path": "data", "message": "'data'"}]
_BY_STATUS: dict[int, type[Problem]] = {
    400: problems.BadRequest,
    401: problems.Unauthorized,
    403: problems.Forbidden,
    404: problems.NotFound,
    405: problems.MethodNotAllowed,
    413: problems.TooLarge,
    415: problems.Unsupported,
    429: problems.TooManyRequests,
    503: problems.Unavailable,
}
# Litestar's words, of which the rest quotes the URL.
_MISSING = re.compile(r"Missing required \w+ parameter '(?P<name>[^']+)'")
_TRY_AGAIN = {"Retry-After": "2"}
_DATABASE_AWAY = (
    asyncpg.PostgresConnectionError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.QueryCanceledError,
    asyncpg.InsufficientResourcesError,
    asyncpg.DeadlockDetectedError,
    asyncpg.SerializationError,
    asyncpg.LockNotAvailableError,
    asyncpg.ReadOnlySQLTransactionError,
    OSError,
    TimeoutError,
)


def exception_handlers(constraints: Constraints) -> ExceptionHandlersMap:
    """The handlers of the application. `constraints` maps a constraint's name to the problem it means."""

    def answer(request: AnyRequest, error: Exception) -> Response[bytes]:
        problem = as_problem(request, error, constraints)
        if problem.status_code >= 500 and not isinstance(error, Problem):
            log.error("request failed", exc_info=error, path=request.url.path, status=problem.status_code)
        return response(problem, turkish=wants_turkish(request.headers.get("accept-language")))

    return {Exception: answer}


def response(problem: Problem, *, turkish: bool = False) -> Response[bytes]:
    """The answer that a problem is."""
    body = in_turkish(problem) if turkish else problem.body()
    headers = {**problem.headers_out, "Cache-Control": "no-store"}
    if type(problem).status_code == 401:
        headers.setdefault("WWW-Authenticate", "Bearer")
    return Response(
        msgspec.json.encode(body),
        status_code=type(problem).status_code,
        media_type="application/problem+json",
        headers=headers,
    )


def as_problem(request: AnyRequest, error: Exception, constraints: Constraints) -> Problem:
    """The problem that an exception means; 500 without any detail for what is our own fault."""
    for kind, translate in _TRANSLATIONS.items():
        if isinstance(error, kind):
            return translate(request, error, constraints)
    if isinstance(error, _DATABASE_AWAY) or _went_away(error):
        return problems.Unavailable("the database does not answer now", headers=_TRY_AGAIN)
    return Problem("something went wrong on our side; the log has it under this request's id")


def _went_away(error: BaseException) -> bool:
    """Whether a transaction could not even be rolled back: what its end raises comes as a group."""
    if not isinstance(error, BaseExceptionGroup):
        return False
    return all(isinstance(each, _DATABASE_AWAY) or _went_away(each) for each in error.exceptions)


def _own(request: AnyRequest, error: Any, constraints: Constraints) -> Problem:
    return error  # type: ignore[no-any-return]


def _invalid(request: AnyRequest, error: ValidationException, constraints: Constraints) -> Problem:
    errors = _body_errors(request) or [
        {"path": requests.name_of(request, str(item.get("key", ""))), "message": str(item.get("message", ""))}
        for item in error.extra or []
        if isinstance(item, dict)
    ]
    if errors == _NO_BODY:
        errors = [{"path": "", "message": "a body is required"}]
    missing = _MISSING.match(error.detail)
    if not errors and missing:
        errors = [{"path": missing["name"], "message": "is required"}]
    where = ", ".join(item["path"] for item in errors[:3])
    return InvalidInput(f"{len(errors)} field(s) are not as they should be: {where}", errors=errors)


def _body_errors(request: AnyRequest) -> list[dict[str, str]]:
    data = request.route_handler.parsed_fn_signature.parameters.get("data")
    body = ScopeState.from_scope(request.scope).body
    if data is None or not isinstance(body, bytes):
        return []
    try:
        value = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return []
    return [item._asdict() for item in field_errors(data.annotation, value)]


def _http(request: AnyRequest, error: HTTPException, constraints: Constraints) -> Problem:
    kind = _BY_STATUS.get(error.status_code)
    if kind is None:
        return Problem() if error.status_code >= 500 else problems.BadRequest(error.detail)
    # Litestar's own detail quotes the URL, and with it what stood in the query string.
    quotes_url = error.status_code in (404, 405)
    return kind() if quotes_url else kind(error.detail)


def _unique(request: AnyRequest, error: asyncpg.UniqueViolationError, constraints: Constraints) -> Problem:
    return constraints.get(error.constraint_name or "", problems.Conflict)()


def _foreign(
    request: AnyRequest, error: asyncpg.ForeignKeyViolationError, constraints: Constraints
) -> Problem:
    return constraints.get(error.constraint_name or "", problems.NotFound)()


def _check(request: AnyRequest, error: asyncpg.CheckViolationError, constraints: Constraints) -> Problem:
    return constraints.get(error.constraint_name or "", problems.BadRequest)()


def _data(request: AnyRequest, error: Exception, constraints: Constraints) -> Problem:
    return problems.BadRequest(
        "a value can't be stored (a NUL character, a lone surrogate, or a number too large)"
    )


def _deep(request: AnyRequest, error: Exception, constraints: Constraints) -> Problem:
    return problems.BadRequest("the JSON is nested too deeply")


def _encoding(request: AnyRequest, error: Exception, constraints: Constraints) -> Problem:
    return problems.BadRequest("the text is not UTF-8")


_TRANSLATIONS: dict[type[Exception], Callable[[AnyRequest, Any, Constraints], Problem]] = {
    Problem: _own,
    ValidationException: _invalid,
    HTTPException: _http,
    asyncpg.UniqueViolationError: _unique,
    asyncpg.ForeignKeyViolationError: _foreign,
    asyncpg.CheckViolationError: _check,
    asyncpg.DataError: _data,
    asyncpg.UntranslatableCharacterError: _data,
    RecursionError: _deep,
    UnicodeError: _encoding,
}
