"""SQL of finding accounts; the stores beside this one take profiles in.

`limit 1` makes an index look-up a row of every join: see stage_store.
"""

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
    left join lateral (
        select a.id, a.influencer_id from influencer_accounts a
        where a.workspace_id = $1 and a.platform = w.platform and a.platform_id = w.platform_id
        limit 1) p on true
    left join lateral (
        select a.id, a.influencer_id, a.platform_id from influencer_accounts a
        where a.workspace_id = $1 and a.platform = w.platform and a.handle_folded = w.handle_folded
        limit 1) h on true
    left join lateral (
        select a.id, a.influencer_id from influencer_accounts a
        where w.platform_id is null and w.handle_folded is null and a.workspace_id = $1
          and a.platform = w.platform and a.source = w.source and a.name_folded = w.name_folded
          and a.platform_id is null and a.handle_folded is null
        limit 1) m on true
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
