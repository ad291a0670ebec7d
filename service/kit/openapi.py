"""The OpenAPI document: Litestar's skeleton, with every schema made by msgspec.

Litestar's own schemas lose contract (additionalProperties, bounds on nullable fields, list defaults), and its
errors are not ours; so bodies, answers, parameters and problems are written anew from the handlers' types.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple, cast, get_args, get_origin

import msgspec
from litestar import Litestar, Request, Response, get
from litestar.enums import MediaType
from litestar.handlers import HTTPRouteHandler
from litestar.openapi import OpenAPIConfig
from litestar.openapi.spec import Contact, License, Server
from litestar.routes import HTTPRoute
from litestar.types import ControllerRouterHandler
from litestar.typing import FieldDefinition

from service.kit import times_in_schemas
from service.kit.hosts import UnknownHost
from service.kit.idempotency.problems import AnswerGone, BadKey, StillRunning
from service.kit.problems import (
    BadRequest,
    Forbidden,
    IdempotencyMismatch,
    InvalidInput,
    Problem,
    TooManyRequests,
    Unauthorized,
    Unavailable,
)

EXPOSED = [
    "ETag",
    "Idempotency-Expires",
    "Idempotency-Replayed",
    "Location",
    "RateLimit",
    "RateLimit-Policy",
    "Retry-After",
    "X-Request-Id",
    "Content-Disposition",
]
_REF = "#/components/schemas/{name}"
_BOUNDS = {
    "ge": "minimum",
    "gt": "exclusiveMinimum",
    "le": "maximum",
    "lt": "exclusiveMaximum",
    "min_length": "minLength",
    "max_length": "maxLength",
    "pattern": "pattern",
}
_SECURITY = {
    "bearer": {
        "type": "http",
        "scheme": "bearer",
        "description": "A secret key `sk_...`, or the access token of POST /v1/auth/token.",
    },
    "ticket": {
        "type": "apiKey",
        "in": "query",
        "name": "ticket",
        "description": "A ticket of POST /v1/auth/tickets, for one path, GET only.",
    },
}
_IDEMPOTENCY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "A repeated request with the same key and body has one effect and the same answer.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
}

# What each group of operations is for; the application fills it, and a tag without a line here is an error.
TAGS: dict[str, str] = {"operations": "Is the service alive and ready, and what does it count."}

CONFIG = OpenAPIConfig(
    title="elci",
    version="1",
    description="Influencer discovery, reach planning, campaigns, links, conversions and commissions.",
    contact=Contact(name="elci"),
    license=License(name="Apache-2.0", identifier="Apache-2.0"),
    servers=[Server(url="/")],
    path="/docs/generated",
    render_plugins=[],
    create_examples=False,
    use_handler_docstrings=True,
    operation_id_creator=lambda handler, method, paths: handler.handler_name,
)


class FailedField(msgspec.Struct):
    """A field or parameter that fails, and why."""

    path: str
    message: str


class ProblemDetails(msgspec.Struct, rename={"kind": "type"}):
    """An error (RFC 9457). `type` is stable; `errors` lists every failing field."""

    kind: str
    title: str
    status: int
    detail: str
    errors: list[FailedField] | msgspec.UnsetType = msgspec.UNSET


class Operation(NamedTuple):
    """A handler, and its part of the document."""

    handler: HTTPRouteHandler
    method: str
    document: dict[str, Any]


def document(app: Litestar) -> dict[str, Any]:
    """The whole document, made once per application."""
    made: dict[str, Any] | None = app.state.get("openapi")
    if made is None:
        made = app.state["openapi"] = _document(app)
    return made


def render(app: Litestar) -> bytes:
    """The document as openapi/openapi.json holds it."""
    return msgspec.json.format(msgspec.json.encode(document(app)), indent=2) + b"\n"


def operations(app: Litestar, paths: dict[str, Any]) -> Iterator[Operation]:
    """Every operation of the document with its handler."""
    for route in app.routes:
        if not isinstance(route, HTTPRoute):
            continue
        for method, (handler, _) in route.route_handler_map.items():
            found = paths.get(route.path_format, {}).get(method.lower())
            if found is not None:
                yield Operation(handler, method.lower(), found)


def _document(app: Litestar) -> dict[str, Any]:
    made = app.openapi_schema.to_schema()
    found = list(operations(app, made["paths"]))
    bodies = [_body_type(operation.handler) for operation in found]
    answers = [_answer_type(operation.handler) for operation in found]
    types = [kind for kind in (*bodies, *answers, ProblemDetails) if kind is not None]
    schemas, components = msgspec.json.schema_components(types, ref_template=_REF)
    times_in_schemas.mark(types, schemas, components)
    by_type = iter(schemas)
    body_schemas = [None if kind is None else next(by_type) for kind in bodies]
    answer_schemas = [None if kind is None else next(by_type) for kind in answers]
    for operation, body, answer in zip(found, body_schemas, answer_schemas, strict=True):
        _complete(operation, body, answer)
    for schema in components.values():
        _without_object_defaults(schema)
    made["components"] = {"schemas": dict(sorted(components.items())), "securitySchemes": _SECURITY}
    made["security"] = [{"bearer": []}]
    made["paths"] = dict(sorted(made["paths"].items()))
    return _with_tags(made)


def _without_object_defaults(schema: dict[str, Any]) -> None:
    """A whole object as the default of one of several types stops generators (openapi-python-client)."""
    for field in schema.get("properties", {}).values():
        if "anyOf" in field and isinstance(field.get("default"), dict):
            del field["default"]


def _with_tags(made: dict[str, Any]) -> dict[str, Any]:
    tags = {tag for item in made["paths"].values() for one in item.values() for tag in one.get("tags", [])}
    return {**made, "tags": [{"name": tag, "description": TAGS[tag]} for tag in sorted(tags)]}


def _body_type(handler: HTTPRouteHandler) -> Any:
    data = handler.parsed_fn_signature.parameters.get("data")
    if data is None or data.annotation is bytes:
        return None
    # A batch is read item by item, so that one bad item fails alone; the document tells the items' type.
    return handler.opt.get("body_type", data.annotation)


def _answer_type(handler: HTTPRouteHandler) -> Any:
    annotation = handler.parsed_fn_signature.return_type.annotation
    if get_origin(annotation) is not None and _is_response(get_origin(annotation)):
        annotation = (*get_args(annotation), None)[0]
    if annotation in (None, type(None), Any, bytes, str) or _is_response(annotation):
        return None
    return annotation


def _is_response(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Response)


def _complete(operation: Operation, body: Any, answer: Any) -> None:
    made, handler = operation.document, operation.handler
    given = handler.opt.get("openapi_body")
    if given is not None:
        made["requestBody"] = {"required": True, "content": given}
    elif body is not None:
        made["requestBody"] = {
            "required": not _has_default(handler),
            "content": {"application/json": {"schema": body}},
        }
    made["summary"] = handler.summary or made["operationId"].replace("_", " ").capitalize()
    _complete_parameters(operation)
    made["responses"] = {**_successes(operation, answer), **_problems(operation)}
    scope = _scope(handler)
    if scope is None:
        made["security"] = [{}]
    else:
        made.pop("security", None)
        made["x-scope"] = scope
        if operation.method == "get":
            made["security"] = [{"bearer": []}, {"ticket": []}]


def _has_default(handler: HTTPRouteHandler) -> bool:
    return handler.parsed_fn_signature.parameters["data"].has_default


def _scope(handler: HTTPRouteHandler) -> str | None:
    caller = handler.parsed_fn_signature.parameters.get("caller")
    return None if caller is None else next((m.scope for m in caller.metadata if hasattr(m, "scope")), "")


def _complete_parameters(operation: Operation) -> None:
    fields = {
        (getattr(field.kwarg_definition, "query", None) or name): field
        for name, field in operation.handler.parsed_fn_signature.parameters.items()
    }
    for parameter in operation.document.get("parameters", []):
        field = fields.get(parameter["name"])
        if field is not None:
            parameter["schema"] = _parameter_schema(field)
            parameter["required"] = parameter["in"] == "path" or not field.has_default
        for silent in ("deprecated", "allowEmptyValue", "allowReserved"):
            if parameter.get(silent) is False:
                del parameter[silent]
    if operation.method == "post" and _scope(operation.handler) is not None:
        operation.document.setdefault("parameters", []).append(_IDEMPOTENCY)


def _parameter_schema(field: FieldDefinition) -> dict[str, Any]:
    # A missing parameter is one that is left out: null is no value of it.
    options = [kind for kind in get_args(field.annotation) if kind is not type(None)]
    kind = options[0] if type(None) in get_args(field.annotation) else field.annotation
    made: dict[str, Any] = msgspec.json.schema(kind)
    made.update(
        {
            name: getattr(field.kwarg_definition, bound)
            for bound, name in _BOUNDS.items()
            if getattr(field.kwarg_definition, bound, None) is not None
        }
    )
    if field.has_default and isinstance(field.default, (int, str, bool, float)):
        made["default"] = field.default
    return made


def _successes(operation: Operation, answer: Any) -> dict[str, Any]:
    answers = operation.document["responses"]
    kept = {status: told for status, told in answers.items() if int(status) < 400}
    given = operation.handler.opt.get("openapi_answer")
    others = operation.handler.responses or {}
    for status, told in kept.items():
        content = told.get("content", {})
        if (other := others.get(int(status))) is not None:
            # Another success than the usual one has a type of its own, which some operation answers with.
            schema = {"$ref": _REF.format(name=cast(type, other.data_container).__name__)}
            told["content"] = {MediaType.JSON.value: {"schema": schema}}
        elif given is not None:
            told["content"] = given
        elif answer is not None and (not content or MediaType.JSON.value in content):
            told["content"] = {MediaType.JSON.value: {"schema": answer}}
        told.pop("headers", None) if told.get("headers") == {} else None
    return kept


def _problems(operation: Operation) -> dict[str, Any]:
    by_status: dict[str, list[type[Problem]]] = {}
    for problem in raised(operation.handler, operation.method):
        by_status.setdefault(str(problem.status_code), []).append(problem)
    return {status: _problem_response(kinds) for status, kinds in sorted(by_status.items())}


def raised(handler: HTTPRouteHandler, method: str) -> list[type[Problem]]:
    """The problems that an operation may answer with: its own and those of every operation."""
    own = [kind for kind in handler.raises or () if issubclass(kind, Problem)]
    common: list[type[Problem]] = [BadRequest, InvalidInput, UnknownHost, TooManyRequests, Unavailable]
    if _scope(handler) is not None:
        common += [Unauthorized, Forbidden]
        common += [IdempotencyMismatch, BadKey, StillRunning, AnswerGone] if method == "post" else []
    return list(dict.fromkeys([*own, *common]))


def _problem_response(kinds: list[type[Problem]]) -> dict[str, Any]:
    return {
        "description": "; ".join(dict.fromkeys(kind.title for kind in kinds)),
        "content": {"application/problem+json": {"schema": {"$ref": _REF.format(name="ProblemDetails")}}},
        "x-problem-types": sorted({f"/problems/{kind.slug}" for kind in kinds}),
    }


@get("/openapi.json", include_in_schema=False, sync_to_thread=False)
def openapi_json(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The document, for builders of front ends and makers of clients."""
    return Response(msgspec.json.encode(document(request.app)), media_type="application/json")


ROUTES: list[ControllerRouterHandler] = [openapi_json]
