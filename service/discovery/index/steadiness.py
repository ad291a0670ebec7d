"""How usual the growth of accounts is, from their snapshots, as columns of `account_growth`."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from itertools import chain
from uuid import UUID

import numpy as np
from msgspec import Struct

from scoring.growth import weekly

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = 86_400.0
History = Sequence[tuple[datetime, int]]


class Steadiness(Struct, frozen=True):
    """Columns of account_growth, a row for each account of whom enough weeks are known."""

    account_ids: list[UUID]
    usual: list[float]
    weeks: list[float]
    jump: list[float | None]
    jump_day: list[float | None]


def steadiness(histories: Mapping[UUID, History]) -> Steadiness:
    """The growth of accounts by (time, followers), in any order.

    >>> day = datetime(2026, 1, 1, tzinfo=UTC)
    >>> from datetime import timedelta
    >>> weeks = [(day + timedelta(weeks=week), 1000 + 10 * week) for week in range(10)]
    >>> found = steadiness({UUID(int=1): weeks, UUID(int=2): weeks[:3]})
    >>> found.account_ids, found.usual, found.weeks, found.jump
    ([UUID('00000000-0000-0000-0000-000000000001')], [1.0], [9.0], [None])
    """
    ids = list(histories)
    sizes = [len(histories[one]) for one in ids]
    pairs = list(chain.from_iterable(histories.values()))
    days = np.array([(at - _EPOCH).total_seconds() / _DAY for at, _ in pairs], dtype=np.float64)
    followers = np.array([value for _, value in pairs], dtype=np.float64)
    found = weekly(np.repeat(np.arange(len(ids)), sizes), days, followers, len(ids))
    known = np.flatnonzero(np.isfinite(found.usual)).tolist()
    jump = [_or_none(found.jump[at]) for at in known]
    jump_day = [_or_none(found.jump_day[at]) for at in known]
    return Steadiness(
        [ids[at] for at in known], found.usual[known].tolist(), found.weeks[known].tolist(), jump, jump_day
    )


def _or_none(value: np.floating) -> float | None:
    return None if np.isnan(value) else float(value)
