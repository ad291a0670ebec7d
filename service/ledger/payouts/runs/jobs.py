"""A payout run at work: some partners a transaction, so that a run that is killed goes on where it was."""

from service.kit.jobs import Work, job
from service.ledger.payouts.runs import actions, store
from service.ledger.payouts.runs.actions import AT_ONCE, PAY, PayOut
from service.ledger.payouts.runs.schemas import Paid


@job(PAY)
async def pay_out(work: Work, payload: PayOut) -> Paid:
    """Makes the payouts of a run; each partner has one per currency however often the job begins anew."""
    async with work.transaction() as db:
        run = await store.get_run(db, work.workspace_id, payload.run_id)
        asked = await actions.candidates(db, work.workspace_id, run.wanted)
    done = Paid()
    for at in range(0, len(asked), AT_ONCE):
        await work.progress(at, len(asked))
        async with work.transaction() as db:
            some = asked[at : at + AT_ONCE]
            made = await actions.pay_some(db, work.workspace_id, run, some, run.created_by)
        done = Paid(done.payouts + made.payouts, done.skipped + made.skipped)
    async with work.transaction() as db:
        work.report(len(asked), len(asked))
        await store.finish(db, work.workspace_id, run.id)
        await work.finish(db, done)
    return done
