"""Facets: how many of the influencers that match have each platform, country, category, ...

As long as few rows match they are exact. Else they are estimated from the workspace's first rows in random
order (`shuffle`), so that their cost does not grow with the workspace.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Literal, NamedTuple

from service.discovery.search.conditions import Values, on
from service.discovery.search.queries import Wanted
from service.discovery.search.statement import statement
from service.kit.text import fold_tr

Facet = Literal["platform", "country", "city", "category", "language", "tier"]

MOST_VALUES = 50
# Counted exactly as long as no more rows than this match, else over the first rows in random order.
MOST_ROWS = 2_000
SAMPLE = 10_000
# One more than the largest `shuffle`.
RANGE = 2**31

_COLUMNS = "r.influencer_id, r.platform, r.country, r.city, r.categories, r.languages, r.followers, r.shuffle"
_VALUES: dict[Facet, tuple[str, str]] = {
    "platform": ("platform", ""),
    "country": ("country", ""),
    "city": ("city", ""),
    "category": ("each.value", "cross join unnest(categories) as each(value)"),
    "language": ("each.value", "cross join unnest(languages) as each(value)"),
    "tier": ("width_bucket(nullif(followers, -1)::float8, {bounds}::float8[])::text", ""),
}
# Spellings of one category are put together after they were counted.
_SPELLINGS = 4


class Tier(NamedTuple):
    """A size of accounts: its name and its least number of followers."""

    name: str
    least: int


class Counted(NamedTuple):
    """One value of a facet."""

    facet: Facet
    value: str
    influencers: int


class Sample(NamedTuple):
    """What was looked at: so many rows, and how far they reach in the random order."""

    rows: int
    reach: int

    @property
    def share(self) -> float:
        """The share of the workspace's influencers that were looked at."""
        return 1.0 if self.rows < SAMPLE else (self.reach + 1) / RANGE


def exact(wanted: Wanted, facets: Sequence[Facet], tiers: Sequence[Tier]) -> tuple[str, Values]:
    """Counts over the rows that match: (facet, value, influencers).

    The facet `rows` says how many match; if more than MOST_ROWS, nothing is counted.
    """
    values = Values(wanted.workspace_id)
    matches = on(wanted.conditions(values), "r")
    first = f"select {_COLUMNS} from mine r where {matches} limit {MOST_ROWS + 1}"
    hits = f"select * from first_rows where (select count(*) from first_rows) <= {MOST_ROWS}"
    text = " union all ".join(
        [
            "select 'rows' as facet, 'matching' as value, count(*) as influencers from first_rows",
            _counts(facets, tiers, values),
        ]
    )
    return statement(text, first_rows=first, hits=hits), values


def estimated(wanted: Wanted, facets: Sequence[Facet], tiers: Sequence[Tier]) -> tuple[str, Values]:
    """Counts over the rows of a sample that match; the facet `rows` says what was looked at."""
    values = Values(wanted.workspace_id)
    matches = on(wanted.conditions(values), "r")
    # A query of its own, so that the conditions are planned for these rows and not for the whole workspace.
    looked_at = f"select r.* from mine r order by r.shuffle limit {SAMPLE}"
    text = " union all ".join(
        [
            "select 'rows' as facet, 'seen' as value, count(*) as influencers from seen",
            "select 'rows', 'reach', coalesce(max(shuffle), 0) from seen",
            _counts(facets, tiers, values),
        ]
    )
    return (
        statement(
            text,
            seen=f"select r.shuffle from mine r order by r.shuffle limit {SAMPLE}",
            hits=f"select {_COLUMNS} from ({looked_at}) as r where {matches}",
        ),
        values,
    )


def _counts(facets: Sequence[Facet], tiers: Sequence[Tier], values: Values) -> str:
    bounds = values.add([tier.least for tier in tiers]) if "tier" in facets else ""
    return " union all ".join(f"({_select(facet, bounds)})" for facet in dict.fromkeys(facets))


def _select(facet: Facet, bounds: str) -> str:
    value, join = _VALUES[facet]
    named = value.replace("{bounds}", bounds)
    # Distinct first: hashing is several times faster than the sort behind count(distinct).
    people = f"select distinct influencer_id, {named} as value from hits {join}"
    most = MOST_VALUES * _SPELLINGS
    return (
        f"select '{facet}' as facet, value, count(*) as influencers from ({people}) as people"
        f" where value is not null group by value order by count(*) desc, value limit {most}"
    )


def rows_of(rows: Iterable[Any]) -> dict[str, int]:
    """What a statement says of the rows it looked at: `matching`, or `seen` and `reach`."""
    return {row[1]: row[2] for row in rows if row[0] == "rows"}


def scaled(count: int, share: float) -> int:
    """What a count in a sample says of the whole, to two digits: it knows no more.

    >>> scaled(123, 0.02)
    6200
    """
    whole = round(count / share)
    return round(whole, 2 - len(str(whole))) if share < 1 else whole


def together(counted: Sequence[Counted]) -> list[Counted]:
    """One value for all spellings of it, in the spelling most have; the most frequent first.

    >>> together([Counted("category", "Moda", 3), Counted("category", "moda", 2)])
    [Counted(facet='category', value='Moda', influencers=5)]
    """
    found: dict[str, Counted] = {}
    for each in sorted(counted, key=lambda one: (-one.influencers, one.value)):
        key = fold_tr(each.value)
        first = found.get(key, each._replace(influencers=0))
        found[key] = first._replace(influencers=first.influencers + each.influencers)
    return sorted(found.values(), key=lambda one: (-one.influencers, one.value))[:MOST_VALUES]
