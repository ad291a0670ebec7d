"""All SQL of the bank's file."""

from collections.abc import Sequence
from uuid import UUID

from msgspec import Struct

from service.kit.db import Connection, sql


class PaymentRow(Struct):
    """A payout that a bank can make."""

    id: UUID
    account_id: UUID
    sealed: bytes
    amount: int
    currency: str
    reference: str


# Without those whose account was forgotten: no bank could pay them.
@sql("""
    select y.id, y.account_id, a.sealed, y.amount, y.currency, y.reference
    from payouts y join payout_accounts a on a.workspace_id = $1 and a.id = y.account_id
    where y.workspace_id = $1 and y.run_id = $2 and y.method = 'bank' and a.sealed is not null
        and y.status = any($3) and ($4::text is null or y.currency = $4) and y.id > $5
    order by y.id limit $6
""")
async def payments(
    db: Connection,
    workspace_id: UUID,
    run_id: UUID,
    statuses: Sequence[str],
    currency: str | None,
    after: UUID,
    limit: int,
) -> list[PaymentRow]: ...
