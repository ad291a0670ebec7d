"""How rows of the search tables are written: many at once, and only those that are other than before."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import msgspec

from service.discovery.index.rows import NamesRow, SearchRow, digest

Row = SearchRow | NamesRow


class Column(NamedTuple):
    """A column: its type, the type it travels as in an array, and how a value is made ready for that."""

    kind: str
    sent: str
    ready: Callable[[Any], Any] | None = None


def _array(values: list[str]) -> str:
    """A text[] as PostgreSQL writes it: arrays of arrays of unequal length can't be sent."""
    quoted = ('"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"' for value in values)
    return "{" + ",".join(quoted) + "}"


def _json(value: dict[str, Any] | None) -> str | None:
    return None if value is None else msgspec.json.encode(value).decode()


def plain(kind: str) -> Column:
    return Column(kind, kind)


SEARCH: dict[str, Column] = {
    "influencer_id": plain("uuid"),
    "account_id": plain("uuid"),
    "platform": plain("text"),
    "verified": plain("boolean"),
    "siblings": plain("integer"),
    "shuffle": plain("integer"),
    "followers": plain("bigint"),
    "avg_views": plain("float8"),
    "engagement_rate": plain("float8"),
    "growth": plain("float8"),
    "price": plain("bigint"),
    "currency": plain("text"),
    "cost_per_1000_views": plain("float8"),
    "last_post_at": plain("timestamptz"),
    "name_key": plain("text"),
    "country": plain("text"),
    "city": plain("text"),
    "languages": Column("text[]", "text", _array),
    "has_email": plain("boolean"),
    "categories": Column("text[]", "text", _array),
    "prices": Column("jsonb", "text", _json),
    "audience": Column("jsonb", "text", _json),
    "labels": Column("text[]", "text", _array),
    "name_tokens": Column("tsvector", "text"),
    "tokens": Column("tsvector", "text"),
    "post_tokens": Column("tsvector", "text"),
}
NAMES: dict[str, Column] = {
    "influencer_id": plain("uuid"),
    "reach": plain("bigint"),
    "keys": Column("text[]", "text", _array),
    "trigrams": Column("tsvector", "text"),
}


def upsert(table: str, key: str, columns: dict[str, Column]) -> str:
    """The statement that writes rows: after the workspace one array a column, the last of digests."""
    all_columns = {**columns, "digest": plain("bigint")}
    arrays = ", ".join(f"${at}::{each.sent}[]" for at, each in enumerate(all_columns.values(), 2))
    read = ", ".join(
        name if each.kind == each.sent else f"{name}::{each.kind}" for name, each in all_columns.items()
    )
    names = ", ".join(all_columns)
    changed = ", ".join(f"{name} = excluded.{name}" for name in all_columns)
    return (
        f"insert into {table} (workspace_id, {names}) select $1, {read} from unnest({arrays}) as new({names})"
        f" on conflict (workspace_id, {key}) do update set {changed}"
        f" where {table}.digest <> excluded.digest"
    )


def arrays(rows: Sequence[Row], columns: dict[str, Column]) -> list[list[Any]]:
    """The values of rows, one list a column, digests last."""
    by_column = zip(*(msgspec.structs.astuple(row) for row in rows), strict=True)
    made = [
        list(values) if each.ready is None else [each.ready(value) for value in values]
        for each, values in zip(columns.values(), by_column, strict=True)
    ]
    return [*made, [digest(row) for row in rows]]
