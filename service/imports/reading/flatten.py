"""Nested JSON records as flat ones: `{"stats": {"avgLikes": {"value": 9}}}` becomes
`{"stats.avgLikes.value": 9}`.

Lists stay one cell: of scalars (languages), or of objects (an audience's countries with their shares),
which the fields that take them can read.
"""

from collections.abc import Iterator
from typing import Any

from service.imports.limits import MAX_COLUMNS, MAX_DEPTH


def flatten(record: dict[str, Any]) -> dict[str, Any]:
    """Paths and values, in the record's order; at most as many as a table may have columns.

    >>> flatten({"user": {"name": "A", "langs": ["tr"]}, "n": 1})
    {'user.name': 'A', 'user.langs': ['tr'], 'n': 1}
    """
    flat: dict[str, Any] = {}
    pending: list[tuple[str, Any, int]] = [("", record, 0)]
    while pending and len(flat) < MAX_COLUMNS:
        path, value, depth = pending.pop()
        if isinstance(value, dict) and value and depth < MAX_DEPTH:
            inner = [(f"{path}.{key}" if path else str(key), each, depth + 1) for key, each in value.items()]
            pending.extend(reversed(inner))
        else:
            flat[path] = value
    return flat


def explode(record: dict[str, Any], names: frozenset[str]) -> Iterator[dict[str, Any]]:
    """One record for each entry of the lists under these names, each with all that stands beside the list.

    >>> list(explode({"name": "A", "accounts": [{"handle": "a"}, {"handle": "b"}]}, frozenset({"accounts"})))
    [{'name': 'A', 'accounts': {'handle': 'a'}}, {'name': 'A', 'accounts': {'handle': 'b'}}]
    """
    for name in names & record.keys():
        entries = record[name]
        if isinstance(entries, list) and entries and all(isinstance(entry, dict) for entry in entries):
            yield from ({**record, name: entry} for entry in entries)
            return
    yield record
