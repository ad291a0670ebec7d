"""What happens to orders, commissions and payouts, told to those who asked for it: queued in the same
transaction, so that nothing is told that didn't happen, and nothing that did is missed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from uuid import UUID

from service.conversions.events import OrdersSettled
from service.kit.db import Connection
from service.ledger.events import CommissionsMoved
from service.ledger.payouts.events import PayoutMoved
from service.partner.postbacks import deciding, filling
from service.partner.postbacks.deciding import State
from service.partner.postbacks.schemas import FamilyRow, OrderRow
from service.partner.postbacks.telling import reading, store
from service.partner.postbacks.telling.queueing import Drafts
from service.partner.postbacks.telling.reading import Own, Watching


async def orders_settled(db: Connection, event: OrdersSettled) -> None:
    """Handles the event: each partner's orders, and then what is earned by them."""
    watching = await reading.watching(db, event.workspace_id)
    if not watching.owners:
        return
    orders = await store.orders(db, event.workspace_id, event.conversion_ids)
    earned = await store.of_orders(db, event.workspace_id, event.conversion_ids, list(watching.owners))
    subjects = [*event.conversion_ids, *(row.id for row in earned)]
    drafts = await Drafts.read(db, event.workspace_id, watching, subjects)
    sources = await reading.sources(db, event.workspace_id, watching, orders)
    by_order = _by_order(watching, earned)
    for order in orders:
        for own in reading.owns(watching, order, sources, by_order, drafts):
            _tell_order(drafts, own)
    await drafts.write(db)


def _by_order(watching: Watching, rows: Iterable[FamilyRow]) -> dict[tuple[UUID, UUID], list[FamilyRow]]:
    found = defaultdict(list)
    for row in rows:
        if row.conversion_id is not None:
            found[row.conversion_id, watching.owners[row.partner_id]].append(row)
    return found


def _tell_order(drafts: Drafts, own: Own) -> None:
    now = _state(own)
    if now is not None:
        for name in deciding.of_order(drafts.before(own.partner_id, own.order.id), now):
            values = own.values | filling.earned(own.families)
            drafts.add(own.partner_id, name, filling.named(name, values))
        drafts.now(own.partner_id, own.order.id, now)
    for family in own.families:
        _tell_commission(drafts, own.partner_id, family, own.values)


def _state(own: Own) -> State | None:
    """The order as the partner's; None of an order that never was."""
    if own.parts and own.order.stands:
        return State(own.order.status, min(own.order.refunded, own.order.amount))
    return State("gone", own.known.amount) if own.known is not None else None


def _tell_commission(drafts: Drafts, partner_id: UUID, row: FamilyRow, values: filling.Values) -> None:
    now = State(row.status, row.net)
    for name in deciding.of_commission(drafts.before(partner_id, row.id), now):
        # Whose order an agency has a part of is another partner's.
        mine = values if row.kind != "override" else {}
        drafts.add(partner_id, name, mine | filling.commission(row))
    drafts.now(partner_id, row.id, now)


async def commissions_moved(db: Connection, event: CommissionsMoved) -> None:
    """Handles the event: decisions, what became due, clicks and bonuses."""
    watching = await reading.watching(db, event.workspace_id)
    if watching.owners:
        await _tell_commissions(db, event.workspace_id, watching, event.commission_ids)


async def _tell_commissions(
    db: Connection, workspace_id: UUID, watching: Watching, commission_ids: Sequence[UUID]
) -> None:
    rows = await store.families(db, workspace_id, commission_ids, list(watching.owners))
    if not rows:
        return
    drafts = await Drafts.read(db, workspace_id, watching, [row.id for row in rows])
    named = sorted({row.conversion_id for row in rows if row.conversion_id is not None})
    orders: dict[UUID | None, OrderRow] = {row.id: row for row in await store.orders(db, workspace_id, named)}
    sources = await reading.sources(db, workspace_id, watching, list(orders.values()))
    for row in rows:
        owner, order = watching.owners[row.partner_id], orders.get(row.conversion_id)
        values = {} if order is None else reading.values(watching, owner, order, sources)
        _tell_commission(drafts, owner, row, values)
    await drafts.write(db)


async def payout_moved(db: Connection, event: PayoutMoved) -> None:
    """Handles the event: the payout, where it is paid, and the commissions that are paid by it or no more."""
    watching = await reading.watching(db, event.workspace_id)
    if event.partner_id not in watching.owners:
        return
    row = await store.payout(db, event.workspace_id, event.payout_id)
    owner = watching.owners[event.partner_id]
    drafts = await Drafts.read(db, event.workspace_id, watching, [row.id])
    now = State(row.status, row.amount)
    for name in deciding.of_payout(drafts.before(owner, row.id), now):
        drafts.add(owner, name, filling.payout(row))
    drafts.now(owner, row.id, now)
    await drafts.write(db)
    paid = await store.paid_by(db, event.workspace_id, event.payout_id)
    await _tell_commissions(db, event.workspace_id, watching, paid)
