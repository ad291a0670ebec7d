"""All SQL of payout runs."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from service.kit.db import Connection, sql
from service.ledger.payouts.problems import UnknownRun
from service.ledger.payouts.runs.schemas import RunRow, SkippedTotalRow, SkipRow, TotalRow

# A run's state is its job's until it is over; jobs are dropped some time after their end.
_COLUMNS = """
    r.id, r.wanted,
    case when r.finished_at is not null then 'finished' when j.status in ('queued', 'running') then j.status
        when j.status = 'cancelled' then 'cancelled' else 'failed' end as status,
    r.job_id, r.created_by, r.created_at, r.finished_at
"""
_FROM = "from payout_runs r left join jobs j on j.workspace_id = $1 and j.id = r.job_id"


@sql(f"select {_COLUMNS} {_FROM} where r.workspace_id = $1 and r.id = $2", missing=UnknownRun)
async def get_run(db: Connection, workspace_id: UUID, run_id: UUID) -> RunRow: ...


@sql(f"""
    select {_COLUMNS} {_FROM} where r.workspace_id = $1 and r.wanted_key = $2 and r.finished_at is null
    for update of r
""")
async def lock_open(db: Connection, workspace_id: UUID, wanted_key: str) -> RunRow: ...


@sql(f"""
    select {_COLUMNS} {_FROM} where r.workspace_id = $1 and ($2::uuid is null or r.id < $2)
    order by r.id desc limit $3
""")
async def list_runs(db: Connection, workspace_id: UUID, before: UUID | None, limit: int) -> list[RunRow]: ...


@sql("""
    insert into payout_runs (workspace_id, id, wanted, wanted_key, created_by) values ($1, $2, $3, $4, $5)
    on conflict (workspace_id, wanted_key) where finished_at is null do nothing
    returning id
""")
async def add_run(
    db: Connection, workspace_id: UUID, run_id: UUID, wanted: dict[str, Any], wanted_key: str, by: str
) -> UUID | None: ...


@sql("update payout_runs set job_id = $3 where workspace_id = $1 and id = $2")
async def set_job(db: Connection, workspace_id: UUID, run_id: UUID, job_id: UUID) -> None: ...


@sql("update payout_runs set finished_at = elci_now() where workspace_id = $1 and id = $2")
async def finish(db: Connection, workspace_id: UUID, run_id: UUID) -> None: ...


# Whoever has something payable, or owes something: the partners who stand, with what was merged into them.
@sql("""
    select distinct k.id
    from ledger_accounts a
    join partners p on p.workspace_id = $1 and p.id = a.partner_id
    join partners k on k.workspace_id = $1 and k.id = coalesce(p.merged_into, p.id)
    where a.workspace_id = $1 and a.kind = 'payable' and a.balance <> 0
        and ($2::text is null or a.currency = $2)
        and ($3::uuid[] is null or k.id = any($3))
        and ($4::uuid is null or k.program_id = $4)
    order by k.id
""")
async def candidates(
    db: Connection,
    workspace_id: UUID,
    currency: str | None,
    partner_ids: Sequence[UUID] | None,
    program_id: UUID | None,
) -> list[UUID]: ...


# An earlier attempt at the run may have paid some.
@sql("""
    select partner_id || ' ' || currency from payouts
    where workspace_id = $1 and run_id = $2 and partner_id = any($3)
""")
async def paid_by(
    db: Connection, workspace_id: UUID, run_id: UUID, partner_ids: Sequence[UUID]
) -> list[str]: ...


@sql("delete from payout_skips where workspace_id = $1 and run_id = $2 and partner_id = any($3)")
async def drop_skips(
    db: Connection, workspace_id: UUID, run_id: UUID, partner_ids: Sequence[UUID]
) -> None: ...


@sql("""
    insert into payout_skips (workspace_id, run_id, partner_id, currency, amount, reason)
    select $1, $2, * from unnest($3::uuid[], $4::text[], $5::bigint[], $6::text[])
""")
async def put_skips(
    db: Connection,
    workspace_id: UUID,
    run_id: UUID,
    partner_ids: Sequence[UUID],
    currencies: Sequence[str],
    amounts: Sequence[int],
    reasons: Sequence[str],
) -> None: ...


@sql("""
    select run_id, status, currency, count(*)::integer as payouts, sum(amount)::bigint as amount
    from payouts where workspace_id = $1 and run_id = any($2) group by 1, 2, 3 order by 1, 3, 2
""")
async def totals(db: Connection, workspace_id: UUID, run_ids: Sequence[UUID]) -> list[TotalRow]: ...


@sql("""
    select run_id, reason, currency, count(*)::integer as partners, sum(amount)::bigint as amount
    from payout_skips where workspace_id = $1 and run_id = any($2) group by 1, 2, 3 order by 1, 2, 3
""")
async def skipped_totals(
    db: Connection, workspace_id: UUID, run_ids: Sequence[UUID]
) -> list[SkippedTotalRow]: ...


@sql("""
    select s.partner_id, p.name as partner_name, s.currency, s.amount, s.reason
    from payout_skips s join partners p on p.workspace_id = $1 and p.id = s.partner_id
    where s.workspace_id = $1 and s.run_id = $2 and ($3::text is null or s.reason = $3)
        and (s.partner_id, s.currency) > ($4, $5)
    order by s.partner_id, s.currency limit $6
""")
async def list_skips(
    db: Connection,
    workspace_id: UUID,
    run_id: UUID,
    reason: str | None,
    after: UUID,
    after_currency: str,
    limit: int,
) -> list[SkipRow]: ...
