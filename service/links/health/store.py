"""All SQL of the check of links."""

from collections.abc import Sequence
from uuid import UUID

from service.kit.db import Connection, sql
from service.links.health.schemas import DestinationsRow

_WANTED = """
    workspace_id = $1 and retired_at is null
    and ($2::uuid[] is null or id = any($2)) and ($3::uuid is null or partner_id = $3)
    and ($4::uuid is null or campaign_id = $4)
"""


@sql(f"select count(*) from links where {_WANTED}")
async def count_wanted(
    db: Connection,
    workspace_id: UUID,
    link_ids: Sequence[UUID] | None,
    partner_id: UUID | None,
    campaign_id: UUID | None,
) -> int: ...


@sql(f"""
    select id, url, targets from links where {_WANTED} and ($5::uuid is null or id > $5)
    order by id limit $6
""")
async def wanted(
    db: Connection,
    workspace_id: UUID,
    link_ids: Sequence[UUID] | None,
    partner_id: UUID | None,
    campaign_id: UUID | None,
    after: UUID | None,
    limit: int,
) -> list[DestinationsRow]: ...


@sql("select id from links where workspace_id = $1 and id = any($2)")
async def known_links(db: Connection, workspace_id: UUID, asked: Sequence[UUID]) -> list[UUID]: ...


# No new version: a redirect needs nothing of it. A link that was changed meanwhile leads elsewhere.
@sql("""
    update links l
    set health = r.health, health_code = r.code, health_reason = r.reason, checked_at = elci_now()
    from unnest($2::uuid[], $3::text[], $4::text[], $5::smallint[], $6::text[])
        as r (id, url, health, code, reason)
    where l.workspace_id = $1 and l.id = r.id and l.url = r.url
""")
async def save_health(
    db: Connection,
    workspace_id: UUID,
    link_ids: Sequence[UUID],
    urls: Sequence[str],
    results: Sequence[str],
    codes: Sequence[int | None],
    reasons: Sequence[str | None],
) -> None: ...
