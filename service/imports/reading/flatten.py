"""Nested JSON records as flat ones: `{"stats": {"avgLikes": {"value": 9}}}` becomes `{"stats.avgLikes.value": 9}`.

Lists stay one cell: of scalars (languages), or of objects (an audience's countries with their shares), which the
fields that take them can read.
"""

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
