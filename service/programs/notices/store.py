"""All SQL of notices. A row is there once: that nothing is told twice is the table's key."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from service.kit.db import Connection, sql
from service.programs.notices.schemas import MemberRow, WaitingRow


@sql("""
    insert into notices (workspace_id, notice, subject, key, partner_id, facts, state)
    values ($1, $2, $3, $4, $5, $6::jsonb, $7)
    on conflict (workspace_id, notice, subject, key) do nothing
""")
async def add_notice(
    db: Connection,
    workspace_id: UUID,
    notice: str,
    subject: UUID,
    key: str,
    partner_id: UUID | None,
    facts: Any,
    state: str,
) -> None: ...


# Of a merged record the partner who stands is told; what was told to a duplicate was told to them.
@sql("""
    insert into notices (workspace_id, notice, subject, partner_id, facts, state)
    select $1, 'first_sale', s.id, s.id, (array_agg(a.facts order by a.occurred_at, a.n))[1],
        case when min(a.occurred_at) < elci_now() - $5::interval then 'unwanted' else 'waiting' end
    from unnest($2::uuid[], $3::jsonb[], $4::timestamptz[]) with ordinality
        as a (partner_id, facts, occurred_at, n)
    join partners p on p.workspace_id = $1 and p.id = a.partner_id
    join partners s on s.workspace_id = $1 and s.id = coalesce(p.merged_into, p.id)
    where not exists (
        select from notices t where t.workspace_id = $1 and t.notice = 'first_sale' and t.subject in (
            select d.id from partners d where d.workspace_id = $1 and s.id in (d.id, d.merged_into)
        )
    )
    group by s.id order by s.id
    on conflict (workspace_id, notice, subject, key) do nothing
""")
async def add_first_sales(
    db: Connection,
    workspace_id: UUID,
    partner_ids: Sequence[UUID],
    facts: Sequence[Any],
    occurred: Sequence[datetime],
    news: timedelta,
) -> None: ...


# What was taken back before anybody was told of it.
@sql("""
    update notices set state = 'unwanted'
    where workspace_id = $1 and notice = $2 and subject = $3 and state = 'waiting'
""")
async def withdraw(db: Connection, workspace_id: UUID, notice: str, subject: UUID) -> None: ...


@sql("select * from entry.noticing_workspaces()")
async def noticing_workspaces(db: Connection) -> list[UUID]: ...


# Locked, so that two workers mail each once. Without an own address whoever acts for the partner is told.
@sql("""
    select n.notice, n.subject, n.key, s.id as partner_id, n.facts, s.status,
        coalesce(s.email, (
            select u.email from partner_users u where u.workspace_id = $1 and u.partner_id = s.id
            order by u.created_at, u.id limit 1
        )) as email,
        coalesce(c.language, w.locale) as locale, coalesce(c.notices_off, '{}') as notices_off,
        w.name as brand, w.timezone
    from notices n
    join partners p on p.workspace_id = $1 and p.id = n.partner_id
    join partners s on s.workspace_id = $1 and s.id = coalesce(p.merged_into, p.id)
    join workspaces w on w.id = $1
    left join partner_preferences c on c.workspace_id = $1 and c.partner_id = s.id
    where n.workspace_id = $1 and n.state = 'waiting'
    order by n.created_at limit $2
    for update of n skip locked
""")
async def waiting(db: Connection, workspace_id: UUID, limit: int) -> list[WaitingRow]: ...


@sql("""
    update notices set state = $5
    where workspace_id = $1 and notice = $2 and subject = $3 and key = $4 and state = 'waiting'
""")
async def settle(
    db: Connection, workspace_id: UUID, notice: str, subject: UUID, key: str, state: str
) -> None: ...


@sql("""
    select p.id, p."group", array(
        select d.id from partners d where d.workspace_id = $1 and p.id in (d.id, d.merged_into)
    ) as known_as, array(
        select a.version from terms_acceptances a
        where a.workspace_id = $1 and a.program_id = $2 and a.partner_id = p.id
    ) as accepted
    from partners p
    where p.workspace_id = $1 and p.program_id = $2 and p.status <> 'archived'
        and ($3::uuid is null or p.id > $3)
    order by p.id limit $4
""")
async def members(
    db: Connection, workspace_id: UUID, program_id: UUID, after: UUID | None, limit: int
) -> list[MemberRow]: ...


@sql("""
    select exists (
        select from notice_optouts where workspace_id = $1 and address = $2 and notice = $3
    )
""")
async def is_stopped(db: Connection, workspace_id: UUID, address: bytes, notice: str) -> bool: ...


@sql("""
    insert into notice_optouts (workspace_id, address, notice) values ($1, $2, $3)
    on conflict (workspace_id, address, notice) do nothing
""")
async def stop(db: Connection, workspace_id: UUID, address: bytes, notice: str) -> None: ...


@sql("delete from notice_optouts where workspace_id = $1 and address = $2 and notice = $3")
async def resume(db: Connection, workspace_id: UUID, address: bytes, notice: str) -> None: ...


@sql("select email_key from applications where workspace_id = $1 and id = $2")
async def address_of(db: Connection, workspace_id: UUID, application_id: UUID) -> str | None: ...


@sql("select language from applications where workspace_id = $1 and id = $2")
async def language_of(db: Connection, workspace_id: UUID, application_id: UUID) -> str | None: ...


# What is told of somebody who is erased is told to nobody.
@sql("delete from notices where workspace_id = $1 and partner_id = any($2)")
async def forget_notices(db: Connection, workspace_id: UUID, partner_ids: Sequence[UUID]) -> None: ...
