"""All SQL of a partner's coupons: how often they were used."""

from collections.abc import Sequence
from uuid import UUID

from service.kit.db import Connection, sql
from service.ledger.store import OF_PARTNER
from service.partner.coupons.schemas import UsedRow


@sql(f"""
    select t.coupon_id, count(distinct c.id)::integer as conversions from conversion_touches t
    join conversions c on c.workspace_id = $1 and c.id = t.conversion_id
        and not c.test and c.merged_into is null and c.status <> 'cancelled'
    where t.workspace_id = $1 and t.partner_id = {OF_PARTNER.format(2)} and t.coupon_id = any($3)
        and t.share > 0
    group by 1
""")
async def used(
    db: Connection, workspace_id: UUID, partner_id: UUID, coupon_ids: Sequence[UUID]
) -> list[UsedRow]: ...
