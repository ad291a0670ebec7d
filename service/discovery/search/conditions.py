"""From filters to SQL: a closed set of fragments. What a searcher wrote is only ever a bound value."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from service.discovery.search import labels
from service.discovery.search.filters import (
    Conditions,
    Filters,
    LeastShare,
    Range,
    WholeRange,
    asked_for,
)
from service.discovery.search.text import post_query
from service.kit.money import Price

# Where a fragment names the row that it is about; filled in by `on`.
ROW = "{row}"


class Condition(NamedTuple):
    """A fragment over a row; `per_account` if another account of the same influencer may fail it."""

    text: str
    per_account: bool = False

    def on(self, row: str) -> str:
        """The fragment over the row of this name."""
        return self.text.replace(ROW, row)


class Values:
    """The values bound to a statement; the first is the workspace."""

    def __init__(self, workspace_id: UUID) -> None:
        self.bound: list[Any] = [workspace_id]

    def add(self, value: Any) -> str:
        """Binds a value and returns its place, `$n`."""
        self.bound.append(value)
        return f"${len(self.bound)}"


class Known(NamedTuple):
    """What filters need besides themselves: the time, and the workspace's currency."""

    now: datetime
    currency: str


Provided = Mapping[str, list[UUID]]


def compiled(filters: Filters, provided: Sequence[Provided], known: Known, values: Values) -> list[Condition]:
    """All conditions of a search's filters.

    `provided` holds the influencers that meet each filter of `PROVIDED`: first for the filters themselves,
    then for each object under `not`.
    """
    made = _each(filters, provided[0], known, values)
    for exclusion, its_own in zip(filters.exclusions(), provided[1:], strict=True):
        inner = _each(exclusion, its_own, known, values)
        if inner:
            made.append(_none_of(inner))
    return made


def _each(conditions: Conditions, provided: Provided, known: Known, values: Values) -> list[Condition]:
    made: list[Condition] = []
    for name, value in asked_for(conditions).items():
        if name in PROVIDED:
            made.append(_provided(name, provided[name], values))
        else:
            made += _FRAGMENTS[name](value, known, values)
    return made


def on(conditions: Iterable[Condition], row: str) -> str:
    """All of the conditions over one row, as one expression."""
    return " and ".join(f"({condition.on(row)})" for condition in conditions) or "true"


def _none_of(inner: list[Condition]) -> Condition:
    """Leaves out influencers of whom one account meets all inner conditions; unknown is not met."""
    if not any(condition.per_account for condition in inner):
        return Condition(f"({on(inner, ROW)}) is not true")
    return Condition(
        f"not exists (select from mine n where n.influencer_id = {ROW}.influencer_id and {on(inner, 'n')})"
    )


Fragments = Callable[[Any, Known, Values], Iterable[Condition]]


def _label(kind: str) -> Fragments:
    def made(wanted: list[str], known: Known, values: Values) -> Iterable[Condition]:
        yield _has_any([labels.of(kind, value) for value in wanted], values, per_account=False)

    return made


def _column(column: str, *, per_account: bool) -> Fragments:
    def made(wanted: list[str], known: Known, values: Values) -> Iterable[Condition]:
        yield Condition(f"{ROW}.{column} = any({values.add(wanted)}::text[])", per_account)

    return made


def _languages(wanted: list[str], known: Known, values: Values) -> Iterable[Condition]:
    yield Condition(f"{ROW}.languages && {values.add(wanted)}::text[]")


def _has_any(wanted: list[str], values: Values, per_account: bool) -> Condition:
    return Condition(f"{ROW}.labels && {values.add(wanted)}::text[]", per_account)


def _range(column: str) -> Fragments:
    def made(wanted: WholeRange | Range, known: Known, values: Values) -> Iterable[Condition]:
        least = 0 if column == "followers" and wanted.min is None else wanted.min
        for bound, sign in ((least, ">="), (wanted.max, "<=")):
            if bound is not None:
                kind = "bigint" if column == "followers" else "float8"
                yield Condition(f"{ROW}.{column} {sign} {values.add(bound)}::{kind}", per_account=True)

    return made


def _flag(column: str, *, per_account: bool) -> Fragments:
    def made(wanted: bool, known: Known, values: Values) -> Iterable[Condition]:
        yield Condition(f"{ROW}.{column}" if wanted else f"not {ROW}.{column}", per_account)

    return made


def _hashtags(wanted: list[str], known: Known, values: Values) -> Iterable[Condition]:
    yield _has_any([labels.hashtag(value) for value in wanted], values, per_account=True)


def _max_price(wanted: Price, known: Known, values: Values) -> Iterable[Condition]:
    if wanted.currency == known.currency:
        # The currency is asked for too: that of the workspace may have changed since the row was written.
        currency = f"{ROW}.currency = {values.add(wanted.currency)}::text"
        yield Condition(
            f"{ROW}.price <= {values.add(wanted.amount)}::bigint and {currency}", per_account=True
        )
    else:
        price = f"({ROW}.prices ->> {values.add(wanted.currency)}::text)::bigint"
        yield Condition(f"{price} <= {values.add(wanted.amount)}::bigint", per_account=True)


def _last_post(days: int, known: Known, values: Values) -> Iterable[Condition]:
    since = known.now - timedelta(days=days)
    yield Condition(f"{ROW}.last_post_at >= {values.add(since)}::timestamptz", per_account=True)


def _post_text(wanted: str, known: Known, values: Values) -> Iterable[Condition]:
    query = post_query(wanted)
    # A text without letters and digits is in no post.
    found = "false" if query is None else f"{ROW}.post_tokens @@ {values.add(query)}::text::tsquery"
    yield Condition(found, per_account=True)


def _audience(wanted: list[LeastShare], known: Known, values: Values) -> Iterable[Condition]:
    for each in wanted:
        key = labels.audience_key(each.dimension, each.code)
        if each.min_share >= labels.LEAST_SHARE:
            yield _has_any(labels.audience_at_least(key, each.min_share), values, per_account=True)
        if each.min_share < labels.LEAST_SHARE or not labels.is_exact(each.min_share):
            share = f"({ROW}.audience ->> {values.add(key)}::text)::float8"
            yield Condition(f"{share} >= {values.add(each.min_share)}::float8", per_account=True)


def _provided(name: str, ids: list[UUID], values: Values) -> Condition:
    among = f"{ROW}.influencer_id = any({values.add(ids)}::uuid[])"
    return Condition(f"not ({among})" if name == "exclude_shortlists" else among)


# Filters on data of others, who say which influencers are meant (see extensions.py).
PROVIDED = frozenset(
    {"min_scores", "mentions", "worked_with", "not_contacted_within_days", "exclude_shortlists"}
)

_FRAGMENTS: dict[str, Fragments] = {
    "platform": _column("platform", per_account=True),
    "followers": _range("followers"),
    "avg_views": _range("avg_views"),
    "engagement_rate": _range("engagement_rate"),
    "growth": _range("growth"),
    "country": _column("country", per_account=False),
    "city": _label("city"),
    "language": _languages,
    "category": _label("category"),
    "tags": _label("tag"),
    "verified": _flag("verified", per_account=True),
    "has_email": _flag("has_email", per_account=False),
    "max_price": _max_price,
    "last_post_within_days": _last_post,
    "hashtags": _hashtags,
    "post_text": _post_text,
    "audience": _audience,
}
