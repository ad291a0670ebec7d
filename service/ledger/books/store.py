"""All SQL that reads accounts and entries, and counts them again."""

from typing import Any
from uuid import UUID

from service.kit.db import Connection, fetch, sql
from service.ledger.books.schemas import (
    CountsRow,
    DifferenceRow,
    EntryRow,
    LedgerAccountRow,
    ListedAccounts,
    ListedEntries,
    TotalRow,
)
from service.ledger.store import OF_PARTNER

_ENTRY = """
    e.id, e.kind, e.partner_id, e.commission_id, e.reason, coalesce(e.details, '{}') as details,
    coalesce((
        select jsonb_agg(jsonb_build_object('account_id', p.account_id, 'account', a.kind,
            'amount', p.amount, 'currency', p.currency, 'commission_id', p.commission_id) order by p.n)
        from ledger_postings p
        join ledger_accounts a on a.workspace_id = $1 and a.id = p.account_id
        where p.workspace_id = $1 and p.entry_id = e.id
    ), '[]') as lines,
    e.created_by, e.created_at
"""
_ENTRY_FRAGMENTS = {
    "partner_id": f"e.partner_id = {OF_PARTNER}",
    "commission_id": (
        "e.commission_id = (select coalesce(c.corrects, c.id) from commissions c"
        " where c.workspace_id = $1 and c.id = ${})"
    ),
    "kind": "e.kind = ${}",
    "since": "e.created_at >= ${}",
    "until": "e.created_at < ${}",
}
_ACCOUNT = "id, kind, partner_id, currency, balance, created_at"
_ACCOUNT_FRAGMENTS = {
    "partner_id": f"partner_id = {OF_PARTNER}",
    "kind": "kind = ${}",
    "currency": "currency = ${}",
}


async def list_entries(
    db: Connection, workspace_id: UUID, wanted: ListedEntries, before: UUID | None, limit: int
) -> list[EntryRow]:
    """The newest first, older than `before`."""
    values: list[Any] = [workspace_id, limit]
    conditions = ["e.workspace_id = $1"]
    for name, fragment in _ENTRY_FRAGMENTS.items():
        if (value := getattr(wanted, name)) is not None:
            values.append(value)
            conditions.append(fragment.format(len(values)))
    if before is not None:
        values.append(before)
        conditions.append(f"e.id < ${len(values)}")
    text = f"""select {_ENTRY} from ledger_entries e where {" and ".join(conditions)}
        order by e.id desc limit $2"""
    return await fetch(db, EntryRow, text, *values)


@sql(f"""
    select {_ENTRY} from ledger_entries e where e.workspace_id = $1 and e.commission_id = $2 order by e.id
""")
async def of_commission(db: Connection, workspace_id: UUID, first_id: UUID) -> list[EntryRow]: ...


async def list_accounts(
    db: Connection, workspace_id: UUID, wanted: ListedAccounts, before: UUID | None, limit: int
) -> list[LedgerAccountRow]:
    """The newest first, older than `before`."""
    values: list[Any] = [workspace_id, limit]
    conditions = ["workspace_id = $1"]
    for name, fragment in _ACCOUNT_FRAGMENTS.items():
        if (value := getattr(wanted, name)) is not None:
            values.append(value)
            conditions.append(fragment.format(len(values)))
    if before is not None:
        values.append(before)
        conditions.append(f"id < ${len(values)}")
    text = f"""select {_ACCOUNT} from ledger_accounts where {" and ".join(conditions)}
        order by id desc limit $2"""
    return await fetch(db, LedgerAccountRow, text, *values)


@sql("""
    select min(id::text)::uuid as id, kind, $2::uuid as partner_id, currency,
        sum(balance)::bigint as balance, min(created_at) as created_at
    from ledger_accounts
    where workspace_id = $1 and kind not like 'reward%' and partner_id = any(array(
        select id from partners where workspace_id = $1 and (id = $2 or merged_into = $2)
    ))
    group by kind, currency order by currency, kind
""")
async def of_partner(db: Connection, workspace_id: UUID, partner_id: UUID) -> list[LedgerAccountRow]: ...


@sql("""
    select kind, currency, sum(balance)::bigint as balance from ledger_accounts where workspace_id = $1
    group by kind, currency order by currency, kind
""")
async def totals(db: Connection, workspace_id: UUID) -> list[TotalRow]: ...


@sql("""
    select (select count(*) from ledger_accounts where workspace_id = $1)::integer as accounts,
        (select count(*) from ledger_entries where workspace_id = $1)::integer as entries,
        (select count(*) from ledger_postings where workspace_id = $1)::integer as postings,
        (select count(*) from commissions where workspace_id = $1)::integer as commissions,
        elci_now() as counted_at
""")
async def counts(db: Connection, workspace_id: UUID) -> CountsRow: ...


@sql("""
    select kind, currency, sum(balance)::bigint as balance from (
        select a.kind, p.currency, sum(p.amount) as balance from ledger_postings p
        join ledger_accounts a on a.workspace_id = $1 and a.id = p.account_id
        where p.workspace_id = $1 group by 1, 2
    ) s group by kind, currency order by currency, kind
""")
async def recounted_totals(db: Connection, workspace_id: UUID) -> list[TotalRow]: ...


# One statement, so one moment. An account's balance is its postings' sum; an entry's postings add up to 0;
# the amount of a commission's row stands in the account of its state, and nothing of it anywhere else.
@sql("""
    with lines as materialized (
        select p.entry_id, p.commission_id, p.account_id, a.kind, p.currency, p.amount
        from ledger_postings p join ledger_accounts a on a.workspace_id = $1 and a.id = p.account_id
        where p.workspace_id = $1
    ), by_account as (
        select account_id, currency, sum(amount)::bigint as amount from lines group by 1, 2
    ), by_entry as (
        select entry_id, currency, sum(amount)::bigint as amount from lines group by 1, 2
    ), standing as (
        select commission_id, kind, currency, sum(amount)::bigint as amount from lines
        where commission_id is not null and kind <> 'expense' group by 1, 2, 3 having sum(amount) <> 0
    ), owed as (
        select id as commission_id, status as kind, currency, amount from commissions
        where workspace_id = $1 and status not in ('reversed', 'rejected') and amount <> 0
    )
    select 'account' as of, a.id, a.currency, a.balance as recorded, coalesce(b.amount, 0) as recounted
    from ledger_accounts a left join by_account b on b.account_id = a.id and b.currency = a.currency
    where a.workspace_id = $1 and a.balance <> coalesce(b.amount, 0)
    union all
    select 'account', b.account_id, b.currency, 0, b.amount from by_account b
    join ledger_accounts a on a.workspace_id = $1 and a.id = b.account_id and a.currency <> b.currency
    union all
    select 'entry', entry_id, currency, 0, amount from by_entry where amount <> 0
    union all
    select 'commission', commission_id, currency, coalesce(o.amount, 0), coalesce(s.amount, 0)
    from owed o full join standing s using (commission_id, kind, currency)
    where o.amount is distinct from s.amount
    limit $2
""")
async def differences(db: Connection, workspace_id: UUID, limit: int) -> list[DifferenceRow]: ...
