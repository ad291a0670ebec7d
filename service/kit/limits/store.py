"""The counting statement: a leaky bucket (GCRA, ITU-T I.371 annex A), in one round trip.

A row holds the time at which its bucket will be empty again. Each request moves it on by window/quota, and is
refused if that would lie more than a window ahead. There is no edge between two windows at which twice the
quota fits through, and a refused request writes nothing.
"""

from datetime import timedelta

import msgspec

from service.kit.db import Connection, sql


class Debt(msgspec.Struct, frozen=True):
    """What the statement answers."""

    debt_s: float
    allowed: bool


@sql(
    """with t as materialized (select elci_now() as now),
       took as (
           insert into rate_limits as r (key, full_at) select $1, now + $2::interval from t
           on conflict (key) do update
               set full_at = greatest(r.full_at + $2::interval, excluded.full_at)
               where r.full_at + $2::interval <= excluded.full_at - $2::interval + $3::interval
           returning full_at)
       select extract(epoch from took.full_at - t.now)::float8 as debt_s, true as allowed from took, t
       union all
       select extract(epoch from r.full_at - t.now)::float8, false from rate_limits r, t
       where r.key = $1 and not exists (select from took)"""
)
async def count(db: Connection, key: bytes, step: timedelta, window: timedelta) -> Debt | None: ...
