"""`elci stats rebuild`: roll-ups made anew from the clicks that are kept."""

from uuid import UUID

import click

from service.kit import db as kit_db
from service.kit import ids
from service.kit.db import Database
from service.links.counting import actions, store
from service.links.counting.jobs import BEGINNING
from service.links.rules import store as rules_store
from service.settings import Settings, app_dsn, search_dsn


async def run(settings: Settings) -> int:
    """Rebuilds each workspace's; says how many hours were other than before. Older ones than clicks stay."""
    async with kit_db.connect(app_dsn(settings), search_dsn(settings), settings) as database:
        async with database.connection() as db:
            found = {*await store.clicked_workspaces(db), *await store.marked_workspaces(db)}
        for workspace_id in sorted(found):
            hours, changed = await rebuild(database, workspace_id)
            click.echo(f"{ids.show('ws', workspace_id)}: {hours} hours counted, {changed} were other before")
    return 0


async def rebuild(database: Database, workspace_id: UUID) -> tuple[int, int]:
    """Counts every hour that has clicks; how many there are, and how many of them have changed by it."""
    hours = changed = 0
    since = BEGINNING
    while True:
        async with database.transaction(workspace_id) as db:
            hour = await store.next_hour(db, workspace_id, since)
            if hour is None:
                return hours, changed
            await store.take_turn(db, workspace_id)
            since = hour + actions.HOUR
            before = await store.digest(db, workspace_id, hour, since)
            rules = (await rules_store.current(db, workspace_id)).rules
            await actions.count_hour(db, workspace_id, hour, rules)
            hours += 1
            changed += await store.digest(db, workspace_id, hour, since) != before
