"""Time comes from one place: the database, through the SQL function `elci_now()`.

It is the database's clock plus the setting `app.clock_offset`, which only tests make; so windows and holds
do not depend on a worker's clock.
"""

from datetime import UTC, datetime

from service.kit.db import Connection, sql

# Holds, windows and years can be added to any time between them, in every zone.
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
LATEST = datetime(2100, 1, 1, tzinfo=UTC)
OUTSIDE = f"lies outside {EARLIEST.year} to {LATEST.year - 1}"


@sql("select elci_now()")
async def now(db: Connection) -> datetime: ...


def is_usual(at: datetime | None) -> bool:
    """Whether a time that was told can be reckoned with; without one, there is nothing against it.

    >>> is_usual(datetime(2026, 11, 25, tzinfo=UTC)), is_usual(None), is_usual(LATEST)
    (True, True, False)
    """
    return at is None or EARLIEST <= at < LATEST
