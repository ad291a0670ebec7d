"""Errors as problem details (RFC 9457). This module alone knows how an error becomes HTTP."""

from typing import Any, ClassVar

from litestar.exceptions import HTTPException


class Problem(HTTPException):
    """An error with a stable type. A domain subclasses it; a handler raises it and names it in `raises`.

    `detail` says what is wrong in one sentence; `extra` members stand beside it in the answer.
    """

    status_code: int = 500
    title: ClassVar[str] = "Internal error"
    slug: ClassVar[str] = "internal-error"
    headers_out: dict[str, str]

    def __init__(self, detail: str = "", *, headers: dict[str, str] | None = None, **members: Any) -> None:
        super().__init__(detail=detail or self.title, status_code=type(self).status_code)
        self.members = members
        self.headers_out = headers or {}

    def body(self) -> dict[str, Any]:
        """The JSON members of the answer."""
        standard = {
            "type": f"/problems/{self.slug}",
            "title": self.title,
            "status": type(self).status_code,
            "detail": self.detail,
        }
        # A member of one of these names would change what RFC 9457 has them say.
        return standard | self.members | standard


class BadRequest(Problem):
    status_code = 400
    title = "Bad request"
    slug = "bad-request"


class InvalidInput(BadRequest):
    """Fields that fail: `errors` lists every one as `{path, message}`."""

    title = "Invalid input"
    slug = "invalid-input"


class Unauthorized(Problem):
    status_code = 401
    title = "Not authenticated"
    slug = "not-authenticated"


class Forbidden(Problem):
    status_code = 403
    title = "Not allowed"
    slug = "not-allowed"


class NotFound(Problem):
    status_code = 404
    title = "Not found"
    slug = "not-found"


class MethodNotAllowed(Problem):
    status_code = 405
    title = "Method not allowed"
    slug = "method-not-allowed"


class Conflict(Problem):
    status_code = 409
    title = "Conflict"
    slug = "conflict"


class PreconditionFailed(Problem):
    status_code = 412
    title = "Changed by someone else"
    slug = "precondition-failed"


class TooLarge(Problem):
    status_code = 413
    title = "Too large"
    slug = "too-large"


class Unsupported(Problem):
    status_code = 415
    title = "Unsupported media type"
    slug = "unsupported-media-type"


class IdempotencyMismatch(Problem):
    status_code = 422
    title = "Idempotency-Key used for another request"
    slug = "idempotency-key-reused"


class PreconditionRequired(Problem):
    status_code = 428
    title = "If-Match required"
    slug = "precondition-required"


class TooManyRequests(Problem):
    status_code = 429
    title = "Too many requests"
    slug = "quota-exceeded"


class NotInstalled(Problem):
    status_code = 501
    title = "Not installed"
    slug = "not-installed"


class Unavailable(Problem):
    status_code = 503
    title = "Unavailable"
    slug = "unavailable"
