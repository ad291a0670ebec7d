"""All SQL of advocacy terms."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from service.advocacy.terms.shapes import AdvocacyTerms, PointsTerms
from service.kit.db import Connection, sql

_COLUMNS = "t.version, t.valid_from, t.terms, t.created_by, t.created_at"


class AdvocacyTermsRow(Struct):
    version: int
    valid_from: datetime | None
    terms: AdvocacyTerms
    created_by: str
    created_at: datetime


# Advocates join while it is not archived: the lock holds until they have.
@sql("select kind from programs where workspace_id = $1 and id = $2 and status <> 'archived' for share")
async def kind_of(db: Connection, workspace_id: UUID, program_id: UUID) -> str | None: ...


class PointsRow(Struct):
    """What a program's points are called and worth by the terms that hold now."""

    program_id: UUID
    points: PointsTerms


# Of versions that begin at the same time the later one holds.
@sql(f"""
    select {_COLUMNS} from advocacy_terms t
    join programs g on g.workspace_id = $1 and g.id = t.program_id
    where t.workspace_id = $1 and t.program_id = $2 and coalesce(t.valid_from, '-infinity') <= $3
    order by coalesce(t.valid_from, '-infinity') desc, t.version desc limit 1
""")
async def terms_at(
    db: Connection, workspace_id: UUID, program_id: UUID, at: datetime
) -> AdvocacyTermsRow | None: ...


# Without programs: of all of them.
@sql("""
    select program_id, points from (
        select distinct on (program_id) program_id, terms -> 'points' as points from advocacy_terms
        where workspace_id = $1 and ($2::uuid[] is null or program_id = any($2))
            and coalesce(valid_from, '-infinity') <= elci_now()
        order by program_id, coalesce(valid_from, '-infinity') desc, version desc
    ) now
    where jsonb_typeof(points) = 'object'
    order by program_id
""")
async def points_now(
    db: Connection, workspace_id: UUID, program_ids: Sequence[UUID] | None
) -> list[PointsRow]: ...


@sql(f"""
    select {_COLUMNS} from advocacy_terms t
    where t.workspace_id = $1 and t.program_id = $2 and t.version < $3
    order by t.version desc limit $4
""")
async def versions(
    db: Connection, workspace_id: UUID, program_id: UUID, before: int, limit: int
) -> list[AdvocacyTermsRow]: ...


# Only the first holds from the beginning.
@sql("""
    insert into advocacy_terms as t (workspace_id, program_id, version, valid_from, terms, created_by)
    select $1, $2, n.version, case when n.version = 1 then $3 else coalesce($3, elci_now()) end, $4, $5
    from (select coalesce(max(version), 0) + 1 as version from advocacy_terms
          where workspace_id = $1 and program_id = $2) n
    returning version, valid_from, terms, created_by, created_at
""")
async def add_terms(
    db: Connection,
    workspace_id: UUID,
    program_id: UUID,
    valid_from: datetime | None,
    terms: AdvocacyTerms,
    created_by: str,
) -> AdvocacyTermsRow: ...


@sql("select status from programs where workspace_id = $1 and id = $2")
async def status_of(db: Connection, workspace_id: UUID, program_id: UUID) -> str | None: ...


@sql("select timezone from workspaces where id = $1 -- workspace_id")
async def timezone(db: Connection, workspace_id: UUID) -> str: ...


@sql("select id from voucher_pools where workspace_id = $1 and id = any($2)")
async def pools(db: Connection, workspace_id: UUID, pool_ids: Sequence[UUID]) -> list[UUID]: ...
