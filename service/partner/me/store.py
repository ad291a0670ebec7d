"""All SQL of a partner's own record."""

from uuid import UUID

from service.kit.db import Connection, sql
from service.partner.me.schemas import OwnRow
from service.programs.problems import UnknownPartner


@sql(
    """
    select p.id, p.name, p.email, p.status, p.program_id is not null as has_program,
        exists (
            select from payout_accounts a
            where a.workspace_id = $1 and a.partner_id = p.id and a.ended_at is null
        ) as has_payout_account,
        exists (
            select from advocates v where v.workspace_id = $1 and v.partner_id = any(array(
                select d.id from partners d where d.workspace_id = $1 and $2 in (d.id, d.merged_into)))
        ) as is_advocate,
        w.name as brand, w.currency, w.timezone, p.created_at
    from partners p join workspaces w on w.id = p.workspace_id
    where p.workspace_id = $1 and p.id = $2
    """,
    missing=UnknownPartner,
)
async def get_own(db: Connection, workspace_id: UUID, partner_id: UUID) -> OwnRow: ...
