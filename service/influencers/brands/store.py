"""All SQL of brands but their accounts and posts, which share theirs with influencers."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from service.influencers.brands.schemas import BrandRow
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
