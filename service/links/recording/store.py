"""All SQL of storing clicks."""

from collections.abc import Sequence
from datetime import date

from service.kit.db import Connection, sql


@sql("select store_clicks() -- each workspace_id of the session's click_intake in its turn")
async def store_intake(db: Connection) -> int: ...


@sql("select entry.add_click_days($1)")
async def add_days(db: Connection, days: Sequence[date]) -> int: ...


@sql("select entry.drop_click_day($1, $2)")
async def drop_day(db: Connection, clicks_before: date, uniques_before: date) -> str | None: ...
