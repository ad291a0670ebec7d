"""All SQL of finding out who bought."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from service.advocacy.reviews.verifying.deciding import Order
from service.kit.db import Connection, sql


class Waiting(Struct):
    """A review whose purchase is looked for. `keys`: what its customer is known by."""

    id: UUID
    at: datetime
    shop: str
    order_ref: str | None
    product_id: str | None
    keys: list[bytes]


class Of(Struct):
    """Something of the n-th review."""

    n: int
    customer_id: UUID


@sql("""
    select r.id, r.published_at as at, r.shop, r.order_ref, r.product_id,
        array(select k.key from review_keys k where k.workspace_id = $1 and k.review_id = r.id order by k.key)
            as keys
    from reviews r
    where r.workspace_id = $1 and r.id = any($2) and r.erased_at is null order by r.id for update of r
""")
async def waiting(db: Connection, workspace_id: UUID, review_ids: Sequence[UUID]) -> list[Waiting]: ...


_PRODUCTS = """
    array(select distinct p.name from jsonb_array_elements(c.lines) l,
              lateral (values (l->>'product_id'), (l->>'sku')) as p (name)
          where p.name is not null order by p.name) as products
"""
_STANDS = """c.status <> 'cancelled' and not c.test and c.merged_into is null
            and c.kind in ('sale', 'booking')"""


@sql(f"""
    select a.n, f.kind, c.id as conversion_id, c.customer_id, c.occurred_at, {_PRODUCTS}
    from unnest($2::integer[], $3::text[], $4::text[]) as a (n, shop, ref)
    join conversion_refs f on f.workspace_id = $1 and f.shop = a.shop and f.ref = a.ref
    join conversions c on c.workspace_id = $1 and c.id = f.conversion_id and {_STANDS}
    order by a.n, c.id, f.kind
""")
async def named(
    db: Connection, workspace_id: UUID, places: Sequence[int], shops: Sequence[str], refs: Sequence[str]
) -> list[Order]: ...


@sql("""
    select distinct a.n, k.customer_id from unnest($2::integer[], $3::bytea[]) as a (n, key)
    join customer_keys k on k.workspace_id = $1 and k.key = a.key
    order by a.n, k.customer_id
""")
async def customers(
    db: Connection, workspace_id: UUID, places: Sequence[int], keys: Sequence[bytes]
) -> list[Of]: ...


# Of one with thousands of orders the newest before the review are enough to know that they bought.
@sql(f"""
    select a.n, 'customer' as kind, c.id as conversion_id, c.customer_id, c.occurred_at, {_PRODUCTS}
    from unnest($2::integer[], $3::uuid[], $4::timestamptz[]) as a (n, customer_id, until)
    cross join lateral (
        select c.* from conversions c
        where c.workspace_id = $1 and c.customer_id = a.customer_id and c.occurred_at <= a.until
            and {_STANDS}
        order by c.occurred_at desc, c.id desc limit 200) c
    order by a.n, c.id
""")
async def bought(
    db: Connection,
    workspace_id: UUID,
    places: Sequence[int],
    customer_ids: Sequence[UUID],
    until: Sequence[datetime],
) -> list[Order]: ...


@sql("""
    update reviews r
    set conversion_id = v.conversion_id, verified_by = v.verified_by, version = r.version + 1,
        updated_at = elci_now()
    from unnest($2::uuid[], $3::uuid[], $4::text[]) as v (id, conversion_id, verified_by)
    where r.workspace_id = $1 and r.id = v.id and r.erased_at is null
        and (r.conversion_id, r.verified_by) is distinct from (v.conversion_id, v.verified_by)
    returning r.id
""")
async def verify(
    db: Connection,
    workspace_id: UUID,
    review_ids: Sequence[UUID],
    conversion_ids: Sequence[UUID | None],
    verified_by: Sequence[str | None],
) -> list[UUID]: ...


# Reviews that orders are told of later, or that stand by them; those of their customers.
@sql("""
    select r.id from reviews r
    where r.workspace_id = $1 and r.conversion_id = any($2)
    union
    select r.id from conversion_refs f
    join reviews r on r.workspace_id = $1 and r.shop = f.shop and r.order_ref = f.ref
    where f.workspace_id = $1 and f.conversion_id = any($2)
    union
    select q.review_id from conversions c
    join customer_keys k on k.workspace_id = $1 and k.customer_id = c.customer_id
    join review_keys q on q.workspace_id = $1 and q.key = k.key
    join reviews r on r.workspace_id = $1 and r.id = q.review_id and r.conversion_id is null
    where c.workspace_id = $1 and c.id = any($2)
    order by 1
""")
async def of_orders(db: Connection, workspace_id: UUID, conversion_ids: Sequence[UUID]) -> list[UUID]: ...
