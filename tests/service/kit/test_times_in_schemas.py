"""Times inside of everything that an answer may be made of."""

from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar

import msgspec
import pytest
from msgspec import Meta, Struct

from service.kit import times_in_schemas

T = TypeVar("T")


class Inner(Struct):
    at: datetime


class One(Struct, tag=True):
    at: datetime


class Two(Struct, tag=True):
    until: datetime | None
    inner: Inner


class Listed(Struct, Generic[T]):
    data: list[T]


class Chain(Struct):
    at: Annotated[datetime, Meta(description="when")]
    next: "Chain | None" = None


KINDS = [
    (datetime, 1),
    (list[datetime | None], 1),
    (dict[str, datetime], 1),
    (tuple[str, datetime], 1),
    (Inner | None, 1),
    (str | Inner | None, 1),
    (list[One | Two], 3),
    (One | Two | None, 3),
    (int | One | Two | None, 3),
    (Listed[Inner], 1),
    (Chain, 1),
    (Listed[str], 0),
]


def _times(schema: Any) -> int:
    if isinstance(schema, dict):
        return (schema.get("format") == "date-time") + sum(map(_times, schema.values()))
    return sum(map(_times, schema)) if isinstance(schema, list) else 0


@pytest.mark.parametrize(("kind", "times"), KINDS, ids=[str(at) for at in range(len(KINDS))])
def test_each_time_is_marked(kind: Any, times: int) -> None:
    schemas, components = msgspec.json.schema_components([kind], ref_template="#/c/{name}")
    before = msgspec.json.decode(msgspec.json.encode([*schemas, components]))
    times_in_schemas.mark([kind], schemas, components)
    assert _times([*schemas, components]) == times
    assert _times(before) == 0
