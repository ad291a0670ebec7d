"""All SQL of partners' preferences."""

from uuid import UUID

from service.kit.db import Connection, sql
from service.programs.preferences.schemas import PreferencesRow
from service.programs.problems import UnknownPartner


@sql(
    """
    select p.id as partner_id, p.email, s.language, coalesce(s.language, w.locale) as locale,
        coalesce(s.notices_off, '{}') as notices_off
    from partners p
    join workspaces w on w.id = p.workspace_id
    left join partner_preferences s on s.workspace_id = $1 and s.partner_id = p.id
    where p.workspace_id = $1 and p.id = $2
    """,
    missing=UnknownPartner,
)
async def get_preferences(db: Connection, workspace_id: UUID, partner_id: UUID) -> PreferencesRow: ...


@sql("""
    insert into partner_preferences (workspace_id, partner_id, language, notices_off)
    values ($1, $2, $3, $4)
    on conflict (workspace_id, partner_id) do update
    set language = $3, notices_off = $4, updated_at = elci_now()
""")
async def save_preferences(
    db: Connection, workspace_id: UUID, partner_id: UUID, language: str | None, notices_off: list[str]
) -> None: ...


@sql("delete from partner_preferences where workspace_id = $1 and partner_id = $2")
async def forget_preferences(db: Connection, workspace_id: UUID, partner_id: UUID) -> None: ...
