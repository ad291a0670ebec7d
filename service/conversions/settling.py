"""What orders bring about: whom they are credited to, and what the ledger owes for them."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple
from uuid import UUID

import msgspec

from service.conversions import earning, explaining
from service.conversions import store as orders
from service.conversions.abreast import Needs, first, rounds
from service.conversions.attribution.gathering import gather
from service.conversions.attribution.touches import Decision, Touch
from service.conversions.crediting import Credited, Evidence, Partners, credit, partners_of
from service.conversions.events import OrdersSettled
from service.conversions.facts import Facts, Flag
from service.conversions.knowing import Known, known_of
from service.conversions.reassigning import Reassigned
from service.conversions.reviews import Order as Judged
from service.conversions.reviews import flags
from service.conversions.rows import ConversionRow
from service.conversions.settled import store as settled
from service.conversions.settled.store import Left
from service.conversions.standings import exchanges, standings
from service.conversions.waiting import missing
from service.kit import events, ids
from service.kit.db import Connection
from service.ledger import settling as ledger
from service.ledger.targets import Target
from service.programs.periods import needed
from service.programs.reading import Agreed

BY = "system"


class _Order(NamedTuple):
    """An order with what it has come to; `credited` is None where nobody can earn by it. `before`: who has
    earned by it so far."""

    row: ConversionRow
    known: Known
    credited: Credited | None
    needs: Needs
    before: set[UUID]

    @property
    def facts(self) -> Facts:
        return self.known.facts

    @property
    def partner_ids(self) -> list[UUID]:
        """Who is credited."""
        return [] if self.credited is None else [share.partner_id for share in self.credited.decision.shares]

    @property
    def agreed(self) -> dict[UUID, Agreed]:
        """What is agreed with them."""
        found = {} if self.credited is None else self.credited.agreed
        return {each: found[each] for each in self.partner_ids if each in found}


async def settle(db: Connection, workspace_id: UUID, conversion_id: UUID, by: str = BY) -> ConversionRow:
    """Brings what partners earn by an order to what its facts say now. Repeated, it changes nothing.

    Takes the lock of the conversion's row, then the turns of the partners in the ledger.
    """
    row = await orders.lock(db, workspace_id, conversion_id)
    return (await _settle(db, workspace_id, [row], by))[0]


async def settle_some(
    db: Connection, workspace_id: UUID, conversion_ids: Sequence[UUID], by: str = BY
) -> list[ConversionRow]:
    """The same for many in as many statements as for one, as if one after the other as they occurred.

    Gives the rows of those that are settled: left to be asked for again are orders that have to wait for an
    earlier one of these (abreast.py), and those that somebody else holds.
    """
    rows = await orders.lock_free(db, workspace_id, conversion_ids)
    return await _settle(db, workspace_id, sorted(rows, key=lambda row: (row.occurred_at, row.id)), by)


async def _settle(
    db: Connection, workspace_id: UUID, rows: Sequence[ConversionRow], by: str
) -> list[ConversionRow]:
    if not rows:
        return []
    known = await known_of(db, workspace_id, rows)
    gathered = await gather(db, workspace_id, [each.facts for each in known])
    evidence = [
        Evidence(each.facts, one.touches, _reassigned(row))
        for row, each, one in zip(rows, known, gathered, strict=True)
    ]
    before = await _earners(db, workspace_id, rows)
    asked = [(row.occurred_at, each) for row, each in zip(rows, _may_earn(evidence), strict=True)]
    partners = await partners_of(db, workspace_id, asked)
    needs = [
        Needs(one.hangs_on, *_standings_of(each, before[row.id]))
        for row, one, each in zip(rows, gathered, partners, strict=True)
    ]
    found = [
        _Order(
            rows[n],
            known[n],
            None if _gone(rows[n]) else credit(evidence[n], partners[n]),
            needs[n],
            before[rows[n].id],
        )
        for n in first(needs)
    ]
    await _pay(db, workspace_id, found, by)
    left = [_left(order) for order in found]
    await settled.put_touches(db, workspace_id, left)
    await settled.put_waits(db, workspace_id, left)
    marked = await settled.mark(db, workspace_id, left)
    await events.emit(db, OrdersSettled(workspace_id, [row.id for row in marked]))
    return marked


def _gone(row: ConversionRow) -> str | None:
    """Why nobody can earn by an order."""
    return "merged" if row.merged_into is not None else "test" if row.test else None


def _reassigned(row: ConversionRow) -> Reassigned | None:
    return None if row.reassigned is None else msgspec.convert(row.reassigned, Reassigned)


async def _earners(
    db: Connection, workspace_id: UUID, rows: Sequence[ConversionRow]
) -> dict[UUID, set[UUID]]:
    """Who has earned by each order so far."""
    found: dict[UUID, set[UUID]] = {row.id: set() for row in rows}
    for each in await settled.earners(db, workspace_id, list(found)):
        found[each.conversion_id].add(each.partner_id)
    return found


def _may_earn(evidence: Sequence[Evidence]) -> list[set[UUID]]:
    """Whom each order may be credited to: also whom an earlier one of the same customer is."""
    found = []
    of_customers: dict[UUID | None, set[UUID]] = {}
    for each in evidence:
        named = set(each.partner_ids)
        if each.facts.customer_id is not None:
            named |= of_customers.get(each.facts.customer_id, set())
            of_customers[each.facts.customer_id] = named
        found.append(named)
    return found


def _standings_of(partners: Partners, before: set[UUID]) -> tuple[set[UUID], set[UUID]]:
    """Whose standings an order looks at, and whose it changes."""
    reads, changes = set(), set(before)
    for asked, agreed in partners.agreed.items():
        payee = partners.payees.get(asked)
        # What duplicates earned counts with the partner that they were merged into.
        several = {asked} if payee is None else {asked, payee.partner_id}
        changes |= several
        if needed(agreed.terms):
            reads |= several.union(() if payee is None else payee.merged)
    return reads, changes


async def _pay(db: Connection, workspace_id: UUID, found: Sequence[_Order], by: str) -> None:
    """Brings the ledger to what the orders earn; one after the other where tiers or caps ask for it."""
    live = [order for order in found if order.credited is not None]
    judged = [Judged(order.facts, order.partner_ids) for order in live]
    flagged = {
        order.row.id: each for order, each in zip(live, await flags(db, workspace_id, judged), strict=True)
    }
    # All turns at once: partners who lose an order are among them.
    turns = {each for order in found for each in (*order.before, *order.agreed, *_agencies(order))}
    if turns:
        await ledger.take_turn(db, workspace_id, sorted(turns))
    for places in rounds([order.needs for order in found]):
        several = [found[n] for n in places]
        wanted = await _targets(db, workspace_id, several, flagged)
        for gone in dict.fromkeys(_gone(order.row) for order in several):
            targets = {order.row.id: wanted[order.row.id] for order in several if _gone(order.row) == gone}
            await ledger.settle_many(db, workspace_id, targets, by, gone or ledger.REASSIGNED)


def _agencies(order: _Order) -> set[UUID]:
    return {ids.read("prt", each.partner_id) for one in order.agreed.values() for each in one.terms.overrides}


async def _targets(
    db: Connection, workspace_id: UUID, several: Sequence[_Order], flagged: Mapping[UUID, Sequence[Flag]]
) -> dict[UUID, list[Target]]:
    stand = await standings(db, workspace_id, [(order.facts, order.agreed) for order in several])
    wanted: dict[UUID, list[Target]] = {}
    for order, standing in zip(several, stand, strict=True):
        wanted[order.row.id] = []
        if order.credited is not None:
            wanted[order.row.id] = earning.targets(
                order.facts,
                earning.sold_of(*order.known),
                order.credited.decision,
                order.agreed,
                order.credited.payees,
                standing,
                await exchanges(db, workspace_id, order.facts, order.agreed),
                flagged[order.row.id],
            )
    return wanted


def _left(order: _Order) -> Left:
    """The touches with their parts, the decision, and what isn't known yet of what the order names."""
    if order.credited is None:
        return Left(order.row.id, None, None, order.row.told_new)
    decision = order.credited.decision
    touches = sorted(order.credited.touches, key=lambda touch: touch.at)
    # What is no evidence had no part in the order, and shall have none in the customer's later ones.
    kept = [touch for touch in touches if not touch.void]
    largest = max(decision.shares, key=lambda share: share.weight, default=None)
    return Left(
        order.row.id,
        None if largest is None else largest.partner_id,
        explaining.stored(decision),
        order.facts.is_new,
        [settled.touch_row(n, touch, _part(decision, touch), order.facts) for n, touch in enumerate(kept)],
        missing(order.facts, touches),
    )


def _part(decision: Decision, touch: Touch) -> Fraction:
    return sum((share.weight for share in decision.shares if share.touch is touch), Fraction(0))
