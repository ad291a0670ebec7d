"""What searches take from elsewhere: filters on others' data, and scores. Registered in app.py.

A domain says which influencers meet a filter of its own; the search role never reads its tables.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from service.discovery.search.conditions import PROVIDED
from service.discovery.search.problems import FilterNotAvailable
from service.kit.db import Connection


class Scored(NamedTuple):
    """Scores by name (`fit`, `audience`, ...), each as long as `ids`; None where one is not known."""

    ids: Sequence[UUID]
    scores: Mapping[str, Sequence[float | None]]


IdFilter = Callable[[Connection, UUID, Any], Awaitable[Sequence[UUID]]]
Scorer = Callable[[Connection, UUID, UUID, Sequence[UUID]], Awaitable[Scored]]

_filters: dict[str, IdFilter] = {}
_scorers: list[Scorer] = []


def provide_filter(name: str, function: IdFilter) -> None:
    """`function(db, workspace_id, value)` gives the influencers that the filter `name` means.

    For `exclude_shortlists` those are the ones to leave out; for every other filter the ones to keep.
    """
    if name not in PROVIDED:
        raise ValueError(f"{name!r} is no filter on others' data")
    _filters[name] = function


def provide_scores(function: Scorer) -> None:
    """`function(db, workspace_id, brief_id, influencer_ids)` scores influencers against a brief."""
    _scorers[:] = [function]


async def ids_of(db: Connection, workspace_id: UUID, name: str, value: Any) -> list[UUID]:
    """The influencers that a filter means. Raises FilterNotAvailable."""
    if name not in _filters:
        raise not_available(f"filters.{name}")
    return list(await _filters[name](db, workspace_id, value))


async def scores_of(db: Connection, workspace_id: UUID, brief_id: UUID, ids: Sequence[UUID]) -> Scored:
    """Scores of influencers against a brief. Raises FilterNotAvailable."""
    if not _scorers:
        raise not_available("brief_id")
    return await _scorers[0](db, workspace_id, brief_id, ids)


def not_available(path: str) -> FilterNotAvailable:
    """The problem of a filter for which there is no data."""
    return FilterNotAvailable(
        f"there is no data yet for {path}", errors=[{"path": path, "message": "has no data yet"}]
    )
