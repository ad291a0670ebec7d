"""Who turns out to be paid to another's account is looked at within a minute, what came before too.

By a schedule and no event: partners change their accounts behind their own wall, where no job can be queued.
"""

from msgspec import Struct

from service.conversions.jobs import queue
from service.conversions.reviews.accounts import store
from service.kit.db import Database
from service.kit.jobs import Work, enqueue, job, scheduled
from service.ledger.payouts.accounts import store as payout_accounts
from service.settings import Settings

CHANGED = "conversions.payout_accounts"


class Judged(Struct):
    """How many conversions are settled again, of how many partners' records."""

    partners: int = 0
    conversions: int = 0


@job(CHANGED, lane="quick")
async def judge_changed(work: Work, payload: None) -> Judged:
    """Has what isn't paid yet settled again for those who share, or shared, an account that has changed."""
    async with work.transaction() as db:
        partners = await payout_accounts.take_changed(db, work.workspace_id)
        unpaid = await store.unpaid_of(db, work.workspace_id, partners) if partners else []
        await queue(db, work.workspace_id, unpaid)
        judged = Judged(len(partners), len(unpaid))
        await work.finish(db, judged)
    return judged


@scheduled(CHANGED, "* * * * *")
async def judge_all_changed(settings: Settings, database: Database) -> None:
    """Looks where accounts have changed."""
    async with database.connection() as db:
        changed = await store.changed_workspaces(db)
    for workspace_id in changed:
        async with database.transaction(workspace_id) as db:
            await enqueue(db, workspace_id, CHANGED, dedupe=CHANGED)
