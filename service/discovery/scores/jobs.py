"""What runs by the clock for scores."""

from datetime import timedelta

from service.discovery.scores import store
from service.discovery.scores.history import store as history
from service.kit.db import Database
from service.kit.jobs import scheduled
from service.settings import Settings

# Long enough to come back to a ranking after a weekend.
KEPT = timedelta(days=7)
AT_ONCE = 500
# What was decided by a score is asked about within a campaign and the one after it.
HISTORY_KEPT = timedelta(days=730)


@scheduled("discovery.drop_score_runs", "23 3 * * *")
async def drop_score_runs(settings: Settings, database: Database) -> None:
    """Drops old runs, some at a time: each is a megabyte or two where candidates are many."""
    while True:
        async with database.connection() as db:
            if await store.drop_runs(db, KEPT, AT_ONCE) < AT_ONCE:
                return


@scheduled("discovery.drop_score_history", "31 3 * * *")
async def drop_score_history(settings: Settings, database: Database) -> None:
    """Drops old scores with what they were made of."""
    while True:
        async with database.connection() as db:
            if await history.drop_contexts(db, HISTORY_KEPT, AT_ONCE) < AT_ONCE:
                return
