"""Which orders a report is about, by the names it gives. Pure."""

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from msgspec import Struct

from service.conversions.reports import Ref, RefKind

_KINDS: tuple[RefKind, ...] = ("id", "number", "payment", "token", "any")
_LONGEST = 300


class KnownRef(Struct, frozen=True):
    """A name that a stored order has."""

    conversion_id: UUID
    kind: RefKind
    value: str


def normal(refs: Iterable[Ref]) -> tuple[Ref, ...]:
    """The names without white space and `#`, each once, empty ones left out.

    >>> normal([Ref("number", " #1001 "), Ref("number", "1001"), Ref("id", "")])
    (Ref(kind='number', value='1001'),)
    """
    found = dict.fromkeys(Ref(ref.kind, _value(ref)) for ref in refs)
    return tuple(ref for ref in found if ref.value)


def _value(ref: Ref) -> str:
    text = ref.value.replace("\0", "").strip()
    return (text.removeprefix("#").strip() if ref.kind in ("number", "any") else text)[:_LONGEST]


def spellings(refs: Iterable[Ref]) -> list[str]:
    """`kind:value` of every name that one of these may be meant by: what waits is found by them."""
    found: dict[str, None] = {}
    for ref in refs:
        kinds = _KINDS if ref.kind == "any" else (ref.kind, "any")
        found.update(dict.fromkeys(f"{kind}:{ref.value}" for kind in kinds))
    return list(found)


def matching(refs: Sequence[Ref], known: Sequence[KnownRef]) -> list[UUID]:
    """The orders that these names are of, without doubt first; `known`: all names of every order that shares
    a value.

    An id, and a payment's, are of one order. Numbers are given again by other systems, carts ordered
    twice, and a name of an unknown kind may be anything: they count only where the ids don't say that these
    are two orders, and a name that several orders bear in different senses is a number before an id.
    """
    own = {ref.value for ref in refs if ref.kind == "id"}
    ids: dict[UUID, set[str]] = {}
    for name in known:
        ids.setdefault(name.conversion_id, set())
        if name.kind == "id":
            ids[name.conversion_id].add(name.value)
    found: dict[UUID, None] = {}
    for ref in refs:
        if ref.kind in ("id", "payment"):
            found.update(dict.fromkeys(_with(known, ref.value, (ref.kind,))))
    for ref in refs:
        for order in _weak(ref, known):
            if not own or not ids[order] or own & ids[order]:
                found[order] = None
    return list(found)


def _weak(ref: Ref, known: Sequence[KnownRef]) -> Collection[UUID]:
    if ref.kind != "any":
        same = _with(known, ref.value, (ref.kind,))
        return [*same, *_with(known, ref.value, ("any",))]
    for kind in ("any", "number", "id", "payment", "token"):
        if same := _with(known, ref.value, (kind,)):
            return same
    return []


def _with(known: Sequence[KnownRef], value: str, kinds: Collection[str]) -> list[UUID]:
    return [name.conversion_id for name in known if name.value == value and name.kind in kinds]
