"""All SQL of comparisons: paths of a span of conversions, and the answers that are kept."""

from datetime import datetime
from typing import Any
from uuid import UUID

from service.conversions.attribution.comparing.schemas import (
    ComparisonRow,
    DecayRow,
    PathRow,
    WindowRow,
    Within,
)
from service.conversions.attribution.models import HALF_LIFE_DAYS
from service.kit.db import Connection, sql

# Test orders, cancelled ones and those that nobody has paid yet are in no report. What went back is no value.
_CHOSEN = """
    select v.id, v.currency, v.occurred_at, greatest(case when $5 = 'amount' then v.amount - v.refunded
            else v.net - coalesce(round(v.net::numeric * v.refunded / nullif(v.amount, 0)), 0)::bigint end,
        0) as value
    from conversions v
    where v.workspace_id = $1 and v.occurred_at >= $2 and v.occurred_at < $3
        and v.status = 'confirmed' and not v.test and v.merged_into is null
        and ($4::uuid is null or exists (
            select from conversion_touches g
            where g.workspace_id = $1 and g.conversion_id = v.id and g.campaign_id = $4))
"""
# As in deciding.py: a person's word stands alone; a bond and a coupon that is nobody's alone speak only where
# nothing else does.
_SEEN = """
    select c.id, t.partner_id, t.n, t.at, extract(epoch from c.occurred_at - t.at)::float8 / 86400 as age,
        case when t.kind = 'manual' then 0 when t.kind = 'bond' then 2 when k.kind = 'public' then 3
            else 1 end as rank
    from chosen c
    join conversion_touches t on t.workspace_id = $1 and t.conversion_id = c.id and t.partner_id is not null
    left join partners p on p.workspace_id = $1 and p.id = t.partner_id
    left join unnest($7::uuid[], $8::integer[]) w (program_id, days) on w.program_id = p.program_id
    left join coupons k on k.workspace_id = $1 and k.id = t.coupon_id and t.kind = 'coupon'
    where case t.kind
        when 'click' then t.at >= c.occurred_at - make_interval(days => coalesce($6, w.days, 30))
            and t.at <= c.occurred_at + interval '1 day'
        when 'coupon' then coalesce(k.starts_at <= c.occurred_at, true)
            and coalesce(least(k.ends_at, k.archived_at) > c.occurred_at, true)
        else t.share > 0 end
"""
_WAYS = f"""
    with chosen as materialized ({_CHOSEN}),
    seen as ({_SEEN}),
    ranked as (select s.*, min(s.rank) over (partition by s.id) as best from seen s)
"""
_PATHS = f"""
    {_WAYS},
    paths as (
        select id, array_agg(partner_id order by at, n) as path from ranked where rank = best group by id
    )
    select c.currency, p.path, count(*) as conversions, sum(c.value)::bigint as value
    from chosen c left join paths p on p.id = c.id
    group by c.currency, p.path
"""
# numeric: the sum is the same in whatever order rows come.
_DECAY = f"""
    {_WAYS},
    weighed as (
        select r.id, r.partner_id,
            power(2::float8, (min(r.age) over (partition by r.id) - r.age) / {HALF_LIFE_DAYS}) as weight
        from ranked r where r.rank = r.best
    ),
    shared as (select *, (weight / sum(weight) over (partition by id))::numeric as share from weighed)
    select c.currency, s.partner_id, sum(s.share) as conversions, sum(s.share * c.value) as value
    from shared s join chosen c on c.id = s.id
    group by c.currency, s.partner_id
"""


@sql(_PATHS)
async def paths_of(
    db: Connection,
    workspace_id: UUID,
    since: datetime,
    before: datetime,
    campaign_id: UUID | None,
    basis: str,
    window_days: int | None,
    programs: list[UUID],
    program_days: list[int],
) -> list[PathRow]: ...


@sql(_DECAY)
async def decay_of(
    db: Connection,
    workspace_id: UUID,
    since: datetime,
    before: datetime,
    campaign_id: UUID | None,
    basis: str,
    window_days: int | None,
    programs: list[UUID],
    program_days: list[int],
) -> list[DecayRow]: ...


async def paths(db: Connection, workspace_id: UUID, of: Within) -> list[PathRow]:
    """The ways of the conversions, each once a currency, those without a touch under None."""
    return await paths_of(db, workspace_id, *_values(of))


async def decay(db: Connection, workspace_id: UUID, of: Within) -> list[DecayRow]:
    """What time decay gives each partner."""
    return await decay_of(db, workspace_id, *_values(of))


def _values(of: Within) -> tuple[Any, ...]:
    return (
        *(of.since, of.before, of.campaign_id, of.basis, of.window_days),
        *(of.programs, of.program_days),
    )


# No more than what it is compared with.
@sql("""
    select count(*) from (
        select from conversions where workspace_id = $1 and occurred_at >= $2 and occurred_at < $3 limit $4
    ) as found
""")
async def count_up_to(
    db: Connection, workspace_id: UUID, since: datetime, before: datetime, most: int
) -> int: ...


@sql("""
    select p.id as program_id, coalesce((t.terms -> 'attribution' ->> 'window_days')::integer, 30) as days
    from programs p
    cross join lateral (
        select terms from program_terms
        where workspace_id = $1 and program_id = p.id and coalesce(valid_from, '-infinity') <= elci_now()
        order by valid_from desc nulls last, version desc limit 1
    ) t
    where p.workspace_id = $1
""")
async def windows(db: Connection, workspace_id: UUID) -> list[WindowRow]: ...


_COLUMNS = "key, question, body, job_id, computed_at"


@sql(f"select {_COLUMNS} from comparisons where workspace_id = $1 and key = $2")
async def find(db: Connection, workspace_id: UUID, key: bytes) -> ComparisonRow | None: ...


# Who comes second waits here until the first has committed, and finds the row then.
@sql("""
    insert into comparisons (workspace_id, key, question) values ($1, $2, $3)
    on conflict (workspace_id, key) do nothing
""")
async def add(db: Connection, workspace_id: UUID, key: bytes, question: Any) -> None: ...


@sql(f"select {_COLUMNS} from comparisons where workspace_id = $1 and key = $2 for update")
async def lock(db: Connection, workspace_id: UUID, key: bytes) -> ComparisonRow: ...


@sql("""
    update comparisons set job_id = $3, body = null, computed_at = null where workspace_id = $1 and key = $2
""")
async def start(db: Connection, workspace_id: UUID, key: bytes, job_id: UUID) -> None: ...


@sql("""
    insert into comparisons (workspace_id, key, question, body, job_id, computed_at)
    values ($1, $2, $3, $4, $5, elci_now())
    on conflict (workspace_id, key) do update
        set body = excluded.body, computed_at = excluded.computed_at
""")
async def put(
    db: Connection, workspace_id: UUID, key: bytes, question: Any, body: bytes, job_id: UUID
) -> None: ...


@sql("delete from comparisons where workspace_id = $1 and created_at < elci_now() - interval '1 day'")
async def purge(db: Connection, workspace_id: UUID) -> None: ...
