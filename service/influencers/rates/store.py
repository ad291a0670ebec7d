"""All SQL of prices."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from service.influencers.problems import UnknownRate
from service.influencers.rates.schemas import RateRow
from service.influencers.schemas import ByDay
from service.kit.db import Connection, fetch, sql

COLUMNS = "id, influencer_id, platform, format, amount, currency, tax_included, valid_from, valid_to, source"


@sql(f"""
    select {COLUMNS} from influencer_rates where workspace_id = $1 and influencer_id = any($2)
    order by influencer_id, platform, format, valid_from desc, id
""")
async def rates_of(db: Connection, workspace_id: UUID, influencers: Sequence[UUID]) -> list[RateRow]: ...


@sql("""
    insert into influencer_rates (workspace_id, id, influencer_id, platform, format, amount, currency,
        tax_included, valid_from, valid_to, source)
    select $1, * from unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::bigint[], $7::text[],
        $8::boolean[], $9::date[], $10::date[], $11::text[])
    on conflict on constraint influencer_rates_key do update
        set amount = excluded.amount, tax_included = excluded.tax_included, valid_to = excluded.valid_to
""")
async def put_rates(
    db: Connection,
    workspace_id: UUID,
    rate_ids: Sequence[UUID],
    influencers: Sequence[UUID],
    platforms: Sequence[str],
    formats: Sequence[str],
    amounts: Sequence[int],
    currencies: Sequence[str],
    tax_included: Sequence[bool | None],
    valid_from: Sequence[date],
    valid_to: Sequence[date | None],
    sources: Sequence[str],
) -> None: ...


@sql("delete from influencer_rates where workspace_id = $1 and influencer_id = $2")
async def clear_rates(db: Connection, workspace_id: UUID, influencer_id: UUID) -> None: ...


@sql(
    f"""
    delete from influencer_rates where workspace_id = $1 and influencer_id = $2 and id = $3
    returning {COLUMNS}
    """,
    missing=UnknownRate,
)
async def delete_rate(db: Connection, workspace_id: UUID, influencer_id: UUID, rate_id: UUID) -> RateRow: ...


_FRAGMENTS = {
    "platform": "platform = ${}",
    "format": "format = ${}",
    "on": "valid_from <= ${0} and (valid_to is null or valid_to >= ${0})",
}


async def list_rates(
    db: Connection,
    workspace_id: UUID,
    influencer_id: UUID,
    wanted: dict[str, Any],
    after: ByDay | None,
    limit: int,
) -> list[RateRow]:
    """The newest first."""
    values: list[Any] = [workspace_id, influencer_id, limit]
    conditions = ["workspace_id = $1 and influencer_id = $2"]
    for name, fragment in _FRAGMENTS.items():
        if wanted.get(name) is not None:
            values.append(wanted[name])
            conditions.append(fragment.format(len(values)))
    if after is not None:
        values += after
        conditions.append(f"(valid_from, id) < (${len(values) - 1}, ${len(values)})")
    text = f"""
        select {COLUMNS} from influencer_rates where {" and ".join(conditions)}
        order by valid_from desc, id desc limit $3
    """
    return await fetch(db, RateRow, text, *values)
