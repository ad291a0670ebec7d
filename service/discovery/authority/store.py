"""All SQL of authority: what it is computed from, and what is kept for scoring."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from service.discovery.authority.schemas import (
    ActivityRow,
    Arcs,
    CountRow,
    MemberGroup,
    Observed,
    SignalGroup,
    Signals,
)
from service.kit.db import Connection, sql


@sql("""
    insert into edge_graphs (workspace_id, stale) values ($1, true)
    on conflict (workspace_id) do update set stale = true
""")
async def mark_stale(db: Connection, workspace_id: UUID) -> None: ...


# One at a time in a workspace: who comes second finds that there is nothing left to do.
@sql("""
    select stale from edge_graphs where workspace_id = $1 for update
""")
async def is_stale(db: Connection, workspace_id: UUID) -> bool | None: ...


# Who opted out is no part of the graph.
@sql("""
    select a.platform, i.categories[1] as category, array_agg(a.id) as account_ids,
        array_agg(n.id) as nodes
    from influencer_accounts a
    join influencers i on i.workspace_id = $1 and i.id = a.influencer_id and i.opted_out_at is null
    left join edge_nodes n on n.workspace_id = $1 and n.account_id = a.id
    where a.workspace_id = $1 group by a.platform, i.categories[1]
""")
async def members(db: Connection, workspace_id: UUID) -> list[MemberGroup]: ...


# Referrals are about customers. One's own accounts pointing at each other say nothing.
_ENDS = """
    ends as materialized (
        select n.id, n.platform, n.account_id, a.influencer_id, a.verified, a.followers,
            i.opted_out_at is not null as gone
        from edge_nodes n
        left join influencer_accounts a on a.workspace_id = $1 and a.id = n.account_id
        left join influencers i on i.workspace_id = $1 and i.id = a.influencer_id
        where n.workspace_id = $1
    ), known as (
        select e.src, e.dst, e.kind, e.weight, coalesce(e.at, e.created_at) as at,
            s.account_id is not null and (s.verified is true or s.followers >= $2) as creator,
            d.account_id as target, d.platform
        from edges e join ends s on s.id = e.src join ends d on d.id = e.dst
        where e.workspace_id = $1 and e.kind <> 'referral' and not s.gone and not d.gone
          and (s.influencer_id is null or s.influencer_id is distinct from d.influencer_id)
    )
"""


@sql(f"""
    with {_ENDS}, arcs as (select src, dst, sum(weight) as weight from known group by src, dst)
    select coalesce(array_agg(src), '{{}}') as sources, coalesce(array_agg(dst), '{{}}') as targets,
        coalesce(array_agg(weight), '{{}}') as weights
    from arcs where weight > 0
""")
async def arcs(db: Connection, workspace_id: UUID, nano: int) -> Arcs: ...


@sql(f"""
    with {_ENDS}
    select platform, bool_or(kind = 'mention') as mentions,
        bool_or(kind in ('mention', 'follow')) as endorsements
    from known group by platform
""")
async def observed(db: Connection, workspace_id: UUID, nano: int) -> list[Observed]: ...


# The 90 days end with the newest mention that is known: figures of last year's files are last year's.
@sql(f"""
    with {_ENDS}, newest as (select least(max(at), elci_now()) as at from known where kind = 'mention')
    select k.target as account_id,
        count(distinct k.src) filter (
            where k.kind = 'mention' and k.at > (select at from newest) - interval '90 days') as mentioners,
        count(distinct k.src) filter (where k.creator and k.kind in ('mention', 'follow')) as creators
    from known k where k.target is not null group by k.target
""")
async def count_sources(db: Connection, workspace_id: UUID, nano: int) -> list[CountRow]: ...


# An account that went meanwhile is left out.
@sql("""
    insert into account_authority (workspace_id, account_id, topic, category, creator, pagerank, mentioners,
        creators, version, computed_at)
    select $1, n.account_id, n.topic, i.categories[1], a.verified is true or coalesce(a.followers, 0) >= $8,
        n.pagerank, n.mentioners, n.creators, $7, elci_now()
    from unnest($2::uuid[], $3::text[], $4::float8[], $5::integer[], $6::integer[])
        as n (account_id, topic, pagerank, mentioners, creators)
    join influencer_accounts a on a.workspace_id = $1 and a.id = n.account_id
    join influencers i on i.workspace_id = $1 and i.id = a.influencer_id
    order by n.account_id
    on conflict (workspace_id, account_id) do update
        set topic = excluded.topic, category = excluded.category, creator = excluded.creator,
            pagerank = excluded.pagerank, mentioners = excluded.mentioners, creators = excluded.creators,
            version = excluded.version, computed_at = excluded.computed_at
""")
async def put_authority(
    db: Connection,
    workspace_id: UUID,
    account_ids: Sequence[UUID],
    topics: Sequence[str],
    pageranks: Sequence[float | None],
    mentioners: Sequence[int | None],
    creators: Sequence[int | None],
    version: int,
    nano: int,
) -> None: ...


# Whether these influencers stand otherwise in the graph than when it was ranked: a name or a price that
# changes is no reason to rank 100,000 accounts anew.
@sql("""
    select exists (
        select from influencer_accounts a
        join influencers i on i.workspace_id = $1 and i.id = a.influencer_id
        left join account_authority t on t.workspace_id = $1 and t.account_id = a.id
        where a.workspace_id = $1 and a.influencer_id = any($2::uuid[]) and case
            when i.opted_out_at is not null then t.account_id is not null
            when t.account_id is null then exists (
                select from edge_nodes n where n.workspace_id = $1 and n.platform = a.platform)
            else t.category is distinct from i.categories[1]
                or t.creator <> (a.verified is true or coalesce(a.followers, 0) >= $3) end)
