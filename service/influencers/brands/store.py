"""All SQL of brands but their accounts and posts, which share theirs with influencers."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from service.influencers.brands.schemas import BrandRow, ComparisonRow
from service.influencers.problems import UnknownBrand
from service.kit.db import Connection, fetch, sql

COLUMNS = 'id, name, kind, relation, proposition, "values", archived_at, version, created_at, updated_at'


@sql(f"select {COLUMNS} from brands where workspace_id = $1 and id = $2", missing=UnknownBrand)
async def get_brand(db: Connection, workspace_id: UUID, brand_id: UUID) -> BrandRow: ...


@sql(f"select {COLUMNS} from brands where workspace_id = $1 and id = $2 for update", missing=UnknownBrand)
async def lock_brand(db: Connection, workspace_id: UUID, brand_id: UUID) -> BrandRow: ...


@sql(f"select {COLUMNS} from brands where workspace_id = $1 and id = any($2)")
async def brands_by_id(db: Connection, workspace_id: UUID, brands: Sequence[UUID]) -> list[BrandRow]: ...


@sql(f"""
    insert into brands (workspace_id, id, name, name_folded, kind, relation, proposition, "values")
    values ($1, $2, $3, $4, $5, $6, $7, $8) returning {COLUMNS}
""")
async def add_brand(
    db: Connection,
    workspace_id: UUID,
    brand_id: UUID,
    name: str,
    name_folded: str,
    kind: str,
    relation: str | None,
    proposition: str | None,
    values: Sequence[str],
) -> BrandRow: ...


@sql(f"""
    update brands set name = $3, name_folded = $4, kind = $5, relation = $6, proposition = $7, "values" = $8,
        version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and id = $2 returning {COLUMNS}
""")
async def save_brand(
    db: Connection,
    workspace_id: UUID,
    brand_id: UUID,
    name: str,
    name_folded: str,
    kind: str,
    relation: str | None,
    proposition: str | None,
    values: Sequence[str],
) -> BrandRow: ...


@sql(f"""
    update brands set archived_at = case when $3 then coalesce(archived_at, elci_now()) end,
        version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and id = $2 returning {COLUMNS}
""")
async def set_archived(db: Connection, workspace_id: UUID, brand_id: UUID, archived: bool) -> BrandRow: ...


_FRAGMENTS = {"ids": "id = any(${})", "kind": "kind = ${}", "updated_since": "updated_at >= ${}"}


async def list_brands(
    db: Connection,
    workspace_id: UUID,
    wanted: dict[str, Any],
    archived: bool | None,
    after: UUID | None,
    limit: int,
) -> list[BrandRow]:
    """The newest first."""
    values: list[Any] = [workspace_id, limit]
    conditions = ["workspace_id = $1"]
    if archived is not None:
        conditions.append(f"archived_at is {'not ' * archived}null")
    for name, fragment in _FRAGMENTS.items():
        if wanted.get(name) is not None:
            values.append(wanted[name])
            conditions.append(fragment.format(len(values)))
    if after is not None:
        values.append(after)
        conditions.append(f"id < ${len(values)}")
    text = f"select {COLUMNS} from brands where {' and '.join(conditions)} order by id desc limit $2"
    return await fetch(db, BrandRow, text, *values)


@sql("""
    select a.id as account_id, a.brand_id, a.platform, a.handle, a.er_value, a.er_format, a.er_basis,
        a.er_components, a.er_statistic, a.er_n, a.er_window_days, a.er_origin, a.er_as_of,
        first.as_of as first_at, last.as_of as last_at,
        first.followers as first_followers, last.followers as last_followers,
        p.posts, p.sponsored_posts, p.likes, p.comments, p.shares, p.views
    from brand_accounts a
    left join lateral (
        select s.as_of, s.followers from brand_snapshots s
        where s.workspace_id = $1 and s.account_id = a.id and s.followers is not null
          and ($3::timestamptz is null or s.as_of >= $3) and ($4::timestamptz is null or s.as_of < $4)
        order by s.as_of, s.source limit 1) first on true
    left join lateral (
        select s.as_of, s.followers from brand_snapshots s
        where s.workspace_id = $1 and s.account_id = a.id and s.followers is not null
          and ($3::timestamptz is null or s.as_of >= $3) and ($4::timestamptz is null or s.as_of < $4)
        order by s.as_of desc, s.source limit 1) last on true
    cross join lateral (
        select count(*) as posts, count(*) filter (where p.sponsored) as sponsored_posts,
            sum(p.likes)::bigint as likes, sum(p.comments)::bigint as comments,
            sum(p.shares)::bigint as shares, sum(p.views)::bigint as views
        from brand_posts p
        where p.workspace_id = $1 and p.account_id = a.id
          and ($3::timestamptz is null or p.published_at >= $3)
          and ($4::timestamptz is null or p.published_at < $4)) p
    where a.workspace_id = $1 and a.brand_id = any($2)
    order by a.brand_id, last.followers desc nulls last, a.id
""")
async def compare(
    db: Connection,
    workspace_id: UUID,
    brands: Sequence[UUID],
    since: datetime | None,
    until: datetime | None,
) -> list[ComparisonRow]: ...
