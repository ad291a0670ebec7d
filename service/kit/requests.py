"""What every request under /v1 is held to before its handler runs."""

from functools import lru_cache
from typing import Any

from litestar import Request
from litestar.handlers import HTTPRouteHandler

from service.kit.problems import InvalidInput, Unsupported

# A ticket stands in the query where a browser can't send a header; authentication has read it by then.
_ALWAYS = frozenset({"ticket"})
# For a handler's `opt`: its JSON may come as text/plain, which is all that a page's beacon can say.
BEACON = "beacon"


async def check(request: Request[Any, Any, Any]) -> None:
    """Refuses query parameters that the operation does not have, and bodies that don't say they are JSON.

    A misspelt filter that is ignored answers with everything, which nobody notices; so it is an error.
    """
    if not request.url.path.startswith("/v1/"):
        return
    handler = request.route_handler
    unknown = request.query_params.keys() - _parameters(handler, frozenset(request.path_params)) - _ALWAYS
    if unknown:
        errors = [{"path": name[:100], "message": "is not a parameter here"} for name in sorted(unknown)[:20]]
        raise InvalidInput("unknown query parameter", errors=errors)
    if _takes_json(handler) and not (_says_json(request) or handler.opt.get(BEACON)):
        raise Unsupported("the body has to be sent as application/json")


def name_of(request: Request[Any, Any, Any], argument: str) -> str:
    """What callers call a query parameter that reaches the handler as this argument."""
    handler = request.route_handler
    if not isinstance(handler, HTTPRouteHandler):
        return argument
    return _named(handler, frozenset(request.path_params)).get(argument, argument)


def _parameters(handler: HTTPRouteHandler, path: frozenset[str]) -> frozenset[str]:
    return frozenset(_named(handler, path).values())


@lru_cache(maxsize=2000)
def _named(handler: HTTPRouteHandler, path: frozenset[str]) -> dict[str, str]:
    """The operation's query parameters by the handler's arguments."""
    model = handler.create_kwargs_model(path_parameters=dict.fromkeys(path))  # type: ignore[arg-type]
    return {parameter.field_name: parameter.field_alias for parameter in model.expected_query_params}


@lru_cache(maxsize=2000)
def _takes_json(handler: HTTPRouteHandler) -> bool:
    data = handler.parsed_fn_signature.parameters.get("data")
    body = getattr(data, "kwarg_definition", None)
    return data is not None and str(getattr(body, "media_type", "")) == "application/json"


def _says_json(request: Request[Any, Any, Any]) -> bool:
    kind = (request.headers.get("content-type") or "application/json").split(";")[0].strip().lower()
    return kind == "application/json" or kind.endswith("+json")
