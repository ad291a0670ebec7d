"""Logs: one JSON object a line, with the request's id, without what must not be read in a log.

Exceptions appear as their kind and the places they passed, never with their text: a database's error quotes
the row, a parser's the input. Secrets that still get into a line are struck out by form.
"""

import logging
import re
import sys
import traceback
from collections.abc import Iterator
from typing import Any, TextIO

import msgspec
import structlog
from structlog.typing import EventDict

_STRUCK = "[redacted]"
_DEEPEST = 12
_WORD = r"[^\s@<>\"',;:()\[\]]"
# (what is found, what stands there instead), in this order. Each begins where a word begins, or with a fixed
# text, so that a long hostile line is read once and not once per character.
_FORMS: list[tuple[re.Pattern[str], str]] = [
    (re.compile(r"(?i)\b(bearer|basic)\s{1,20}[\w.~+/=-]+"), rf"\1 {_STRUCK}"),
    (re.compile(r"(?<![\w-])(sk|pk|whsec|rt|cd)_[\w-]{8,}"), rf"\1_{_STRUCK}"),
    (re.compile(r"(?<![\w-])eyJ[\w-]+\.[\w-]+\.[\w-]*"), _STRUCK),
    (
        re.compile(
            r"(?i)([?&](?:ticket|token|code|key|secret|password|signature|invitation|email)=)[^&\s\"']+"
        ),
        rf"\1{_STRUCK}",
    ),
    (re.compile(r"(/(?:in|invitations|shared|share|unsubscribe|n)/)[^/?\s\"']+"), rf"\1{_STRUCK}"),
    (re.compile(r"(://[^:/@\s]{1,100}):[^@\s/]{1,100}@"), rf"\1:{_STRUCK}@"),
    (re.compile(rf"(?<!{_WORD}){_WORD}+@{_WORD}+"), _STRUCK),
]
_SECRET_NAMES = re.compile(
    r"(?i)authorization|cookie|passw|secret|token|ticket|e_?mail|api_?key|signature|^code$"
)


def redacted(text: str) -> str:
    """The text without what looks like a credential or an e-mail address.

    >>> redacted("GET /v1/me?ticket=abc by ayse@example.com, Authorization: Bearer xyz")
    'GET /v1/me?ticket=[redacted] by [redacted], Authorization: Bearer [redacted]'
    """
    for form, instead in _FORMS:
        text = form.sub(instead, text)
    return text


def places(error: BaseException) -> list[str]:
    """Where an exception came from, outermost first, with those that caused it; no values."""
    return list(_places(error, _DEEPEST))


def _places(error: BaseException, depth: int) -> Iterator[str]:
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if earlier is not None and depth:
        yield from _places(earlier, depth - 1)
    for frame in traceback.extract_tb(error.__traceback__)[-_DEEPEST:]:
        yield f"{frame.filename}:{frame.lineno} {frame.name}"
    yield f"{type(error).__module__}.{type(error).__qualname__}"


def _show_error(logger: Any, method: str, event: EventDict) -> EventDict:
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    if isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        event["error"] = type(error).__qualname__
        event["places"] = places(error)
    return event


def _redact(logger: Any, method: str, event: EventDict) -> EventDict:
    return {name: _clean(name, value) for name, value in event.items()}


def _clean(name: str, value: Any) -> Any:
    if _SECRET_NAMES.search(name):
        return _STRUCK
    if isinstance(value, str):
        return redacted(value)
    if isinstance(value, dict):
        return {str(key): _clean(str(key), item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean("", item) for item in value]
    return value if isinstance(value, int | float | bool | None) else redacted(str(value))


def _name(logger: Any, method: str, event: EventDict) -> EventDict:
    named = event.get("_record") or logger
    event["logger"] = getattr(named, "name", "") or "elci"
    return event


def _render(logger: Any, method: str, event: EventDict) -> str:
    event["event"] = event.get("event", "")
    return msgspec.json.encode(event).decode()


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.processors.add_log_level,
    _name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    _show_error,
    _redact,
]


class _Line:
    """Writes whole lines; `name` is the logger's."""

    def __init__(self, name: str, file: TextIO) -> None:
        self.name = name
        self._file = file

    def msg(self, line: str) -> None:
        self._file.write(line + "\n")
        self._file.flush()

    debug = info = warning = error = critical = msg


def configure(level: str = "info", file: TextIO | None = None) -> None:
    """Sends the logs of the process, and of the libraries in it, to a file (standard error)."""
    out = file or sys.stderr
    structlog.configure(
        processors=[*_SHARED, _render],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level.upper())),
        logger_factory=lambda *names: _Line(names[0] if names else "", out),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, _render],
            foreign_pre_chain=_SHARED,
        )
    )
    logging.basicConfig(
        handlers=[handler], level=max(logging.INFO, getattr(logging, level.upper())), force=True
    )
    # It logs every request with its query string; `observe` has its own line.
    logging.getLogger("uvicorn.access").disabled = True
