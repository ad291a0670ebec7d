"""Finding the purchases of reviews, as they come in and when orders are told later."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from service.advocacy.reviews import store as reviews
from service.advocacy.reviews.verifying import store
from service.advocacy.reviews.verifying.deciding import SLACK, Asked, Order, Purchase, purchase
from service.advocacy.reviews.verifying.store import Waiting
from service.kit.db import Connection


async def verify(db: Connection, workspace_id: UUID, review_ids: Sequence[UUID]) -> list[UUID]:
    """Looks for the purchase of each; those of which it is another than before. Whose customer is known is
    known by all that orders know them by: advocates are recognised by it, and an erasure finds them."""
    rows = await store.waiting(db, workspace_id, review_ids) if review_ids else []
    if not rows:
        return []
    customers = await _customers(db, workspace_id, rows)
    found = await _purchases(db, workspace_id, rows, customers)
    for n, each in enumerate(found):
        if each is not None and each.customer_id is not None:
            customers[n].add(each.customer_id)
    known = [(rows[n].id, each) for n in sorted(customers) for each in sorted(customers[n])]
    if known:
        await reviews.learn_keys(db, workspace_id, [one[0] for one in known], [one[1] for one in known])
    return await store.verify(
        db,
        workspace_id,
        [row.id for row in rows],
        [None if each is None else each.conversion_id for each in found],
        [None if each is None else each.by for each in found],
    )


async def _customers(db: Connection, workspace_id: UUID, rows: Sequence[Waiting]) -> dict[int, set[UUID]]:
    """Who is known by the keys of each."""
    found: dict[int, set[UUID]] = defaultdict(set)
    keyed = [(n, key) for n, row in enumerate(rows) for key in row.keys]
    if keyed:
        places, keys = [each[0] for each in keyed], [each[1] for each in keyed]
        for each in await store.customers(db, workspace_id, places, keys):
            found[each.n].add(each.customer_id)
    return found


async def _purchases(
    db: Connection, workspace_id: UUID, rows: Sequence[Waiting], customers: dict[int, set[UUID]]
) -> list[Purchase | None]:
    ordered = [(n, row.shop, row.order_ref) for n, row in enumerate(rows) if row.order_ref is not None]
    named = await _named(db, workspace_id, ordered)
    bought = await _bought(db, workspace_id, rows, customers)
    return [
        purchase(Asked(row.at, row.product_id, frozenset(customers[n])), named[n], bought[n])
        for n, row in enumerate(rows)
    ]


async def _named(
    db: Connection, workspace_id: UUID, ordered: Sequence[tuple[int, str, str]]
) -> dict[int, list[Order]]:
    found: dict[int, list[Order]] = defaultdict(list)
    if ordered:
        places, shops, refs = [each[0] for each in ordered], [x[1] for x in ordered], [x[2] for x in ordered]
        for order in await store.named(db, workspace_id, places, shops, refs):
            found[order.n].append(order)
    return found


async def _bought(
    db: Connection, workspace_id: UUID, rows: Sequence[Waiting], customers: dict[int, set[UUID]]
) -> dict[int, list[Order]]:
    found: dict[int, list[Order]] = defaultdict(list)
    wanted = [(n, each, rows[n].at + SLACK) for n in sorted(customers) for each in sorted(customers[n])]
    if wanted:
        places, ids, until = [x[0] for x in wanted], [x[1] for x in wanted], [x[2] for x in wanted]
        for order in await store.bought(db, workspace_id, places, ids, until):
            found[order.n].append(order)
    return found
