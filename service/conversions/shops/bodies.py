"""The values of a postback by their names, in whatever form they were sent."""

from collections.abc import Iterator
from urllib.parse import parse_qsl

from service.conversions.shops.amounts import Unreadable
from service.conversions.shops.delivery import Delivery
from service.conversions.shops.evidence import squeezed
from service.conversions.shops.shapes import Json, items, parse_json

_MOST_EVENTS = 100
_DEEPEST = 4
_OWNING = "customer buyer user member partner affiliate publisher link campaign shop store"
_OWNERS = frozenset(_OWNING.split())


def bodies(delivery: Delivery) -> list[dict[str, Json]]:
    """The objects of a body: of a form or of JSON; an empty one where there is none. Raises Unreadable."""
    body = delivery.body.strip()
    if not body:
        return [{}]
    if body[:1] not in (b"{", b"["):
        return [_form(body)]
    parsed = parse_json(body)
    if isinstance(parsed, dict):
        return [parsed]
    found = items(parsed)[:_MOST_EVENTS]
    if not found:
        raise Unreadable("body", None, "shape")
    return found


def _form(body: bytes) -> dict[str, Json]:
    pairs = parse_qsl(body.decode("utf-8", errors="replace"), max_num_fields=500)
    if not pairs:
        raise Unreadable("body", None, "shape")
    return dict(reversed(pairs))


def told_by(delivery: Delivery, body: dict[str, Json]) -> dict[str, Json]:
    """The body's values before those of the address."""
    return {**delivery.query, **_flat(body)} if body else dict(delivery.query)


def _flat(body: dict[str, Json]) -> dict[str, Json]:
    """Values by their names; deeper ones by their path and by each end of it, unless that is taken."""
    leaves = sorted(_leaves(body, ()), key=lambda leaf: len(leaf[0]))
    found: dict[str, Json] = {}
    for path, value in leaves:
        for start in range(_last_start(path) + 1):
            found.setdefault("_".join(path[start:]), value)
    return found | ({"data": body["data"]} if isinstance(body.get("data"), dict) else {})


def _last_start(path: tuple[str, ...]) -> int:
    """Where the shortest name of a path begins: a customer's id is no order's."""
    owners = [at for at, name in enumerate(path[:-1]) if squeezed(name) in _OWNERS]
    return owners[-1] if owners else len(path) - 1


def _leaves(body: dict[str, Json], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Json]]:
    for name, value in body.items():
        if isinstance(value, dict) and len(path) < _DEEPEST:
            yield from _leaves(value, (*path, name))
        elif not isinstance(value, dict | list):
            yield (*path, name), value
