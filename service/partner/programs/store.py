"""All SQL of a partner's memberships."""

from uuid import UUID

from service.kit.db import Connection, sql
from service.ledger.store import OF_PARTNER
from service.partner.programs.schemas import JoinedRow


@sql(f"""
    select program_id, nullif(min(since), '-infinity') as joined_at from partner_history
    where workspace_id = $1 and partner_id = {OF_PARTNER.format(2)} and program_id is not null
    group by 1
""")
async def joined(db: Connection, workspace_id: UUID, partner_id: UUID) -> list[JoinedRow]: ...
