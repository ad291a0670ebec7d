"""What people decide of commissions."""

from collections.abc import Sequence
from contextlib import suppress
from uuid import UUID

from service.kit import clock, ids
from service.kit.db import Connection
from service.kit.problems import NotFound
from service.ledger import settling
from service.ledger import store as ledger
from service.ledger.commissions import deciding, store
from service.ledger.commissions.schemas import Decision
from service.ledger.schemas import CommissionRow


async def decide(
    db: Connection, workspace_id: UUID, commission_id: UUID, status: Decision, reason: str | None, by: str
) -> list[CommissionRow]:
    """Brings a commission into a state; all its rows. Raises UnknownCommission, NotNow."""
    row = await store.get_commission(db, workspace_id, commission_id)
    await settling.take_turn(db, workspace_id, [row.partner_id])
    rows = await store.family(db, workspace_id, row.corrects or row.id)
    deciding.check(rows, status, await clock.now(db))
    return await _bring(db, workspace_id, rows, status, reason, by)


async def take_turns(db: Connection, workspace_id: UUID, commission_ids: Sequence[str]) -> None:
    """The turns of all partners at once, so that two long lists never wait for each other in a circle."""
    known = []
    for text in commission_ids:
        with suppress(NotFound):
            known.append(ids.read("com", text))
    partner_ids = await ledger.partners_of(db, workspace_id, known)
    await settling.take_turn(db, workspace_id, partner_ids)


async def _bring(
    db: Connection,
    workspace_id: UUID,
    rows: Sequence[CommissionRow],
    status: Decision,
    reason: str | None,
    by: str,
) -> list[CommissionRow]:
    first = [rows[0].id]
    if status == "on_hold":
        return await settling.hold(db, workspace_id, first, reason or "", by)
    if status == "rejected":
        return await settling.reject(db, workspace_id, first, reason or "", by)
    await settling.reinstate(db, workspace_id, first, by)
    return await settling.release(db, workspace_id, first, by)