""")
async def stand_otherwise(
    db: Connection, workspace_id: UUID, influencer_ids: Sequence[UUID], nano: int
) -> bool: ...


@sql("delete from account_authority where workspace_id = $1 and version <> $2")
async def drop_others(db: Connection, workspace_id: UUID, version: int) -> None: ...


@sql("""
    update edge_graphs set stale = false, version = version + 1, nodes = $2, arcs = $3, topics = $4,
        computed_at = elci_now()
    where workspace_id = $1 returning version
""")
async def new_version(
    db: Connection, workspace_id: UUID, nodes: int, arcs: int, topics: Sequence[str]
) -> int: ...


# Half a year back from the last look, which is when the silence since the last post ends as well.
@sql("""
    with own as (
        select a.id from influencer_accounts a
        where a.workspace_id = $1 and a.influencer_id = any($2::uuid[])
    ), times as (
        select p.account_id, p.published_at as at,
            lag(p.published_at) over one as before, max(p.observed_at) over all_of_it as seen
        from own o join influencer_posts p on p.workspace_id = $1 and p.account_id = o.id
        where p.published_at is not null
        window all_of_it as (partition by p.account_id), one as (all_of_it order by p.published_at)
    ), gaps as (
        select account_id, at, seen,
            case when before > seen - interval '180 days'
                then extract(epoch from at - before) / 86400 end as gap
        from times
    ), posted as (
        select account_id, min(at) as first_at, count(gap) as gaps, avg(gap) as mean,
            stddev_pop(gap) as deviation, max(gap) as longest,
            extract(epoch from greatest(max(seen) - max(at), interval '0')) / 86400 as silence
        from gaps group by account_id
    ), looked as (
        select s.account_id, min(s.as_of) as first_at
        from own o join influencer_snapshots s on s.workspace_id = $1 and s.account_id = o.id
        group by s.account_id
    )
    select o.id as account_id, least(p.first_at, l.first_at) as first_seen_at,
        coalesce(p.gaps, 0)::integer as gaps, p.mean::float8 as gap_mean,
        p.deviation::float8 as gap_deviation, greatest(p.longest, p.silence)::float8 as gap_longest
    from own o left join posted p on p.account_id = o.id left join looked l on l.account_id = o.id
""")
async def activity(
    db: Connection, workspace_id: UUID, influencer_ids: Sequence[UUID]
) -> list[ActivityRow]: ...


@sql("""
    insert into account_activity (workspace_id, account_id, first_seen_at, gaps, gap_mean, gap_deviation,
        gap_longest, irregular, computed_at)
    select $1, n.*, elci_now()
    from unnest($2::uuid[], $3::timestamptz[], $4::integer[], $5::float8[], $6::float8[], $7::float8[],
        $8::boolean[]) as n (account_id, first_seen_at, gaps, gap_mean, gap_deviation, gap_longest, irregular)
    order by n.account_id
    on conflict (workspace_id, account_id) do update
        set first_seen_at = excluded.first_seen_at, gaps = excluded.gaps, gap_mean = excluded.gap_mean,
            gap_deviation = excluded.gap_deviation, gap_longest = excluded.gap_longest,
            irregular = excluded.irregular, computed_at = excluded.computed_at
""")
async def put_activity(
    db: Connection,
    workspace_id: UUID,
    account_ids: Sequence[UUID],
    first_seen_at: Sequence[datetime | None],
    gaps: Sequence[int],
    means: Sequence[float | None],
    deviations: Sequence[float | None],
    longest: Sequence[float | None],
    irregular: Sequence[bool],
) -> None: ...


# The arrays travel as bytes, without the 20 bytes that say what they are: as lists they would be half a
# million objects.
_NUMBERS = {
    "followers": "a.followers",
    "pagerank": "t.pagerank",
    "mentioners": "t.mentioners",
    "creators": "t.creators",
    "first_seen": "extract(epoch from v.first_seen_at)",
    "irregular": "v.irregular::integer",
}


_FLAT = ", ".join(
    f"substr(array_send(coalesce(array_agg({what}), '{{}}')), 21) as {name}"
    for name, what in (
        ("account_ids", "a.id"),
        *((name, f"coalesce({what}::float8, 'NaN')") for name, what in _NUMBERS.items()),
    )
)
_KEPT = """
    left join account_authority t on t.workspace_id = $1 and t.account_id = a.id
    left join account_activity v on v.workspace_id = $1 and v.account_id = a.id
"""


# Who opted out is no one's peer.
@sql(f"""
    select {_FLAT}, i.categories[1] as category, a.platform
    from influencer_accounts a
    join influencers i on i.workspace_id = $1 and i.id = a.influencer_id and i.opted_out_at is null
    {_KEPT} where a.workspace_id = $1 group by i.categories[1], a.platform
""")
async def catalogue(db: Connection, workspace_id: UUID) -> list[SignalGroup]: ...


@sql(f"""
    select {_FLAT} from influencer_accounts a {_KEPT}
    where a.workspace_id = $1 and a.id = any($2::uuid[])
""")
async def signals(db: Connection, workspace_id: UUID, account_ids: Sequence[UUID]) -> Signals: ...
