"""All SQL of exchange rates."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from service.kit.db import Connection, fetch, sql
from service.ledger.exchange.schemas import FoundRate, FxRateRow

_COLUMNS = "base, quote, day, rate, created_at"
ByPair = tuple[date, str, str]


# The table's own direction goes before the reverse of the other.
@sql("""
    select case when base = $2 then rate else 1 / rate end as rate, day from (
        (select base, day, rate from fx_rates
            where workspace_id = $1 and base = $2 and quote = $3 and day <= $4 order by day desc limit 1)
        union all
        (select base, day, rate from fx_rates
            where workspace_id = $1 and base = $3 and quote = $2 and day <= $4 order by day desc limit 1)
    ) found
    order by day desc, base = $2 desc limit 1
""")
async def rate_at(
    db: Connection, workspace_id: UUID, base: str, quote: str, day: date
) -> FoundRate | None: ...


# What a conversion's commissions were exchanged at before.
@sql("""
    select (rule -> 'exchange' ->> 'rate')::numeric as rate, (rule -> 'exchange' ->> 'day')::date as day
    from commissions
    where workspace_id = $1 and conversion_id = $2 and corrects is null and currency = $4
        and rule -> 'exchange' -> 'from' ->> 'currency' = $3
    order by id limit 1
""")
async def rate_of_conversion(
    db: Connection, workspace_id: UUID, conversion_id: UUID, base: str, quote: str
) -> FoundRate | None: ...


async def list_rates(
    db: Connection, workspace_id: UUID, wanted: dict[str, Any], after: ByPair | None, limit: int
) -> list[FxRateRow]:
    """The newest day first; of a day by pair."""
    fragments = {
        "base": "base = ${}",
        "quote": "quote = ${}",
        "since": "day >= ${}",
        "until": "day < ${}",
    }
    values: list[Any] = [workspace_id, limit]
    conditions = ["workspace_id = $1"]
    for name, fragment in fragments.items():
        if wanted.get(name) is not None:
            values.append(wanted[name])
            conditions.append(fragment.format(len(values)))
    if after is not None:
        values.extend(after)
        at = len(values)
        conditions.append(f"(day < ${at - 2} or (day = ${at - 2} and (base, quote) > (${at - 1}, ${at})))")
    text = f"""select {_COLUMNS} from fx_rates where {" and ".join(conditions)}
        order by day desc, base, quote limit $2"""
    return await fetch(db, FxRateRow, text, *values)


@sql(f"""
    select {_COLUMNS} from fx_rates where workspace_id = $1
        and (base, quote, day) in (select * from unnest($2::text[], $3::text[], $4::date[]))
    for update
""")
async def same_days(
    db: Connection, workspace_id: UUID, bases: Sequence[str], quotes: Sequence[str], days: Sequence[date]
) -> list[FxRateRow]: ...


@sql("""
    insert into fx_rates (workspace_id, base, quote, day, rate)
    select $1, * from unnest($2::text[], $3::text[], $4::date[], $5::numeric[])
    on conflict (workspace_id, base, quote, day) do update set rate = excluded.rate, created_at = elci_now()
    where fx_rates.rate <> excluded.rate
""")
async def put_rates(
    db: Connection,
    workspace_id: UUID,
    bases: Sequence[str],
    quotes: Sequence[str],
    days: Sequence[date],
    rates: Sequence[Decimal],
) -> None: ...


@sql("""
    delete from fx_rates where workspace_id = $1 and base = $2 and quote = $3 and day = $4 returning day
""")
async def drop_rate(db: Connection, workspace_id: UUID, base: str, quote: str, day: date) -> date | None: ...


@sql("""
    select distinct conversion_id from commissions
    where workspace_id = $1 and conversion_id is not null and rule ? 'unconverted' and corrects is null
        and gone is null and currency = any($2)
""")
async def unconverted(db: Connection, workspace_id: UUID, currencies: Sequence[str]) -> list[UUID]: ...
