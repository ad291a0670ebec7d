"""All SQL of word lists."""

from uuid import UUID

from service.discovery.word_lists.schemas import WordListRow
from service.kit.db import Connection, sql


@sql("""
    select category, language, enabled, veto, added, removed, innocent, updated_by, updated_at
    from word_lists where workspace_id = $1 order by category, language
""")
async def changed_lists(db: Connection, workspace_id: UUID) -> list[WordListRow]: ...


# Two people who edit different lists at once each keep theirs.
@sql("""
    insert into word_lists (workspace_id, category, language, enabled, veto, added, removed, innocent,
        updated_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
    on conflict on constraint word_lists_pkey do update set enabled = excluded.enabled, veto = excluded.veto,
        added = excluded.added, removed = excluded.removed, innocent = excluded.innocent,
        updated_by = excluded.updated_by, updated_at = elci_now()
""")
async def put_list(
    db: Connection,
    workspace_id: UUID,
    category: str,
    language: str,
    enabled: bool,
    veto: bool,
    added: list[str],
    removed: list[str],
    innocent: list[str],
    updated_by: str,
) -> None: ...
