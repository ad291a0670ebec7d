"""All SQL of merging partners."""

from collections.abc import Sequence
from uuid import UUID

from service.kit.db import Connection, sql
from service.programs.merging.schemas import DuplicateRow, MovedThings


# In the order of ids, so that two merges never wait for each other.
@sql("select id from partners where workspace_id = $1 and id = any($2) order by id for update")
async def lock(db: Connection, workspace_id: UUID, ids: Sequence[UUID]) -> list[UUID]: ...


@sql("""
    select
        (select count(*) from links where workspace_id = $1 and partner_id = any($2))::integer as links,
        (select count(*) from coupons where workspace_id = $1 and partner_id = any($2))::integer as coupons,
        (select count(distinct conversion_id) from conversion_touches
         where workspace_id = $1 and partner_id = any($2) and share > 0)::integer as conversions,
        (select count(*) from commissions where workspace_id = $1 and partner_id = any($2)
            and corrects is null)::integer as commissions
""")
async def count(db: Connection, workspace_id: UUID, merged: Sequence[UUID]) -> MovedThings: ...


# What was merged into them before points at the one that stands as well: nobody has to follow a chain.
@sql("""
    update partners
    set merged_into = $2, merged_at = case when id = any($3) then elci_now() else merged_at end,
        status = 'archived', version = version + 1, updated_at = elci_now()
    where workspace_id = $1 and (id = any($3) or merged_into = any($3))
""")
async def merge(db: Connection, workspace_id: UUID, kept: UUID, merged: Sequence[UUID]) -> None: ...


# The mailbox as customers.py normalises it: what an address of Gmail has for dots leads to the same one.
@sql("""
    with mailboxes as (
        select id, program_id, influencer_id, name_folded,
            split_part(split_part(email_key, '@', 1), '+', 1) as mailbox,
            split_part(email_key, '@', 2) as host
        from partners where workspace_id = $1 and status <> 'archived'
    ), named as (
        select id, program_id, likeness, value
        from mailboxes, lateral (values
            ('influencer', influencer_id::text),
            ('email', case when host in ('gmail.com', 'googlemail.com') then
                replace(mailbox, '.', '') || '@gmail.com' else mailbox || '@' || host end),
            ('name', nullif(name_folded, ''))
        ) as v (likeness, value)
        where value is not null
    )
    select program_id, likeness, array_agg(id order by id) as ids
    from named group by program_id, likeness, value having count(*) > 1
    order by min(id::text) desc, array_position(array['influencer', 'email', 'name'], likeness)
    offset $2 limit $3
""")
async def duplicates(db: Connection, workspace_id: UUID, offset: int, limit: int) -> list[DuplicateRow]: ...
