"""Whom there is to tell, and what their parts of orders are."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from service.kit import ids
from service.kit.db import Connection
from service.partner.conversions import parts
from service.partner.conversions import store as own_store
from service.partner.conversions.parts import Part
from service.partner.postbacks import filling
from service.partner.postbacks.deciding import State
from service.partner.postbacks.filling import Sources, Values
from service.partner.postbacks.schemas import FamilyRow, OrderRow
from service.partner.postbacks.telling import store
from service.partner.postbacks.telling.queueing import Drafts


class Watching(NamedTuple):
    """`owners`: the partner with postbacks, by each of its records; `names`: the outer ids of a partner's."""

    owners: Mapping[UUID, UUID]
    names: Mapping[UUID, Collection[str]]


class Own(NamedTuple):
    """A partner's part of an order, what is earned by it, and what was told of it."""

    partner_id: UUID
    order: OrderRow
    parts: list[Part]
    values: Values
    families: Sequence[FamilyRow]
    known: State | None


async def watching(db: Connection, workspace_id: UUID) -> Watching:
    """Who has a postback that is told."""
    owners = {row.record_id: row.partner_id for row in await store.watching(db, workspace_id)}
    names = defaultdict(set)
    for record, owner in owners.items():
        names[owner].add(ids.show("prt", record))
    return Watching(owners, names)


async def sources(
    db: Connection, workspace_id: UUID, watching: Watching, orders: Sequence[OrderRow]
) -> Sources:
    """What these partners' parts of the orders are credited by."""
    mine = set().union(*watching.names.values())
    shares = [one.share for order in orders for one in parts.own(order.shares, mine)]
    links = sorted({ids.read("lnk", each["link_id"]) for each in shares if each["link_id"]})
    coupons = sorted({ids.read("cpn", each["coupon_id"]) for each in shares if each["coupon_id"]})
    clicks = {
        ids.read("clk", each["click_id"]): datetime.fromisoformat(each["at"])
        for each in shares
        if each["click_id"]
    }
    found_clicks = await own_store.click_subs(db, workspace_id, sorted({*clicks.values()}), sorted(clicks))
    return Sources(
        {row.id: row for row in await store.links(db, workspace_id, links)},
        {row.id: row.code for row in await own_store.coupon_names(db, workspace_id, coupons)},
        {row.id: row.subs for row in found_clicks},
    )


def values(watching: Watching, partner_id: UUID, order: OrderRow, sources: Sources) -> Values:
    """What macros are filled with of the partner's part of an order."""
    own = parts.own(order.shares, watching.names[partner_id])
    return filling.order(order, own, sources) if own else {}


def owns(
    watching: Watching,
    order: OrderRow,
    sources: Sources,
    earned: Mapping[tuple[UUID, UUID], Sequence[FamilyRow]],
    drafts: Drafts,
) -> Iterator[Own]:
    """The order of each partner who has a part of it, earns by it, or was told of it."""
    for partner_id in sorted(watching.names):
        own = parts.own(order.shares, watching.names[partner_id])
        families = earned.get((order.id, partner_id), ())
        known = drafts.before(partner_id, order.id)
        if own or families or known:
            # Of an order that is another's now, no figure is told.
            filled = filling.order(order, own, sources) if own else filling.gone(order.id)
            yield Own(partner_id, order, own, filled, families, known)
