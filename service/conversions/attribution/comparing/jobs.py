"""Comparisons of large spans as a job, and what is kept of them."""

import msgspec

from service.conversions.attribution.comparing import store
from service.conversions.attribution.comparing.keeping import COMPARE, figures
from service.conversions.attribution.comparing.schemas import Compare, Compared
from service.kit.jobs import Work, job


@job(COMPARE)
async def compare(work: Work, payload: Compare) -> Compared | None:
    """Computes what was asked; nothing where nobody asks any more."""
    key = bytes.fromhex(payload.key)
    async with work.transaction() as db:
        await store.purge(db, work.workspace_id)
        row = await store.find(db, work.workspace_id, key)
        if row is None:
            return None
        made = await figures(db, work.workspace_id, row.question)
        question = msgspec.to_builtins(row.question)
        await store.put(db, work.workspace_id, key, question, msgspec.json.encode(made), work.job_id)
        done = Compared(
            sum(total.conversions for total in made.totals), len({each.partner_id for each in made.rows})
        )
        await work.finish(db, done)
    return done
