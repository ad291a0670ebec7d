"""All SQL of deciding claims."""

from collections.abc import Sequence
from uuid import UUID

from service.kit.db import Connection, sql
from service.ledger.schemas import CommissionRow
from service.ledger.store import COLUMNS as COMMISSION
from service.partner.claims.brand.schemas import NoteRow, PartRow


@sql("""
    insert into claim_notes (workspace_id, claim_id, note, written_by) values ($1, $2, $3, $4)
    on conflict (workspace_id, claim_id) do update
    set note = $3, written_by = $4, written_at = elci_now()
""")
async def put_note(db: Connection, workspace_id: UUID, claim_id: UUID, note: str, by: str) -> None: ...


@sql("select note, written_by, written_at from claim_notes where workspace_id = $1 and claim_id = $2")
async def find_note(db: Connection, workspace_id: UUID, claim_id: UUID) -> NoteRow | None: ...


@sql("""
    select distinct conversion_id, partner_id from conversion_touches
    where workspace_id = $1 and conversion_id = any($2) and share > 0 and partner_id is not null
    order by 1, 2
""")
async def parts(db: Connection, workspace_id: UUID, conversion_ids: Sequence[UUID]) -> list[PartRow]: ...


@sql(f"""
    select {COMMISSION} from commissions where workspace_id = $1 and conversion_id = $2
    order by partner_id, key, currency, n
""")
async def of_conversion(db: Connection, workspace_id: UUID, conversion_id: UUID) -> list[CommissionRow]: ...
