"""The mentions that an analysis reads, as SQL of a closed set over `mine` and `matched`
(mentions/searching). Pure.

Each is a row `(bucket, value, ...)`: the place of its unit of time (from 1), and its value of the
dimension ('': not known). A mention that several asked queries match is one row, or with `query` and
`brand` one for each.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct

from service.mentions.analyses.asking import Span
from service.mentions.schemas import Label

VALUES = {
    "platform": "s.platform",
    "language": "coalesce(s.language, '')",
    "country": "coalesce(s.country, '')",
    "author": "coalesce(encode(s.author_key, 'hex'), '')",
    "query": "k.value::text",
    "brand": "k.value::text",
    "sentiment": "coalesce(s.label, '')",
}
FILTERS = {
    "platform": "s.platform = {}",
    "language": "s.language = {}",
    "country": "s.country = {}",
    "sentiment": "s.label = {}",
    "author": "s.author_folded = {}",
    "influencer_id": "s.influencer_id = {}",
}


class Chosen(Struct, frozen=True, kw_only=True):
    """Which mentions: matched by any of `queries` (None: all mentions), each of which counts for its value
    where the dimension is query or brand; and narrowed by filters."""

    queries: Sequence[UUID] | None = None
    values: Sequence[UUID] = ()
    platform: str | None = None
    language: str | None = None
    country: str | None = None
    sentiment: Label | None = None
    author: str | None = None
    influencer_id: UUID | None = None


class Selection(Struct):
    """A statement in the making: its values ($1: the workspace), and the mentions of it (`from ...
    where`)."""

    values: list[Any]
    rows: str = ""
    bucket: str = "1"
    value: str = "''"

    def bind(self, value: Any, kind: str = "") -> str:
        """The place of a further value."""
        self.values.append(value)
        return f"${len(self.values)}" + (f"::{kind}" if kind else "")


def select(
    workspace_id: UUID, span: Span, chosen: Chosen, *, dimension: str | None, starts: Sequence[datetime]
) -> Selection:
    """The mentions of a span, cut at `starts`.

    >>> from datetime import UTC, date
    >>> from zoneinfo import ZoneInfo
    >>> span = Span(date(2026, 1, 1), date(2026, 1, 2), ZoneInfo("Europe/Istanbul"))
    >>> made = select(UUID(int=1), span, Chosen(language="tr"), dimension="platform", starts=span.starts())
    >>> made.rows, made.value
    ('mine s where s.published_at >= $2 and s.published_at < $3 and s.language = $4', 's.platform')
    """
    made = Selection([workspace_id])
    within = (made.bind(span.starts_at), made.bind(span.ends_at))
    conditions = _between("s", within)
    for name, text in FILTERS.items():
        if (wanted := getattr(chosen, name)) is not None:
            conditions += f" and {text.format(made.bind(wanted))}"
    if len(starts) > 1:
        made.bucket = f"width_bucket(s.published_at, {made.bind(list(starts), 'timestamptz[]')})"
    if dimension is not None:
        made.value = VALUES[dimension]
    made.rows = f"{_source(made, chosen, dimension, within)} where {conditions}"
    return made


def _source(made: Selection, chosen: Chosen, dimension: str | None, within: tuple[str, str]) -> str:
    if chosen.queries is None:
        return "mine s"
    queries = list(chosen.queries)
    of = "q.query_id = " + (made.bind(queries[0]) if len(queries) == 1 else f"any({made.bind(queries)})")
    told = f"{of} and {_between('q', within)}"
    joined = "k join mine s on s.published_at = k.published_at and s.mention_id = k.mention_id"
    if dimension in ("query", "brand"):
        values = list(chosen.values)
        pairs = f"unnest({made.bind(queries, 'uuid[]')}, {made.bind(values, 'uuid[]')})"
        # A mention counts once for a brand, however many of its queries match it.
        each = "distinct" if len(set(values)) < len(values) else ""
        return f"""(select {each} p.value, q.published_at, q.mention_id from matched q
            join {pairs} as p(query_id, value) on p.query_id = q.query_id where {told}) {joined}"""
    each = "" if len(queries) == 1 else "distinct"
    return f"(select {each} q.published_at, q.mention_id from matched q where {told}) {joined}"


def _between(name: str, within: tuple[str, str]) -> str:
    return f"{name}.published_at >= {within[0]} and {name}.published_at < {within[1]}"
