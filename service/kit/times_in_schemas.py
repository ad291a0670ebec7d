"""`format: date-time` for every time of the document: msgspec marks those alone that must have a zone, as in
bodies; in answers all have one."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import inspect

Schema = dict[str, Any]
_LISTS = (inspect.ListType, inspect.SetType, inspect.FrozenSetType, inspect.VarTupleType)


def mark(types: Sequence[Any], schemas: Sequence[Schema], components: dict[str, Schema]) -> None:
    """Marks the times in the schemas of these types, and in the components that they refer to.

    >>> import msgspec, datetime
    >>> Seen = msgspec.defstruct("Seen", [("at", datetime.datetime | None), ("name", str)])
    >>> schemas, components = msgspec.json.schema_components([Seen], ref_template="#/{name}")
    >>> mark([Seen], schemas, components)
    >>> components["Seen"]["properties"]["at"]
    {'anyOf': [{'type': 'string', 'format': 'date-time'}, {'type': 'null'}]}
    >>> components["Seen"]["properties"]["name"]
    {'type': 'string'}
    """
    left = list(zip(inspect.multi_type_info(types), schemas, strict=True))
    done: set[str] = set()
    while left:
        kind, schema = left.pop()
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            if name not in done:
                done.add(name)
                left.append((kind, components[name]))
        elif isinstance(kind, inspect.DateTimeType):
            schema["format"] = "date-time"
        else:
            left += _parts(kind, schema)


def _parts(kind: inspect.Type, schema: Schema) -> Iterator[tuple[inspect.Type, Schema]]:
    """What a type is made of, beside its schemas."""
    if isinstance(kind, inspect.Metadata):
        yield kind.type, schema
    elif isinstance(kind, inspect.StructType | inspect.DataclassType):
        properties = schema.get("properties", {})
        yield from (
            (field.type, properties[field.encode_name])
            for field in kind.fields
            if field.encode_name in properties
        )
    elif isinstance(kind, _LISTS) and isinstance(schema.get("items"), dict):
        yield kind.item_type, schema["items"]
    elif isinstance(kind, inspect.TupleType):
        yield from zip(kind.item_types, schema.get("prefixItems", []), strict=False)
    elif isinstance(kind, inspect.DictType) and isinstance(schema.get("additionalProperties"), dict):
        yield kind.value_type, schema["additionalProperties"]
    elif isinstance(kind, inspect.UnionType):
        yield from _options(kind.types, schema)


def _options(kinds: Iterable[inspect.Type], schema: Schema) -> Iterator[tuple[inspect.Type, Schema]]:
    """msgspec tells structs behind the rest, several of them (a tag tells them apart) as a union of their own
    where there is a rest, and null last."""
    structs: list[inspect.Type] = []
    others: list[inspect.Type] = []
    for kind in kinds:
        plain = kind
        while isinstance(plain, inspect.Metadata):
            plain = plain.type
        if not isinstance(plain, inspect.NoneType):
            is_struct = isinstance(plain, inspect.StructType) and not plain.array_like
            (structs if is_struct else others).append(kind)
    options = schema.get("anyOf", [])
    yield from zip(others, options, strict=False)
    rest = options[len(others) :]
    if len(structs) > 1 and "anyOf" in rest[0]:
        rest = rest[0]["anyOf"]
    yield from zip(structs, rest, strict=False)
