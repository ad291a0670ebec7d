"""All SQL of edges and their nodes."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from service.discovery.edges.schemas import (
    FoundEnd,
    FoundNode,
    GraphRow,
    KindCount,
    ShownRow,
    Told,
    Written,
)
from service.kit.db import Connection, sql


# Written again where it stands already: so the job that takes it waits for what is changing just now.
@sql("""
    insert into edge_changes (workspace_id, influencer_id)
    select $1, id from unnest($2::uuid[]) as changed (id) order by id
    on conflict (workspace_id, influencer_id) do update set influencer_id = excluded.influencer_id
""")
async def add_changes(db: Connection, workspace_id: UUID, influencer_ids: Sequence[UUID]) -> None: ...


@sql("""
    with taken as (
        select influencer_id from edge_changes where workspace_id = $1
        order by influencer_id limit $2 for update skip locked
    )
    delete from edge_changes c using taken t
    where c.workspace_id = $1 and c.influencer_id = t.influencer_id
    returning c.influencer_id
""")
async def take_changes(db: Connection, workspace_id: UUID, most: int) -> list[UUID]: ...


@sql("""
    select w.n::integer as n, coalesce(h.id, p.id) as account_id
    from unnest($2::text[], $3::text[], $4::text[]) with ordinality as w (platform, handle, platform_id, n)
    left join lateral (
        select a.id from influencer_accounts a
        where a.workspace_id = $1 and a.platform = w.platform and a.handle_folded = w.handle
        limit 1) h on true
    left join lateral (
        select a.id from influencer_accounts a
        where a.workspace_id = $1 and a.platform = w.platform and a.platform_id = w.platform_id
        limit 1) p on true
    where coalesce(h.id, p.id) is not null
""")
async def find_accounts(
    db: Connection,
    workspace_id: UUID,
    platforms: Sequence[str],
    handles: Sequence[str | None],
    platform_ids: Sequence[str | None],
) -> list[FoundEnd]: ...


@sql("""
    insert into edge_nodes (workspace_id, platform, account_id)
    select $1, a.platform, a.id from influencer_accounts a
    where a.workspace_id = $1 and a.id = any($2::uuid[]) order by a.id
    on conflict (workspace_id, account_id) where account_id is not null do nothing
""")
async def add_account_nodes(db: Connection, workspace_id: UUID, account_ids: Sequence[UUID]) -> None: ...


@sql("""
    insert into edge_nodes (workspace_id, platform, handle, handle_folded)
    select distinct on (n.platform, n.folded) $1, n.platform, n.handle, n.folded
    from unnest($2::text[], $3::text[], $4::text[]) as n (platform, handle, folded)
    order by n.platform, n.folded, n.handle
    on conflict (workspace_id, platform, handle_folded) where handle_folded is not null do nothing
""")
async def add_outside_nodes(
    db: Connection,
    workspace_id: UUID,
    platforms: Sequence[str],
    handles: Sequence[str],
    folded: Sequence[str],
) -> None: ...


@sql("""
    select w.n::integer as n, coalesce(a.id, o.id) as node
    from unnest($2::uuid[], $3::text[], $4::text[]) with ordinality as w (account_id, platform, handle, n)
    left join lateral (
        select e.id from edge_nodes e where e.workspace_id = $1 and e.account_id = w.account_id
        limit 1) a on true
    left join lateral (
        select e.id from edge_nodes e where w.account_id is null and e.workspace_id = $1
          and e.platform = w.platform and e.handle_folded = w.handle limit 1) o on true
    where coalesce(a.id, o.id) is not null
""")
async def find_nodes(
    db: Connection,
    workspace_id: UUID,
    account_ids: Sequence[UUID | None],
    platforms: Sequence[str],
    handles: Sequence[str | None],
) -> list[FoundNode]: ...


# A handle that was nobody's becomes the account's node, where the account has none yet.
@sql("""
    with adopted as (
        update edge_nodes n set account_id = a.id, handle = null, handle_folded = null
        from influencer_accounts a
        where a.workspace_id = $1 and a.influencer_id = any($2::uuid[])
          and n.workspace_id = $1 and n.platform = a.platform and n.handle_folded = a.handle_folded
          and not exists (select from edge_nodes k where k.workspace_id = $1 and k.account_id = a.id)
        returning n.id
    )
    select count(*) from adopted
""")
async def adopt_nodes(db: Connection, workspace_id: UUID, influencer_ids: Sequence[UUID]) -> int: ...


# The same for a platform's own id, by which files name accounts too. A statement of its own: one that found a
# node by handle and another by id would give an account two.
@sql("""
    with adopted as (
        update edge_nodes n set account_id = a.id, handle = null, handle_folded = null
        from influencer_accounts a
        where a.workspace_id = $1 and a.influencer_id = any($2::uuid[])
          and n.workspace_id = $1 and n.platform = a.platform and n.handle_folded = lower(a.platform_id)
          and not exists (select from edge_nodes k where k.workspace_id = $1 and k.account_id = a.id)
        returning n.id
    )
    select count(*) from adopted
