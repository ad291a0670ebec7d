"""Payout runs as the API shows them."""

from collections.abc import Sequence
from uuid import UUID

from service.kit.db import Connection
from service.kit.ids import show, show_or_none
from service.kit.money import Money
from service.ledger.payouts.runs import store
from service.ledger.payouts.runs.schemas import (
    PayoutRun,
    RunRow,
    RunTotal,
    Skipped,
    SkippedPartner,
    SkippedTotalRow,
    SkipRow,
    TotalRow,
)


async def shown(db: Connection, workspace_id: UUID, rows: Sequence[RunRow]) -> list[PayoutRun]:
    """Runs with what they came to."""
    ids = [row.id for row in rows]
    totals = await store.totals(db, workspace_id, ids)
    skips = await store.skipped_totals(db, workspace_id, ids)
    return [_shown(row, totals, skips) for row in rows]


def _shown(row: RunRow, totals: Sequence[TotalRow], skips: Sequence[SkippedTotalRow]) -> PayoutRun:
    wanted = row.wanted
    return PayoutRun(
        id=show("prn", row.id),
        status=row.status,
        job_id=show_or_none("job", row.job_id),
        currency=wanted.currency,
        minimum=[Money(amount, currency) for currency, amount in sorted(wanted.minimum.items())],
        partner_ids=_shown_ids(wanted.partner_ids),
        program_id=show_or_none("prg", wanted.program_id),
        earned_before=wanted.earned_before,
        note=wanted.note,
        totals=[
            RunTotal(each.status, each.payouts, Money(each.amount, each.currency))
            for each in totals
            if each.run_id == row.id
        ],
        skipped=[
            Skipped(each.reason, each.partners, Money(each.amount, each.currency))
            for each in skips
            if each.run_id == row.id
        ],
        created_by=row.created_by,
        created_at=row.created_at,
        finished_at=row.finished_at,
    )


def _shown_ids(partner_ids: Sequence[UUID] | None) -> list[str] | None:
    return None if partner_ids is None else [show("prt", one) for one in partner_ids]


def skipped(row: SkipRow) -> SkippedPartner:
    """A partner who was not paid."""
    return SkippedPartner(
        show("prt", row.partner_id), row.partner_name, Money(row.amount, row.currency), row.reason
    )
