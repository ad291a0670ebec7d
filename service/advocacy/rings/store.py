"""All SQL of marks, evidence and rings, but for what is read whole (columns.py)."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from msgspec import Struct

from service.advocacy.problems import UnknownReferral
from service.advocacy.referrals.schemas import ReferralRow
from service.advocacy.referrals.store import COLUMNS
from service.advocacy.rings.schemas import EvidenceRow, RingRow
from service.kit.db import Connection, sql


class MailRow(Struct):
    """An address of an advocate's partner, or of one that was merged into them."""

    advocate_id: UUID
    email: str


class DueRow(Struct):
    workspace_id: UUID
    program_id: UUID


@sql("""
    insert into referral_marks (workspace_id, key, kind, value)
    select $1, k, m.kind, m.value
    from unnest($2::bytea[]) k cross join unnest($3::text[], $4::bytea[]) as m (kind, value)
    order by k, m.kind, m.value
    on conflict do nothing
""")
async def add_marks(
    db: Connection,
    workspace_id: UUID,
    keys: Sequence[bytes],
    kinds: Sequence[str],
    values: Sequence[bytes],
) -> None: ...


@sql("""
    with gone as (
        delete from referral_marks where workspace_id = $1 and key = any($2::bytea[]) returning 1
    )
    select count(*) from gone
""")
async def forget_marks(db: Connection, workspace_id: UUID, keys: Sequence[bytes]) -> int: ...


@sql("select entry.purge_referral_marks(elci_now() - $1::interval, $2)")
async def purge_marks(db: Connection, age: timedelta, most: int) -> int: ...


@sql("""
    select distinct program_id from advocate_keys where workspace_id = $1 and key = any($2::bytea[])
    union select program_id from referral_keys where workspace_id = $1 and key = any($2::bytea[])
""")
async def programs_of(db: Connection, workspace_id: UUID, keys: Sequence[bytes]) -> list[UUID]: ...


# One that is noted already is left: each order would wait for the one before it.
@sql("""
    insert into referral_checks as c (workspace_id, program_id, changed_at)
    select $1, p, elci_now() from unnest($2::uuid[]) p order by p
    on conflict (workspace_id, program_id) do update set changed_at = excluded.changed_at
        where c.changed_at is null
""")
async def note_change(db: Connection, workspace_id: UUID, program_ids: Sequence[UUID]) -> None: ...


@sql("select workspace_id, program_id from entry.doubted_programs()")
async def due(db: Connection) -> list[DueRow]: ...


@sql("""
    insert into referral_checks as c (workspace_id, program_id, started_at) values ($1, $2, elci_now())
    on conflict (workspace_id, program_id) do update set started_at = excluded.started_at, changed_at = null
""")
async def begin(db: Connection, workspace_id: UUID, program_id: UUID) -> None: ...


@sql("""
    update referral_checks set checked_at = elci_now(), took = elci_now() - started_at
    where workspace_id = $1 and program_id = $2
""")
async def end(db: Connection, workspace_id: UUID, program_id: UUID) -> None: ...


@sql("""
    select a.id as advocate_id, o.email_key as email from advocates a
    cross join lateral (
        select p.email_key from partners p where p.workspace_id = $1 and p.id = a.partner_id
        union select p.email_key from partners p where p.workspace_id = $1 and p.merged_into = a.partner_id
    ) o
    where a.workspace_id = $1 and a.program_id = $2 and o.email_key is not null and a.id > $3
    order by a.id limit $4
""")
async def mails(
    db: Connection, workspace_id: UUID, program_id: UUID, after: UUID, limit: int
) -> list[MailRow]: ...


@sql("select referral_id from referral_evidence where workspace_id = $1 and program_id = $2")
async def doubted_before(db: Connection, workspace_id: UUID, program_id: UUID) -> list[UUID]: ...


@sql("""
    insert into referral_evidence as e
        (workspace_id, referral_id, program_id, ring_id, found, score, codes, weights)
    select $1, n.referral_id, $2, n.ring_id, n.found, n.score, n.codes, n.weights
    from jsonb_to_recordset($3) as n (
        referral_id uuid, ring_id uuid, found boolean, score double precision, codes text[],
        weights double precision[]
    )
    order by n.referral_id
    on conflict (workspace_id, referral_id) do update
        set ring_id = coalesce(excluded.ring_id, e.ring_id), found = excluded.found, score = excluded.score,
            codes = excluded.codes, weights = excluded.weights, updated_at = elci_now()
        where (coalesce(excluded.ring_id, e.ring_id), excluded.found, excluded.score, excluded.codes)
            is distinct from (e.ring_id, e.found, e.score, e.codes)
""")
async def put_evidence(
    db: Connection, workspace_id: UUID, program_id: UUID, rows: Sequence[dict[str, Any]]
) -> None: ...