""")
async def adopt_numbered(db: Connection, workspace_id: UUID, influencer_ids: Sequence[UUID]) -> int: ...


# Before the accounts go: what names them by handle or id would be all that is left of them.
@sql("""
    delete from edge_nodes n using influencer_accounts a
    where a.workspace_id = $1 and a.influencer_id = any($2::uuid[]) and n.workspace_id = $1
      and n.platform = a.platform and n.handle_folded in (a.handle_folded, lower(a.platform_id))
""")
async def drop_outside_nodes(db: Connection, workspace_id: UUID, influencer_ids: Sequence[UUID]) -> None: ...


# Where it has one (it took the handle later), the edges move and the old node goes with what they were.
@sql("""
    with pairs as materialized (
        select o.id as old, k.id as new
        from influencer_accounts a
        join edge_nodes k on k.workspace_id = $1 and k.account_id = a.id
        join edge_nodes o on o.workspace_id = $1 and o.platform = a.platform
            and o.handle_folded in (a.handle_folded, lower(a.platform_id))
        where a.workspace_id = $1 and a.influencer_id = any($2::uuid[])
    ), moved as (
        insert into edges (workspace_id, src, dst, kind, weight, at, source, post_id, digests, created_at)
        select $1, coalesce(s.new, e.src), coalesce(d.new, e.dst), e.kind, e.weight, e.at, e.source,
            e.post_id, e.digests, e.created_at
        from edges e left join pairs s on s.old = e.src left join pairs d on d.old = e.dst
        where e.workspace_id = $1 and (s.old is not null or d.old is not null)
          and coalesce(s.new, e.src) <> coalesce(d.new, e.dst)
        on conflict (workspace_id, dst, src, kind, at, source, post_id) do nothing
    ), gone as (
        delete from edge_nodes n using pairs p where n.workspace_id = $1 and n.id = p.old returning n.id
    )
    select count(*) from gone
""")
async def absorb_nodes(db: Connection, workspace_id: UUID, influencer_ids: Sequence[UUID]) -> int: ...


@sql("""
    with staged as materialized (
        select * from unnest($2::bigint[], $3::bigint[], $4::text[], $5::float8[], $6::timestamptz[],
            $7::text[]) with ordinality as s (src, dst, kind, weight, at, told, n)
    ), read as materialized (
        select s.*, string_to_array(s.told, ' ')::bigint[] as digests from staged s
    ), known as materialized (
        select r.n, e.digests @> r.digests as seen, e.weight <> r.weight as differs
        from read r cross join lateral (
            select * from edges e where e.workspace_id = $1 and e.dst = r.dst and e.src = r.src
              and e.kind = r.kind and e.at is not distinct from r.at and e.source = $8 and e.post_id is null
            limit 1) e
    ), written as (
        insert into edges as e (workspace_id, src, dst, kind, weight, at, source, digests)
        select $1, r.src, r.dst, r.kind, r.weight, r.at, $8, r.digests
        from read r left join known k using (n) where k.seen is not true order by r.dst, r.src
        on conflict (workspace_id, dst, src, kind, at, source, post_id) do update
            set weight = excluded.weight, digests = e.digests || excluded.digests
        returning e.id
    )
    select r.n::integer as n,
        case when k.n is null then 'created' when k.seen or not k.differs then 'unchanged' else 'updated' end
            as status
    from read r left join known k using (n), (select count(*) from written) as done
""")
async def put_edges(
    db: Connection,
    workspace_id: UUID,
    sources: Sequence[int],
    targets: Sequence[int],
    kinds: Sequence[str],
    weights: Sequence[float],
    times: Sequence[datetime | None],
    digests: Sequence[str],
    source: str,
) -> list[Written]: ...


@sql("""
    select distinct a.platform, said.handle
    from influencer_accounts a
    join influencers i on i.workspace_id = $1 and i.id = a.influencer_id and i.opted_out_at is null
    join influencer_posts p on p.workspace_id = $1 and p.account_id = a.id
    cross join lateral unnest(p.mentions) as said (handle)
    where a.workspace_id = $1 and a.influencer_id = any($2::uuid[])
""")
async def mentioned_by(db: Connection, workspace_id: UUID, influencer_ids: Sequence[UUID]) -> list[Told]: ...


@sql("""
    select a.id from influencer_accounts a
    where a.workspace_id = $1 and a.influencer_id = any($2::uuid[]) and exists (
        select from influencer_posts p
        where p.workspace_id = $1 and p.account_id = a.id and p.mentions <> '{}')
