"""All SQL of what is computed of graphs."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from service.discovery.computations.problems import UnknownResult
from service.discovery.computations.schemas import ArcRow, Link, NeighbourRow, PictureRow, ResultRow
from service.kit.db import Connection, sql

_COLUMNS = """
    id, graph_id, version, operation, params, result, job_id, seconds, created_at, computed_at
"""


@sql(f"select {_COLUMNS} from graph_results where workspace_id = $1 and id = $2", missing=UnknownResult)
async def get_result(db: Connection, workspace_id: UUID, result_id: UUID) -> ResultRow: ...


@sql(f"select {_COLUMNS} from graph_results where workspace_id = $1 and id = $2")
async def find_result(db: Connection, workspace_id: UUID, result_id: UUID) -> ResultRow | None: ...


@sql(f"""
    select {_COLUMNS} from graph_results
    where workspace_id = $1 and graph_id = $2 and version = $3 and operation = $4 and params_hash = $5
""")
async def find_answer(
    db: Connection, workspace_id: UUID, graph_id: UUID, version: int, operation: str, params_hash: bytes
) -> ResultRow | None: ...


@sql(f"""
    select {_COLUMNS} from graph_results
    where workspace_id = $1 and graph_id = $2 and result is not null and operation <> 'community_labels'
      and ($3::uuid is null or id < $3) and ($4::text is null or operation = $4)
    order by id desc limit $5
""")
async def list_results(
    db: Connection, workspace_id: UUID, graph_id: UUID, before: UUID | None, operation: str | None, limit: int
) -> list[ResultRow]: ...


# Who comes second waits here until the first has committed, and finds the row then.
@sql("""
    insert into graph_results (workspace_id, id, graph_id, version, operation, params_hash, params)
    values ($1, $2, $3, $4, $5, $6, $7::jsonb)
    on conflict (workspace_id, graph_id, version, operation, params_hash) do nothing
""")
async def add_question(
    db: Connection,
    workspace_id: UUID,
    result_id: UUID,
    graph_id: UUID,
    version: int,
    operation: str,
    params_hash: bytes,
    params: Any,
) -> None: ...


@sql(f"""
    select {_COLUMNS} from graph_results
    where workspace_id = $1 and graph_id = $2 and version = $3 and operation = $4 and params_hash = $5
    for update
""")
async def lock_answer(
    db: Connection, workspace_id: UUID, graph_id: UUID, version: int, operation: str, params_hash: bytes
) -> ResultRow | None: ...


@sql("update graph_results set job_id = $3, result = null where workspace_id = $1 and id = $2")
async def set_job(db: Connection, workspace_id: UUID, result_id: UUID, job_id: UUID) -> None: ...


@sql("""
    update graph_results set result = $3::jsonb, size = $4, seconds = $5, computed_at = elci_now(),
        used_at = elci_now()
    where workspace_id = $1 and id = $2 returning true
""")
async def complete(
    db: Connection, workspace_id: UUID, result_id: UUID, result: Any, size: int, seconds: float
) -> bool | None: ...


@sql("""
    insert into graph_columns (workspace_id, result_id, name, data) values ($1, $2, $3, $4)
    on conflict (workspace_id, result_id, name) do update set data = excluded.data
""")
async def put_column(db: Connection, workspace_id: UUID, result_id: UUID, name: str, data: bytes) -> None: ...


@sql("""
    select substr(data, $4::integer + 1, $5::integer) from graph_columns
    where workspace_id = $1 and result_id = $2 and name = $3
""")
async def read_column(
    db: Connection, workspace_id: UUID, result_id: UUID, name: str, first: int, size: int
) -> bytes | None: ...


@sql("select data from graph_columns where workspace_id = $1 and result_id = $2 and name = $3")
async def whole_column(db: Connection, workspace_id: UUID, result_id: UUID, name: str) -> bytes | None: ...


# Once an hour is enough to know what nobody asks for any more.
@sql("""
    update graph_results set used_at = elci_now()
    where workspace_id = $1 and id = $2 and used_at < elci_now() - interval '1 hour'
""")
async def touch(db: Connection, workspace_id: UUID, result_id: UUID) -> None: ...


# What was used longest ago goes first; the newest stays however large it is.
@sql("""
    with kept as (
        select id, row_number() over newest as n, sum(size) over newest as total
        from graph_results where workspace_id = $1 and graph_id = $2 and result is not null
        window newest as (order by used_at desc, id desc)
    )
    delete from graph_results r using kept k
    where r.workspace_id = $1 and r.id = k.id and k.n > 1 and (k.n > $3 or k.total > $4)