_HOLDABLE = "workspace_id = $1 and id = any($2) and held is null and state <> 'rejected'"


@sql(f"select {COLUMNS} from referrals where {_HOLDABLE} order by id for update")
async def lock_holdable(
    db: Connection, workspace_id: UUID, referral_ids: Sequence[UUID]
) -> list[ReferralRow]: ...


@sql(f"select {COLUMNS} from referrals where {_HOLDABLE} order by id")
async def holdable(db: Connection, workspace_id: UUID, referral_ids: Sequence[UUID]) -> list[ReferralRow]: ...


@sql(f"select {COLUMNS} from referrals where workspace_id = $1 and id = any($2) order by id for update")
async def lock_referrals(
    db: Connection, workspace_id: UUID, referral_ids: Sequence[UUID]
) -> list[ReferralRow]: ...


@sql(
    """
    select r.id as referral_id, r.held, e.ring_id, coalesce(e.found, false) as found, e.score,
        coalesce(e.codes, '{}') as codes, coalesce(e.weights, '{}') as weights,
        coalesce(e.updated_at, c.checked_at) as checked_at
    from referrals r
    left join referral_evidence e on e.workspace_id = $1 and e.referral_id = r.id
    left join referral_checks c on c.workspace_id = $1 and c.program_id = r.program_id
    where r.workspace_id = $1 and r.id = $2
    """,
    missing=UnknownReferral,
)
async def get_evidence(db: Connection, workspace_id: UUID, referral_id: UUID) -> EvidenceRow: ...


# With `$4` those that something is still held of, without it those that all is decided of; null: all.
@sql("""
    with page as (
        select e.ring_id from referral_evidence e
        join referrals r on r.workspace_id = $1 and r.id = e.referral_id
        where e.workspace_id = $1 and e.ring_id is not null and ($2::uuid is null or e.program_id = $2)
            and ($3::uuid is null or e.ring_id < $3)
        group by e.ring_id
        having $4::boolean is null or $4 = bool_or(r.held is not null and r.state <> 'rejected')
        order by e.ring_id desc limit $5
    )
    select p.ring_id as id, m.program_id, m.advocates, m.referrals, m.held, m.rejected,
        (select jsonb_object_agg(code, n) from (
            select x as code, count(*) as n from referral_evidence e, unnest(e.codes) x
            where e.workspace_id = $1 and e.ring_id = p.ring_id group by x
        ) counted) as codes,
        (select coalesce(jsonb_agg(jsonb_build_object('currency', currency, 'amount', amount)
                order by currency), '[]') from (
            select w.currency, sum(w.amount)::bigint as amount from referral_evidence e
            join rewards w on w.workspace_id = $1 and w.referral_id = e.referral_id
            where e.workspace_id = $1 and e.ring_id = p.ring_id and w.status = 'on_hold'
                and w.currency is not null
            group by w.currency
        ) summed) as amounts,
        m.updated_at
    from page p
    cross join lateral (
        select (array_agg(distinct e.program_id))[1] as program_id,
            (array_agg(distinct r.advocate_id))[:100] as advocates, count(*)::integer as referrals,
            (count(*) filter (where r.held is not null and r.state <> 'rejected'))::integer as held,
            (count(*) filter (where r.state = 'rejected'))::integer as rejected,
            max(e.updated_at) as updated_at
        from referral_evidence e
        join referrals r on r.workspace_id = $1 and r.id = e.referral_id
        where e.workspace_id = $1 and e.ring_id = p.ring_id
    ) m
    order by p.ring_id desc
""")
async def list_rings(
    db: Connection,
    workspace_id: UUID,
    program_id: UUID | None,
    before: UUID | None,
    open_only: bool | None,
    limit: int,
) -> list[RingRow]: ...


@sql("select exists (select from referral_evidence where workspace_id = $1 and ring_id = $2)")
async def is_ring(db: Connection, workspace_id: UUID, ring_id: UUID) -> bool: ...


@sql("""
    select r.id from referral_evidence e
    join referrals r on r.workspace_id = $1 and r.id = e.referral_id
    where e.workspace_id = $1 and e.ring_id = $2 and r.held is not null and r.state <> 'rejected'
    order by r.id
""")
async def held_in(db: Connection, workspace_id: UUID, ring_id: UUID) -> list[UUID]: ...
