"""All SQL of judging again what isn't paid yet."""

from uuid import UUID

from msgspec import Struct

from service.kit.db import Connection, sql


class UnpaidRow(Struct, frozen=True):
    """A conversion that can still be held, whom it is credited to, and what it is held for now."""

    id: UUID
    partner_ids: list[UUID]
    codes: list[str]


# What is paid is past being held.
@sql("""
    select c.id,
        array(select distinct t.partner_id from conversion_touches t
            where t.workspace_id = $1 and t.conversion_id = c.id and t.share > 0
                and t.partner_id is not null) as partner_ids,
        array(select distinct f.code from review_flags f
            where f.workspace_id = $1 and f.conversion_id = c.id and f.ended_at is null) as codes
    from conversions c
    where c.workspace_id = $1 and c.id > $2 and not c.test and c.merged_into is null
        and c.settled_at is not null
        and exists (select from commissions m where m.workspace_id = $1 and m.conversion_id = c.id
            and m.status in ('pending', 'on_hold', 'payable'))
    order by c.id limit $3
""")
async def unpaid(db: Connection, workspace_id: UUID, after: UUID, most: int) -> list[UnpaidRow]: ...


@sql("""
    select count(distinct m.conversion_id) from commissions m
    where m.workspace_id = $1 and m.conversion_id is not null
        and m.status in ('pending', 'on_hold', 'payable')
""")
async def count_unpaid(db: Connection, workspace_id: UUID) -> int: ...


@sql("""
    select distinct code from review_flags
    where workspace_id = $1 and conversion_id = $2 and ended_at is null
""")
async def codes(db: Connection, workspace_id: UUID, conversion_id: UUID) -> list[str]: ...
