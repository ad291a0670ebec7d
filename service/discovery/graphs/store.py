"""All SQL of reach graphs."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from service.discovery.graphs.problems import UnknownGraph
from service.discovery.graphs.schemas import (
    ArcGroup,
    GraphRow,
    MemberRow,
    NodeRow,
    OwnAccount,
    OwnNode,
    PartSize,
    UploadRow,
)
from service.kit.db import Connection, fetch, sql

# What is open is being built; what failed has failed only where there is nothing older to show.
_COLUMNS = """
    g.id, g.name, g.kind, g.directed, g.source, g.reverse, g.platform, g.kinds, g.platforms, g.since,
    g.version, g.nodes, g.arcs, g.loops, g.numbered, g.sources, g.edges_version, g.job_id, g.built_at,
    g.created_at, g.updated_at,
    case when j.status in ('queued', 'running') then 'building' when g.version > 0 then 'ready'
        when j.status = 'failed' then 'failed' else 'empty' end as status,
    g.source = 'edges' and g.version > 0 and
        (coalesce(e.stale, false) or coalesce(e.version, 0) is distinct from g.edges_version) as stale
"""
_FROM = """
    from graphs g left join jobs j on j.workspace_id = g.workspace_id and j.id = g.job_id
    left join edge_graphs e on e.workspace_id = g.workspace_id
"""


@sql("""
    insert into graphs (workspace_id, id, name, kind, directed, source, reverse, platform, kinds, platforms,
        since, created_by)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
""")
async def add_graph(
    db: Connection,
    workspace_id: UUID,
    graph_id: UUID,
    name: str,
    kind: str,
    directed: bool,
    source: str,
    reverse: bool,
    platform: str | None,
    kinds: Sequence[str],
    platforms: Sequence[str],
    since: datetime | None,
    created_by: str,
) -> None: ...


@sql(f"select {_COLUMNS} {_FROM} where g.workspace_id = $1 and g.id = $2", missing=UnknownGraph)
async def get_graph(db: Connection, workspace_id: UUID, graph_id: UUID) -> GraphRow: ...


@sql(f"select {_COLUMNS} {_FROM} where g.workspace_id = $1 and g.id = $2")
async def find_graph(db: Connection, workspace_id: UUID, graph_id: UUID) -> GraphRow | None: ...


async def list_graphs(
    db: Connection, workspace_id: UUID, before: UUID | None, kind: str | None, limit: int
) -> list[GraphRow]:
    """The newest first, older than `before`."""
    values: list[Any] = [workspace_id, limit]
    where = ["g.workspace_id = $1"]
    for fragment, value in (("g.id < ", before), ("g.kind = ", kind)):
        if value is not None:
            values.append(value)
            where.append(f"{fragment}${len(values)}")
    text = f"select {_COLUMNS} {_FROM} where {' and '.join(where)} order by g.id desc limit $2"
    return await fetch(db, GraphRow, text, *values)


@sql("""
    update graphs set name = $3, platform = $4, updated_at = elci_now()
    where workspace_id = $1 and id = $2
""")
async def save_graph(
    db: Connection, workspace_id: UUID, graph_id: UUID, name: str, platform: str | None
) -> None: ...


@sql("update graphs set job_id = $3 where workspace_id = $1 and id = $2")
async def set_job(db: Connection, workspace_id: UUID, graph_id: UUID, job_id: UUID) -> None: ...


@sql("delete from graphs where workspace_id = $1 and id = $2")
async def delete_graph(db: Connection, workspace_id: UUID, graph_id: UUID) -> None: ...


@sql("""
    select pg_advisory_xact_lock(hashtextextended(concat('graph ', workspace_id, ' ', $2::uuid), 0))
    from (values ($1::uuid)) as here (workspace_id)
""")
async def lock_arrays(db: Connection, workspace_id: UUID, graph_id: UUID) -> None:
    """One writer of arrays at a time; who renames the graph or reads it waits for nobody."""
    ...


@sql("""
    insert into graph_arrays (workspace_id, graph_id, version, name, part, data)
    values ($1, $2, $3, $4, $5, $6)
""")
async def add_part(
    db: Connection, workspace_id: UUID, graph_id: UUID, version: int, name: str, part: int, data: Any
) -> None: ...


@sql("""
    select name, sum(octet_length(data))::bigint as size from graph_arrays
    where workspace_id = $1 and graph_id = $2 and version = $3 group by name
""")
async def part_sizes(db: Connection, workspace_id: UUID, graph_id: UUID, version: int) -> list[PartSize]: ...


@sql("""
    select data from graph_arrays
    where workspace_id = $1 and graph_id = $2 and version = $3 and name = $4 and part = $5
