"""Every failing field of a body, where msgspec stops at the first."""

import re
import typing
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

MOST_ERRORS = 100
_AT = re.compile(r" - at `\$(?P<path>[^`]*)`$")


class FieldError(NamedTuple):
    """Where (`audience.country[0].share`; empty for the whole) and what is wrong there."""

    path: str
    message: str


def field_errors(kind: Any, value: Any) -> list[FieldError]:
    """What is wrong with a decoded JSON value as `kind`: at most 100 errors, [] where nothing is."""
    found: list[FieldError] = []
    for error in _errors(kind, value, ""):
        found.append(error)
        if len(found) == MOST_ERRORS:
            break
    return found


def _errors(kind: Any, value: Any, path: str) -> Iterator[FieldError]:
    struct, items = _shape(kind, value)
    if struct is not None:
        yield from _struct_errors(struct, value, path)
    elif items is not None:
        for at, item in enumerate(value):
            yield from _errors(items, item, f"{path}[{at}]")
        yield from _own_error(kind, value, path, below=False)
    else:
        yield from _own_error(kind, value, path, below=True)


def _shape(kind: Any, value: Any) -> tuple[type[msgspec.Struct] | None, Any]:
    """The Struct that an object is read as, or the type of a list's items; (None, None) for a leaf."""
    for option in _options(kind):
        if isinstance(value, dict) and isinstance(option, type) and issubclass(option, msgspec.Struct):
            # A tagged union is left to msgspec, which knows which member is meant.
            return (option if option.__struct_config__.tag is None else None), None
        if isinstance(value, list) and typing.get_origin(option) is list:
            return None, typing.get_args(option)[0]
    return None, None


def _options(kind: Any) -> Iterator[Any]:
    if typing.get_origin(kind) is typing.Annotated:
        yield from _options(typing.get_args(kind)[0])
    elif _is_union(kind):
        for option in typing.get_args(kind):
            yield from _options(option)
    else:
        yield kind


def _is_union(kind: Any) -> bool:
    return type(kind).__name__ in ("Union", "UnionType", "_UnionGenericAlias")


def _struct_errors(struct: type[msgspec.Struct], value: dict[str, Any], path: str) -> Iterator[FieldError]:
    fields = {field.encode_name: field for field in msgspec.structs.fields(struct)}
    for name, field in fields.items():
        if name in value:
            yield from _errors(field.type, value[name], _join(path, name))
        elif field.required:
            yield FieldError(_join(path, name), "is required")
    if struct.__struct_config__.forbid_unknown_fields:
        for name in value.keys() - fields.keys():
            yield FieldError(_join(path, name), "is not a field here")


def _own_error(kind: Any, value: Any, path: str, *, below: bool) -> Iterator[FieldError]:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        message = str(error)
        at = _AT.search(message)
        # What is wrong inside an item has been said with the item's own path.
        if below or at is None:
            inner = at["path"] if at else ""
            yield FieldError(path + inner if path else inner.removeprefix("."), _AT.sub("", message))


def _join(path: str, name: str) -> str:
    shown = name if len(name) <= 100 else name[:100] + "…"
    return f"{path}.{shown}" if path else shown
