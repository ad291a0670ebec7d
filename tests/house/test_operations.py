"""Rules that every operation of the API keeps."""

import re

import msgspec
from litestar import Litestar
from litestar.routes import HTTPRoute

from service.accounts.callers import needed
from service.kit import openapi

# Operations that anyone may call: their own token, code or nothing protects them.
PUBLIC = re.compile(
    r"^/(p/.*|join/.*|n/\{token\}(/stop)?|unsubscribe/\{token\}|healthz|readyz|metrics|openapi\.json|docs.*|elci\.js"
    r"|v1/auth/(token|refresh|logout|password.*)"
    r"|v1/invitations/\{token\}(/accept)?|v1/shared/.*|in/\{token\}(/\{rest\})?"
    r"|v1/partner/(login|token|refresh|logout|invitations/\{token\}))$"
)


def test_committed_document_is_the_code_s(app: Litestar, request) -> None:
    committed = (request.config.rootpath / "openapi" / "openapi.json").read_bytes()
    assert committed == openapi.render(app), "run `./elci openapi` and commit openapi/openapi.json"


def test_each_type_has_a_name_of_its_own(app: Litestar) -> None:
    # Two types of one name are shown with their modules, which makers of clients stumble over.
    assert [name for name in openapi.document(app)["components"]["schemas"] if "." in name] == []


def test_operation_ids_are_unique_names(app: Litestar) -> None:
    found = [operation.document["operationId"] for operation in _operations(app)]
    assert len(found) == len(set(found))
    assert all(re.fullmatch("[a-z][a-z0-9_]+", name) for name in found)


def test_every_operation_says_who_may_call_it(app: Litestar) -> None:
    for route in app.routes:
        if not isinstance(route, HTTPRoute):
            continue
        for handler, _ in route.route_handler_map.values():
            public = bool(PUBLIC.match(route.path_format))
            options = set(route.route_handler_map) == {"OPTIONS"}
            assert options or (needed(handler) is None) == public or handler.http_methods == {"OPTIONS"}, (
                route.path_format
            )


def test_every_operation_is_described(app: Litestar) -> None:
    for operation in _operations(app):
        made = operation.document
        assert made.get("description") or made.get("summary"), made["operationId"]
        assert made.get("tags"), made["operationId"]
        assert any(int(status) < 400 for status in made["responses"]), made["operationId"]


def test_bodies_refuse_unknown_fields(app: Litestar) -> None:
    for operation in _operations(app):
        data = operation.handler.parsed_fn_signature.parameters.get("data")
        kind = getattr(data, "annotation", None)
        if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
            assert kind.__struct_config__.forbid_unknown_fields, f"{kind} of {operation.handler}"


def test_problem_types_are_stable(app: Litestar) -> None:
    slugs: dict[str, str] = {}
    for operation in _operations(app):
        for problem in openapi.raised(operation.handler, operation.method):
            assert slugs.setdefault(problem.slug, problem.title) == problem.title, problem.slug


def _operations(app: Litestar) -> list[openapi.Operation]:
    return list(openapi.operations(app, openapi.document(app)["paths"]))