""")
async def mentioning_accounts(
    db: Connection, workspace_id: UUID, influencer_ids: Sequence[UUID]
) -> list[UUID]: ...


# A paid post's tags are work, not praise.
@sql("""
    with named as materialized (
        select * from unnest($3::text[], $4::text[], $5::bigint[]) as m (platform, handle, node)
    ), own as materialized (
        select n.id as node, a.id as account_id, a.platform, i.opted_out_at
        from influencer_accounts a
        join influencers i on i.workspace_id = $1 and i.id = a.influencer_id
        join edge_nodes n on n.workspace_id = $1 and n.account_id = a.id
        where a.workspace_id = $1 and a.influencer_id = any($2::uuid[])
    ), wanted as materialized (
        select distinct o.node as src, m.node as dst, p.published_at as at, p.id as post_id,
            case when p.sponsored then 'collaboration' else 'mention' end as kind
        from own o
        join influencer_posts p on p.workspace_id = $1 and p.account_id = o.account_id
        cross join lateral unnest(p.mentions) as said (handle)
        join named m on m.platform = o.platform and m.handle = said.handle
        where o.opted_out_at is null and m.node <> o.node
    ), gone as (
        delete from edges e using own o
        where e.workspace_id = $1 and e.src = o.node and e.post_id is not null and not exists (
            select from wanted w where w.src = e.src and w.dst = e.dst and w.kind = e.kind
              and w.post_id = e.post_id and w.at is not distinct from e.at)
        returning e.id
    ), added as (
        insert into edges (workspace_id, src, dst, kind, weight, at, source, post_id)
        select $1, w.src, w.dst, w.kind, 1, w.at, 'posts', w.post_id from wanted w order by w.dst, w.src
        on conflict (workspace_id, dst, src, kind, at, source, post_id) do nothing
        returning id
    )
    select (select count(*) from gone) + (select count(*) from added)
""")
async def rewrite_from_posts(
    db: Connection,
    workspace_id: UUID,
    influencer_ids: Sequence[UUID],
    platforms: Sequence[str],
    handles: Sequence[str],
    nodes: Sequence[int],
) -> int: ...


# Who opted out is shown to no one, also not as the other end.
@sql("""
    with own as materialized (
        select n.id as node, a.id as account_id, a.platform, a.handle
        from influencer_accounts a
        join edge_nodes n on n.workspace_id = $1 and n.account_id = a.id
        where a.workspace_id = $1 and a.influencer_id = $2
    ), said as materialized (
        select i.*, w.account_id, w.platform, w.handle, 'in' as direction, i.src as other
        from own w join edges i on i.workspace_id = $1 and i.dst = w.node
        where $4::text is distinct from 'out' and ($3::text is null or i.kind = $3)
        union all
        select u.*, w.account_id, w.platform, w.handle, 'out', u.dst
        from own w join edges u on u.workspace_id = $1 and u.src = w.node
        where $4 is distinct from 'in' and ($3 is null or u.kind = $3)
    )
    select * from (
        select e.id, e.kind, e.direction, e.weight, e.at, e.source, e.post_id, e.created_at, e.account_id,
            e.platform, e.handle, o.platform as other_platform, coalesce(b.handle, o.handle) as other_handle,
            b.id as other_account_id, i.id as other_influencer_id, i.name as other_name,
            b.verified as other_verified, b.followers as other_followers,
            coalesce(e.at, to_timestamp(0)) as sorted_at
        from said e
        join edge_nodes o on o.workspace_id = $1 and o.id = e.other
        left join influencer_accounts b on b.workspace_id = $1 and b.id = o.account_id
        left join influencers i on i.workspace_id = $1 and i.id = b.influencer_id
        where i.opted_out_at is null
    ) found
    where $5::timestamptz is null or (sorted_at, id) < ($5, $6)
    order by sorted_at desc, id desc limit $7
""")
async def list_edges(
    db: Connection,
    workspace_id: UUID,
    influencer_id: UUID,
    kind: str | None,
    direction: str | None,
    after_at: datetime | None,
    after_id: int | None,
    limit: int,
) -> list[ShownRow]: ...


@sql("""
    select n.platform, e.kind, count(*) as edges, count(e.post_id) as from_posts,
        count(distinct e.src) as sources, count(distinct e.dst) as targets
    from edges e join edge_nodes n on n.workspace_id = $1 and n.id = e.dst
    where e.workspace_id = $1 group by n.platform, e.kind order by n.platform, e.kind
""")
async def counts(db: Connection, workspace_id: UUID) -> list[KindCount]: ...


@sql("select count(*) from edge_changes where workspace_id = $1")
async def waiting(db: Connection, workspace_id: UUID) -> int: ...


@sql("select stale, version, nodes, arcs, topics, computed_at from edge_graphs where workspace_id = $1")
async def find_graph(db: Connection, workspace_id: UUID) -> GraphRow | None: ...
