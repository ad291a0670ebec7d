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
SAMPLE = 10_000
# One more than the largest `shuffle`.
RANGE = 2**31

# Counted exactly as long as no more rows than this match.
MOST_ROWS = 5_000

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
    """What of the workspace was looked at: the rows, and how far they reach in the random order."""

    rows: int
    reach: int

    @property
    def share(self) -> float:
        """The share of the workspace's influencers that the sample holds."""
        return 1.0 if self.rows < SAMPLE else (self.reach + 1) / RANGE


def rows(wanted: Wanted) -> tuple[str, Values]:
    """How many rows match, counted until they are too many to count facets over."""
    values = Values(wanted.workspace_id)
    matches = on(wanted.conditions(values), "r")
    hits = f"select from mine r where {matches} limit {MOST_ROWS + 1}"
    return statement(f"select count(*) from ({hits}) as counted"), values


def exact(wanted: Wanted, facets: Sequence[Facet], tiers: Sequence[Tier]) -> tuple[str, Values]:
    """Counts over all rows that match: (facet, value, influencers)."""
    values = Values(wanted.workspace_id)
    hits = f"select {_COLUMNS} from mine r where {on(wanted.conditions(values), 'r')}"
    return statement(_counts(facets, tiers, values), hits=hits), values


def estimated(wanted: Wanted, facets: Sequence[Facet], tiers: Sequence[Tier]) -> tuple[str, Values]:
    """Counts over the rows of a sample that match, with the sample's size as the facet `sample`."""
    values = Values(wanted.workspace_id)
    matches = on(wanted.conditions(values), "r")
    ordered = f"select r.*, ({matches}) is true as matches from mine r order by r.shuffle limit {SAMPLE}"
    seen = f"select {_COLUMNS}, r.matches from ({ordered}) as r"
    text = " union all ".join(
        [
            "select 'sample' as facet, 'rows' as value, count(*) as influencers from seen",
            "select 'sample', 'reach', coalesce(max(shuffle), 0) from seen",
            _counts(facets, tiers, values),
        ]
    )
    return statement(text, seen=seen, hits="select * from seen where matches"), values


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


def sample_of(rows: Iterable[Any]) -> Sample:
    """The sample's size among the rows of `estimated`."""
    sizes = {row[1]: row[2] for row in rows if row[0] == "sample"}
    return Sample(sizes["rows"], sizes["reach"])


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
