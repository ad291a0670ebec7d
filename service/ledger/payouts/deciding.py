"""One decision of many payouts."""

from contextlib import suppress
from uuid import UUID

from service.accounts import audit
from service.accounts.callers import Caller
from service.kit import ids
from service.kit.db import Connection
from service.kit.problems import InvalidInput, NotFound
from service.ledger.payouts import actions, standing, store
from service.ledger.payouts.actions import Decision
from service.ledger.payouts.problems import UnknownPayout
from service.ledger.payouts.runs import store as runs
from service.ledger.payouts.schemas import DecidedPayout, DecidedPayouts, PayoutDecisions

# More are told in several requests: `created` ones of a run are no longer among them the next time.
MOST = 10_000


async def decide_many(db: Connection, caller: Caller, data: PayoutDecisions) -> DecidedPayouts:
    """A result per payout; those of a run that can't go there any more are left out. Raises UnknownRun,
    InvalidInput."""
    standing.check_reason(data.status, data.reason)
    if (data.ids is None) == (data.run_id is None):
        errors = [{"path": "ids", "message": "either this or `run_id`"}]
        raise InvalidInput("say which payouts", errors=errors)
    asked = await _asked(db, caller.workspace_id, data)
    known = [one for one in asked.values() if one is not None]
    decision = Decision(data.status, data.reason, data.at)
    found = await actions.decide(db, caller.workspace_id, known, decision, caller.name)
    results = []
    for text, one in asked.items():
        problem = UnknownPayout() if one is None or one not in found else found[one]
        if problem is None:
            await audit.record(db, caller, "payout.decided", text, {"status": data.status})
            results.append(DecidedPayout(text, data.status, None, None))
        else:
            results.append(DecidedPayout(text, None, type(problem).slug, problem.detail))
    return DecidedPayouts(results)


async def _asked(db: Connection, workspace_id: UUID, data: PayoutDecisions) -> dict[str, UUID | None]:
    if data.run_id is not None:
        run = await runs.get_run(db, workspace_id, ids.read("prn", data.run_id))
        before = [*standing.BEFORE[data.status]]
        if data.status == "failed":
            # A whole run fails before it is paid; what a bank sends back is told one by one.
            before.remove("paid")
        found = await store.of_run(db, workspace_id, run.id, before, UUID(int=0), MOST)
        return {ids.show("pay", one): one for one in found}
    asked: dict[str, UUID | None] = dict.fromkeys(data.ids or [])
    for text in asked:
        with suppress(NotFound):
            asked[text] = ids.read("pay", text)
    return asked
