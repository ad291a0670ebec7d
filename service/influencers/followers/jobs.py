"""The job that forgets people who stand in no set."""

from service.influencers.followers.forgetting import JOB, Sweep, Swept, sweep
from service.kit.jobs import Work, job


@job(JOB)
async def sweep_followers(work: Work, payload: Sweep) -> Swept:
    """In one transaction: what is cut short is done again."""
    async with work.transaction() as db:
        swept = await sweep(db, work.workspace_id)
        await work.finish(db, swept)
    return swept
