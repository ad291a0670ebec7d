"""Files of edges: a row says that one account mentions, follows or works with another."""

import re
from datetime import datetime
from typing import Any

from service.discovery.edges.schemas import EdgeRow, End, Kind
from service.imports.cells.handles import Handle
from service.imports.cells.style import Style
from service.imports.cells.types import AMOUNT, HANDLE, MOMENT, PLATFORM, CellType
from service.imports.kinds import Field, Parsed, RowError
from service.imports.kinds import Kind as FileKind
from service.imports.rejects import Unfit
from service.kit.text import fold_tr

_WORDS: dict[Kind, tuple[str, ...]] = {
    "follow": ("follow", "follows", "follower", "takip", "takip ediyor", "takipci"),
    "mention": ("mention", "mentions", "mt", "tag", "bahsetme", "bahsediyor", "anma", "etiket"),
    "collaboration": ("collaboration", "collab", "paid partnership", "is birligi", "isbirligi", "ortaklik"),
    "referral": ("referral", "referred", "invite", "referans", "davet", "tavsiye", "yonlendirme"),
}
_KINDS: dict[str, Kind] = {word: kind for kind, words in _WORDS.items() for word in words}


def read_kind(value: Any, style: Style) -> Kind:
    """Which kind of edge a cell names.

    >>> read_kind("İş birliği", Style()), read_kind("MENTION", Style())
    ('collaboration', 'mention')
    """
    words = re.sub(r"[^a-z]+", " ", fold_tr(str(value)[:60])).strip()
    known = _KINDS.get(words)
    if known is None:
        raise Unfit("not_a_code")
    return known


KIND = CellType("edge_kind", read_kind)

FIELDS = (
    Field("src", HANDLE, ("src", "src username", "src profile", "src creator", "src id", "src user id")),
    Field("dst", HANDLE, ("dst", "dst username", "dst profile", "dst creator", "dst id", "dst user id")),
    Field("kind", KIND, ("edge", "type", "edge type", "kind")),
    Field("weight", AMOUNT, ("=weight", "=edge weight", "times")),
    Field("at", MOMENT, ("date", "published", "when", "edge date", "asof")),
    Field("platform", PLATFORM, ("platform", "channel")),
)
WORDS = {
    "src": ("src", "source", "from", "kaynak", "kimden", "kim", "mentioner", "bahseden", "takip eden"),
    "dst": ("dst", "dest", "destination", "target", "to", "hedef", "kime", "kimi", "mentioned", "bahsedilen"),
    "edge": ("edge", "relation", "relationship", "interaction", "iliski", "iliski turu", "baglanti turu"),
    "kind": ("kind", "cins"),
    "times": ("times", "kez", "kac kez"),
    "when": ("when", "at", "time", "zaman", "ne zaman"),
}


def assemble(parsed: Parsed) -> list[list[EdgeRow] | RowError]:
    """The edge of each row. A row without a weight counts once; without a time it is undated."""
    names = ("src", "dst", "kind", "weight", "at", "platform")
    columns = zip(*(parsed.column(name) for name in names), strict=True)
    given = parsed.context.platform if parsed.context.platform_given else None
    otherwise = parsed.context.platform or "other"
    return [
        _edge(number, src, dst, kind, weight, at, given or platform or otherwise)
        for number, (src, dst, kind, weight, at, platform) in zip(parsed.rows, columns, strict=True)
    ]


def _edge(
    number: int,
    src: Handle | None,
    dst: Handle | None,
    kind: Kind | None,
    weight: float | None,
    at: datetime | None,
    platform: str,
) -> list[EdgeRow] | RowError:
    if src is None or dst is None or kind is None:
        missing = "src" if src is None else "dst" if dst is None else "kind"
        return RowError("missing_value", missing)
    count = 1.0 if weight is None else float(weight)
    return [EdgeRow(number, _end(src, platform), _end(dst, platform), kind, count, at)]


def _end(handle: Handle, platform: str) -> End:
    return End(handle.platform or platform, handle.handle, handle.platform_id)


EDGES = FileKind(
    name="edges",
    fields=FIELDS,
    assemble=assemble,
    lists=frozenset(("edges", "links", "mentions", "relations", "iliskiler", "baglantilar")),
    words=WORDS,
)
