"""Orders: a closed list, and the segments in which a page of each is read."""

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple
from uuid import UUID

from service.discovery.search.conditions import ROW, Values

Sort = Literal[
    "avg_views",
    "avg_views_asc",
    "avg_views_desc",
    "cost_per_1000_views",
    "cost_per_1000_views_asc",
    "cost_per_1000_views_desc",
    "engagement_rate",
    "engagement_rate_asc",
    "engagement_rate_desc",
    "fit",
    "fit_asc",
    "fit_desc",
    "followers",
    "followers_asc",
    "followers_desc",
    "growth",
    "growth_asc",
    "growth_desc",
    "name",
    "name_asc",
    "name_desc",
    "relevance",
    "relevance_asc",
    "relevance_desc",
]
# Without a direction: the best first.
_RISING = frozenset({"name", "cost_per_1000_views"})


class Segment(NamedTuple):
    """A part of an order: its rows, the value they are ordered by (None: by id alone), and the direction.

    `per_account` if the value belongs to an account: then an influencer stands where the first of the
    matching accounts stands; else with the largest matching account. `known` says which accounts
    have a value: those without stand before none that has, and for nobody who has another.
    """

    where: str
    value: str | None
    rising: bool = False
    per_account: bool = False
    join: str = ""
    known: str | None = None


# Each segment binds what it needs to the statement that reads it.
Part = Callable[[Values], Segment]
Order = Sequence[Part]


class Fits(NamedTuple):
    """Influencers with their fit to a brief."""

    ids: list[UUID]
    values: list[float]


def key_of(sort: Sort) -> str:
    """The order's name without its direction."""
    return sort.removesuffix("_asc").removesuffix("_desc")


def is_rising(sort: Sort) -> bool:
    """Whether small values come first."""
    return sort.endswith("_asc") or (not sort.endswith("_desc") and sort in _RISING)


def by_column(key: str, *, rising: bool) -> Order:
    """An order by a column.

    First the rows that have a value, in its order, then those without: so unknown values come last in both
    directions, and one index serves both.
    """
    if key == "name":
        return [lambda values: Segment("true", f"{ROW}.name_key", rising)]
    known = f"{ROW}.{key} >= 0" if key == "followers" else f"{ROW}.{key} is not null"
    return [
        lambda values: Segment(known, f"{ROW}.{key}", rising, per_account=True, known=known),
        lambda values: Segment(f"not ({known})", None, rising=True, known=known),
    ]


def by_fit(fits: Fits, *, rising: bool) -> Order:
    """An order by fit to a brief."""

    def join(values: Values) -> str:
        arrays = f"{values.add(fits.ids)}::uuid[], {values.add(fits.values)}::float8[]"
        return f"left join unnest({arrays}) as f(id, fit) on f.id = {ROW}.influencer_id"

    return [
        lambda values: Segment("f.fit is not null", "f.fit", rising, join=join(values)),
        lambda values: Segment("f.fit is null", None, rising=True, join=join(values)),
    ]
