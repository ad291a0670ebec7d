"""All SQL of judging again whose partners' payout accounts have changed."""

from collections.abc import Sequence
from uuid import UUID

from service.kit.db import Connection, sql


@sql("select * from entry.changed_payout_accounts()")
async def changed_workspaces(db: Connection) -> list[UUID]: ...


@sql("""
    select distinct conversion_id from commissions
    where workspace_id = $1 and partner_id = any($2) and conversion_id is not null
        and status in ('pending', 'on_hold', 'payable')
    order by conversion_id
""")
async def unpaid_of(db: Connection, workspace_id: UUID, partner_ids: Sequence[UUID]) -> list[UUID]: ...