""")
async def trim(db: Connection, workspace_id: UUID, graph_id: UUID, most: int, most_bytes: int) -> None: ...


@sql("delete from graph_results where workspace_id = $1 and id = $2")
async def delete_result(db: Connection, workspace_id: UUID, result_id: UUID) -> None: ...


@sql("""
    select id from influencers
    where workspace_id = $1 and opted_out_at is null and merged_into is null and categories && $2::text[]
""")
async def influencers_of(db: Connection, workspace_id: UUID, categories: list[str]) -> list[UUID]: ...


@sql("""
    select distinct category from influencers i, unnest(i.categories) as category
    where i.workspace_id = $1 and i.opted_out_at is null and i.merged_into is null
""")
async def categories(db: Connection, workspace_id: UUID) -> list[str]: ...


@sql("""
    select id as influencer_id, categories[1] as category from influencers
    where workspace_id = $1 and opted_out_at is null and merged_into is null and cardinality(categories) > 0
""")
async def categorised(db: Connection, workspace_id: UUID) -> list[Link]: ...


# Changes of a profile, and of what hangs on it, are written into its updated_at.
@sql("""
    select concat(count(*), ' ', extract(epoch from max(updated_at))) from influencers where workspace_id = $1
""")
async def state_of_people(db: Connection, workspace_id: UUID) -> str: ...


@sql("""
    select e.id from edge_nodes e
    join influencer_accounts a on a.workspace_id = $1 and a.id = e.account_id
    where e.workspace_id = $1 and a.influencer_id = $2 order by a.followers desc nulls last, e.id
""")
async def nodes_of_influencer(db: Connection, workspace_id: UUID, influencer_id: UUID) -> list[int]: ...


# Who opted out is in no picture. Two kinds of edges between the same two are as strong as their sum.
_BETWEEN = """
    from edges e
    join edge_nodes n on n.workspace_id = $1 and n.id = case when e.src = any($2) then e.dst else e.src end
    left join influencer_accounts a on a.workspace_id = $1 and a.id = n.account_id
    left join influencers i on i.workspace_id = $1 and i.id = a.influencer_id
    where e.workspace_id = $1 and (e.src = any($2) or e.dst = any($2)) and e.weight > 0
      and i.opted_out_at is null
"""


@sql(f"""
    select n.id as node, sum(e.weight) as weight, count(*) over () as total
    {_BETWEEN} and n.id <> all($3) and ($4::text is null or e.kind = $4)
    group by n.id order by sum(e.weight) desc, n.id limit $5
""")
async def neighbours(
    db: Connection,
    workspace_id: UUID,
    nodes: Sequence[int],
    but: Sequence[int],
    kind: str | None,
    most: int,
) -> list[NeighbourRow]: ...


@sql("""
    select src, dst, sum(weight) as weight from edges
    where workspace_id = $1 and src = any($2::bigint[]) and dst = any($2::bigint[])
      and ($3::text is null or kind = $3) and weight > 0
    group by src, dst
""")
async def arcs_among(
    db: Connection, workspace_id: UUID, nodes: Sequence[int], kind: str | None
) -> list[ArcRow]: ...


@sql("""
    select n.id, n.platform, coalesce(a.handle, n.handle) as handle, i.id as influencer_id, i.name,
        i.categories[1] as category
    from edge_nodes n
    left join influencer_accounts a on a.workspace_id = $1 and a.id = n.account_id
    left join influencers o on o.workspace_id = $1 and o.id = a.influencer_id
    left join influencers i on i.workspace_id = $1 and i.id = coalesce(o.merged_into, o.id)
    where n.workspace_id = $1 and n.id = any($2::bigint[])
""")
async def pictured(db: Connection, workspace_id: UUID, nodes: Sequence[int]) -> list[PictureRow]: ...


@sql("""
    delete from graph_results
    where workspace_id = $1 and graph_id = $2 and version = $3 and operation = 'community_labels'
      and params_hash <> $4
""")
async def drop_labels(
    db: Connection, workspace_id: UUID, graph_id: UUID, version: int, params_hash: bytes
) -> None: ...
