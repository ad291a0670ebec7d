"""The records of a JSON document, built from parse events, no deeper than the limit.

Built here because ijson's own items() keeps the whole path of every event: a document that opens a hundred
thousand brackets takes gigabytes there.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from service.imports.rejects import Unreadable

Event = tuple[str, Any]

DEEPEST = 64
WRAPPERS = frozenset(
    [
        "data",
        "items",
        "item",
        "results",
        "result",
        "response",
        "rows",
        "records",
        "list",
        "payload",
        "body",
        "content",
        "kayitlar",
        "veriler",
    ]
)
"""Names under which APIs put their list, whatever it holds; a kind adds its own (`videos` for posts).
Any other list of objects belongs to one record: its posts, its audience."""

_OPEN = {"start_map": dict, "start_array": list}


def objects(events: Iterable[Event], names: frozenset[str] = frozenset()) -> Iterator[Any]:
    """The elements of the array that the document is, or wraps; else the document itself.

    A wrapped list (under `WRAPPERS` or `names`, at most three levels down) is handed out element by
    element. What stands beside a list under one of `names` goes with each (the account beside its posts),
    what stands beside the others is dropped.

    >>> import ijson
    >>> document = b'{"n": 2, "data": {"videos": [{"a": 1}, {"a": 2}]}}'
    >>> list(objects(ijson.basic_parse(document), frozenset({"videos"})))
    [{'a': 1}, {'a': 2}]
    >>> list(objects(ijson.basic_parse(b'{"name": "A", "langs": [{"code": "tr"}]}')))
    [{'name': 'A', 'langs': [{'code': 'tr'}]}]
    """
    builder = _Builder(names)
    for event, value in events:
        yield from builder.take(event, value)
    if not builder.streamed and builder.root is not None:
        yield builder.root


class _Builder:
    """A stack of open containers; elements of the chosen list are taken out of it as they close."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names
        self.root: Any = None
        self.streamed = False
        self._open: list[Any] = []
        self._keys: list[str | None] = []
        self._key: str | None = None
        self._list: Any = None
        self._own: str | None = None

    def take(self, event: str, value: Any) -> Iterator[Any]:
        if event == "map_key":
            self._key = value
        elif event in _OPEN:
            self._start(_OPEN[event]())
        elif event in ("end_map", "end_array"):
            closed = self._open.pop()
            self._keys.pop()
            if closed is self._list:
                self._list = None
        else:
            self._put(value)
        if self._list is not None and self._list and self._open and self._open[-1] is self._list:
            yield self._completed(self._list.pop())

    def _completed(self, item: Any) -> Any:
        """With what stands beside a list of the kind's own name: the account whose posts these are."""
        beside = self._open[-2] if len(self._open) > 1 else {}
        if not isinstance(item, dict) or self._own is None:
            return item
        return {name: value for name, value in beside.items() if not isinstance(value, dict | list)} | item

    def _start(self, container: Any) -> None:
        if len(self._open) >= DEEPEST:
            raise Unreadable("too_deep", f"The document is nested deeper than {DEEPEST} levels.")
        key = self._key
        self._put(container)
        self._open.append(container)
        self._keys.append(key)
        if isinstance(container, list) and self._list is None and self._is_wrapped():
            self._list = container
            self._own = next(
                (name for name in self._keys[-1:] if name and name.casefold() in self._names), None
            )
            self.streamed = True

    def _is_wrapped(self) -> bool:
        names = self._keys[1:]
        maps = all(isinstance(each, dict) for each in self._open[:-1])
        known = WRAPPERS | self._names
        return maps and len(names) <= 3 and all(name and name.casefold() in known for name in names)

    def _put(self, value: Any) -> None:
        if not self._open:
            self.root = value
        elif isinstance(self._open[-1], dict):
            self._open[-1][self._key] = value
        else:
            self._open[-1].append(value)