""")
async def find_part(
    db: Connection, workspace_id: UUID, graph_id: UUID, version: int, name: str, part: int
) -> bytes | None: ...


@sql("delete from graph_arrays where workspace_id = $1 and graph_id = $2 and version < $3")
async def drop_before(db: Connection, workspace_id: UUID, graph_id: UUID, version: int) -> None: ...


@sql("""
    update graphs set version = $3, nodes = $4, arcs = $5, loops = $6, numbered = $7, sources = $8::jsonb,
        edges_version = $9, built_at = elci_now(), updated_at = elci_now()
    where workspace_id = $1 and id = $2
""")
async def set_version(
    db: Connection,
    workspace_id: UUID,
    graph_id: UUID,
    version: int,
    nodes: int,
    arcs: int,
    loops: int,
    numbered: bool,
    sources: Any,
    edges_version: int | None,
) -> None: ...


@sql("""
    select id from graphs
    where workspace_id = $1 and source = 'upload' and version > 0 order by id
""")
async def uploaded(db: Connection, workspace_id: UUID) -> list[UUID]: ...


@sql("""
    insert into graph_uploads (workspace_id, id, graph_id, options) values ($1, $2, $3, $4::jsonb)
""")
async def begin_upload(
    db: Connection, workspace_id: UUID, upload_id: UUID, graph_id: UUID, options: Any
) -> None: ...


@sql("insert into graph_chunks (workspace_id, upload_id, position, data) values ($1, $2, $3, $4)")
async def add_chunk(
    db: Connection, workspace_id: UUID, upload_id: UUID, position: int, data: bytes
) -> None: ...


@sql("""
    update graph_uploads set filename = $3, size = $4, job_id = $5 where workspace_id = $1 and id = $2
""")
async def complete_upload(
    db: Connection, workspace_id: UUID, upload_id: UUID, filename: str | None, size: int, job_id: UUID
) -> None: ...


@sql("""
    select id, graph_id, filename, size, options from graph_uploads
    where workspace_id = $1 and id = $2 and job_id is not null
""")
async def find_upload(db: Connection, workspace_id: UUID, upload_id: UUID) -> UploadRow | None: ...


@sql("select data from graph_chunks where workspace_id = $1 and upload_id = $2 and position = $3")
async def find_chunk(db: Connection, workspace_id: UUID, upload_id: UUID, position: int) -> bytes | None: ...


@sql("delete from graph_uploads where workspace_id = $1 and id = $2")
async def drop_upload(db: Connection, workspace_id: UUID, upload_id: UUID) -> None: ...


@sql("select entry.sweep_graphs()")
async def sweep(db: Connection) -> None: ...


# Who opted out is no part of the graph, and a person's accounts do not speak for each other.
_DERIVED = """
    from edges e
    join edge_nodes s on s.workspace_id = $1 and s.id = e.src
    join edge_nodes d on d.workspace_id = $1 and d.id = e.dst
    left join influencer_accounts sa on sa.workspace_id = $1 and sa.id = s.account_id
    left join influencers si on si.workspace_id = $1 and si.id = sa.influencer_id
    left join influencer_accounts da on da.workspace_id = $1 and da.id = d.account_id
    left join influencers di on di.workspace_id = $1 and di.id = da.influencer_id
    where e.workspace_id = $1 and (cardinality($2::text[]) = 0 or e.kind = any($2))
      and (cardinality($3::text[]) = 0 or (s.platform = any($3) and d.platform = any($3)))
      and ($4::timestamptz is null or e.at is null or e.at >= $4)
      and si.opted_out_at is null and di.opted_out_at is null
      and (sa.influencer_id is null or sa.influencer_id is distinct from da.influencer_id)
"""


@sql(f"select count(*) {_DERIVED}")
async def count_edges(
    db: Connection, workspace_id: UUID, kinds: Sequence[str], platforms: Sequence[str], since: datetime | None
) -> int: ...


# Without the 20 bytes that say what an array is.
_ARCS = f"""
    select count(*) as edges, substr(array_send(array_agg(src)), 21) as sources,
        substr(array_send(array_agg(dst)), 21) as targets,
        substr(array_send(array_agg(weight)), 21) as weights
    from (select e.src, e.dst, sum(e.weight) as weight {_DERIVED} group by e.src, e.dst) arcs
    where weight > 0 group by src % $5::bigint
