"""All SQL of payout accounts."""

from collections.abc import Sequence
from uuid import UUID

from service.kit.db import Connection, sql
from service.ledger.payouts.accounts.schemas import AccountRow
from service.ledger.payouts.problems import NoPayoutAccount

_COLUMNS = "id, partner_id, sealed, country, hint, created_by, created_at"


@sql(
    f"""select {_COLUMNS} from payout_accounts
        where workspace_id = $1 and partner_id = $2 and ended_at is null""",
    missing=NoPayoutAccount,
)
async def get_account(db: Connection, workspace_id: UUID, partner_id: UUID) -> AccountRow: ...


@sql(f"""
    select {_COLUMNS} from payout_accounts
    where workspace_id = $1 and partner_id = any($2) and ended_at is null and sealed is not null
""")
async def current(db: Connection, workspace_id: UUID, partner_ids: Sequence[UUID]) -> list[AccountRow]: ...


# Also those that were replaced: payouts went there.
@sql(f"select {_COLUMNS} from payout_accounts where workspace_id = $1 and id = any($2)")
async def by_ids(db: Connection, workspace_id: UUID, ids: Sequence[UUID]) -> list[AccountRow]: ...


@sql("""
    insert into payout_accounts
        (workspace_id, id, partner_id, sealed, number_key, country, hint, created_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8)
""")
async def add_account(
    db: Connection,
    workspace_id: UUID,
    account_id: UUID,
    partner_id: UUID,
    sealed: bytes,
    number_key: bytes,
    country: str,
    hint: str,
    by: str,
) -> None: ...


@sql("""
    update payout_accounts set ended_at = elci_now(), unseen = true
    where workspace_id = $1 and partner_id = $2 and ended_at is null returning id
""")
async def end_account(db: Connection, workspace_id: UUID, partner_id: UUID) -> UUID | None: ...


# Partners who are paid to an account of this number, now or before, beside one and what was merged into it.
@sql("""
    select distinct p.id from payout_accounts a
    join partners r on r.workspace_id = $1 and r.id = a.partner_id
    join partners p on p.workspace_id = $1 and p.id = coalesce(r.merged_into, r.id)
    where a.workspace_id = $1 and p.id <> $2 and a.number_key in (
        select number_key from payout_accounts
        where workspace_id = $1 and partner_id = $2 and ended_at is null
    )
    order by 1 limit 100
""")
async def sharing(db: Connection, workspace_id: UUID, partner_id: UUID) -> list[UUID]: ...


# What has come or ended since this was last asked: who is, or was, paid to such an account beside somebody
# else. Duplicates' records too, as commissions are theirs.
@sql("""
    with changed as (
        update payout_accounts set unseen = false where workspace_id = $1 and unseen returning number_key
    )
    select distinct s.id
    from payout_accounts a
    join partners r on r.workspace_id = $1 and r.id = a.partner_id
    join partners s on s.workspace_id = $1
        and coalesce(s.merged_into, s.id) = coalesce(r.merged_into, r.id)
    where a.workspace_id = $1 and a.number_key in (select number_key from changed)
        and exists (select from payout_accounts b
            where b.workspace_id = $1 and b.number_key = a.number_key and b.partner_id <> a.partner_id)
    order by 1
""")
async def take_changed(db: Connection, workspace_id: UUID) -> list[UUID]: ...


@sql("""
    update payout_accounts set ended_at = coalesce(ended_at, elci_now()), sealed = null, number_key = null,
        country = null, hint = null
    where workspace_id = $1 and partner_id = any($2)
""")
async def forget(db: Connection, workspace_id: UUID, partner_ids: Sequence[UUID]) -> None: ...


# The newest of the duplicates', where the kept partner has none.
@sql("""
    update payout_accounts set partner_id = $2, unseen = true
    where workspace_id = $1 and id = (
        select id from payout_accounts
        where workspace_id = $1 and partner_id = any($3) and ended_at is null
        order by id desc limit 1
    ) and not exists (
        select from payout_accounts where workspace_id = $1 and partner_id = $2 and ended_at is null
    )
""")
async def take_over(db: Connection, workspace_id: UUID, kept: UUID, merged: Sequence[UUID]) -> None: ...


@sql("""
    update payout_accounts set ended_at = elci_now(), unseen = true
    where workspace_id = $1 and partner_id = any($2) and ended_at is null
""")
async def end_all(db: Connection, workspace_id: UUID, partner_ids: Sequence[UUID]) -> None: ...
