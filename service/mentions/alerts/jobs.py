"""Looking for spikes by the clock: every five minutes at hours that ended, and at the one that runs."""

from msgspec import Struct

from service.kit.db import Database
from service.kit.jobs import Work, enqueue, job, scheduled
from service.mentions.alerts import detecting
from service.mentions.alerts.rules import store
from service.settings import Settings

LOOK = "mentions.look_for_spikes"


class Looked(Struct):
    """How many rules were looked at, and how many alerts that made."""

    rules: int = 0
    alerts: int = 0


@job(LOOK)
async def look_for_spikes(work: Work, payload: None) -> Looked:
    """Looks at each rule that is on, one a transaction."""
    async with work.transaction() as db:
        waiting = await store.enabled_rules(db, work.workspace_id)
    counts = Looked()
    for rule_id in waiting:
        async with work.transaction() as db:
            counts.alerts += await detecting.look(db, work.workspace_id, rule_id)
        counts.rules += 1
        await work.progress(counts.rules, len(waiting))
    return counts


@scheduled(LOOK, "*/5 * * * *")
async def look_everywhere(settings: Settings, database: Database) -> None:
    """Looks where a rule is on. A count that has passed its threshold won't come back, so the running hour
    needs no waiting for its end."""
    async with database.connection() as db:
        workspaces = await store.alerting_workspaces(db)
    for workspace_id in workspaces:
        async with database.transaction(workspace_id) as db:
            await enqueue(db, workspace_id, LOOK, dedupe=LOOK)
