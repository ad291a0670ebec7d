"""SQL of finding accounts; what takes profiles in stands in profile_store."""

from collections.abc import Sequence
from uuid import UUID

import msgspec

from service.kit.db import Connection, sql


class Match(msgspec.Struct):
    """The account of an identity; `other_id` is another's who has the same handle."""

    n: int
    account_id: UUID
    influencer_id: UUID
    other_id: UUID | None


@sql("""
    select w.n::integer as n, coalesce(p.id, h.id, m.id) as account_id,
        coalesce(p.influencer_id, h.influencer_id, m.influencer_id) as influencer_id,
        case when h.id <> p.id or (p.id is null and w.platform_id is not null and h.platform_id is not null)
             then h.influencer_id end as other_id
    from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[]) with ordinality
        as w (platform, platform_id, handle_folded, name_folded, source, n)
    left join influencer_accounts p
        on p.workspace_id = $1 and p.platform = w.platform and p.platform_id = w.platform_id
    left join influencer_accounts h
        on h.workspace_id = $1 and h.platform = w.platform and h.handle_folded = w.handle_folded
    left join influencer_accounts m
        on m.workspace_id = $1 and m.platform = w.platform and m.source = w.source
        and m.name_folded = w.name_folded and m.platform_id is null and m.handle_folded is null
        and w.platform_id is null and w.handle_folded is null
    where coalesce(p.id, h.id, m.id) is not null
""")
async def match(
    db: Connection,
    workspace_id: UUID,
    platforms: Sequence[str],
    platform_ids: Sequence[str | None],
    handles: Sequence[str | None],
    names: Sequence[str | None],
    sources: Sequence[str],
) -> list[Match]: ...