"""


async def arc_groups(
    db: Connection,
    workspace_id: UUID,
    kinds: Sequence[str],
    platforms: Sequence[str],
    since: datetime | None,
    groups: int,
) -> AsyncIterator[ArcGroup]:
    """The arcs in so many groups, one after the other: neither side holds all of them as one value."""
    async for record in db.cursor(_ARCS, workspace_id, kinds, platforms, since, groups, prefetch=1):
        yield ArcGroup(*record)


@sql("select coalesce(max(version), 0) from edge_graphs where workspace_id = $1")
async def edges_version(db: Connection, workspace_id: UUID) -> int: ...


_MEMBER = (
    "i.id as influencer_id, a.id as account_id, i.name, a.platform, a.handle, i.categories[1] as category"
)


@sql(f"""
    select w.n::integer as n, {_MEMBER}
    from unnest($2::bigint[]) with ordinality as w (node, n)
    join edge_nodes e on e.workspace_id = $1 and e.id = w.node
    join influencer_accounts a on a.workspace_id = $1 and a.id = e.account_id
    join influencers o on o.workspace_id = $1 and o.id = a.influencer_id
    join influencers i on i.workspace_id = $1 and i.id = coalesce(o.merged_into, o.id)
    where i.opted_out_at is null
""")
async def members_by_node(db: Connection, workspace_id: UUID, nodes: Sequence[int]) -> list[MemberRow]: ...


@sql(f"""
    select w.n::integer as n, {_MEMBER}
    from unnest($2::text[], $3::text[], $4::text[]) with ordinality as w (platform, handle, platform_id, n)
    join lateral (
        select * from (
            (select x.*, 1 as place from influencer_accounts x
             where x.workspace_id = $1 and x.platform = w.platform and x.handle_folded = w.handle limit 1)
            union all
            (select x.*, 2 from influencer_accounts x
             where x.workspace_id = $1 and x.platform = w.platform and x.platform_id = w.platform_id limit 1)
        ) either order by place limit 1) a on true
    join influencers o on o.workspace_id = $1 and o.id = a.influencer_id
    join influencers i on i.workspace_id = $1 and i.id = coalesce(o.merged_into, o.id)
    where i.opted_out_at is null
""")
async def members_by_account(
    db: Connection,
    workspace_id: UUID,
    platforms: Sequence[str],
    handles: Sequence[str | None],
    platform_ids: Sequence[str | None],
) -> list[MemberRow]: ...


@sql("""
    select w.n::integer as n, i.id as influencer_id, null::uuid as account_id, i.name, null::text as platform,
        null::text as handle, i.categories[1] as category
    from unnest($2::uuid[]) with ordinality as w (id, n)
    join influencers o on o.workspace_id = $1 and o.id = w.id
    join influencers i on i.workspace_id = $1 and i.id = coalesce(o.merged_into, o.id)
    where i.opted_out_at is null
""")
async def members_by_id(
    db: Connection, workspace_id: UUID, influencer_ids: Sequence[UUID]
) -> list[MemberRow]: ...


@sql(
    "select id from influencers where workspace_id = $1 and id = any($2::uuid[]) and opted_out_at is not null"
)
async def opted_out(db: Connection, workspace_id: UUID, influencer_ids: Sequence[UUID]) -> list[UUID]: ...


@sql("""
    select e.id, e.platform, coalesce(a.handle, a.platform_id, e.handle) as handle
    from edge_nodes e
    left join influencer_accounts a on a.workspace_id = $1 and a.id = e.account_id
    left join influencers i on i.workspace_id = $1 and i.id = a.influencer_id
    where e.workspace_id = $1 and e.id = any($2::bigint[]) and i.opted_out_at is null
""")
async def name_nodes(db: Connection, workspace_id: UUID, nodes: Sequence[int]) -> list[NodeRow]: ...


# Every node is looked at: there are as many as somebody ever pointed at, and nobody types a second letter
# before the first answer is there.
@sql("""
    select e.id from edge_nodes e
    left join influencer_accounts a on a.workspace_id = $1 and a.id = e.account_id
    left join influencers i on i.workspace_id = $1 and i.id = a.influencer_id
    where e.workspace_id = $1 and i.opted_out_at is null
      and (position($2 in concat(e.platform, ':', coalesce(a.handle_folded, e.handle_folded))) > 0
           or position($2 in coalesce(i.name_folded, '')) > 0)
""")
async def nodes_called(db: Connection, workspace_id: UUID, word: str) -> list[int]: ...


@sql("""
    select a.influencer_id, e.id as node from influencer_accounts a
    join influencers i on i.workspace_id = $1 and i.id = a.influencer_id and i.opted_out_at is null
    join edge_nodes e on e.workspace_id = $1 and e.account_id = a.id
    where a.workspace_id = $1 and a.influencer_id = any($2::uuid[])
""")
async def nodes_of(db: Connection, workspace_id: UUID, influencer_ids: Sequence[UUID]) -> list[OwnNode]: ...


@sql("""
    select a.influencer_id, a.platform, a.handle, a.handle_folded, a.platform_id from influencer_accounts a
    join influencers i on i.workspace_id = $1 and i.id = a.influencer_id and i.opted_out_at is null
    where a.workspace_id = $1 and a.influencer_id = any($2::uuid[])
""")
async def accounts_of(
    db: Connection, workspace_id: UUID, influencer_ids: Sequence[UUID]
) -> list[OwnAccount]: ...
