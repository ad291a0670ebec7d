"""What an order brings about: whom it is credited to, and what the ledger owes for it."""

from fractions import Fraction
from uuid import UUID

import msgspec

from service.conversions import earning, explaining
from service.conversions import store as orders
from service.conversions.attribution.touches import Decision, Touch
from service.conversions.crediting import Credited, credit
from service.conversions.facts import Facts
from service.conversions.knowing import facts_of
from service.conversions.reassigning import Reassigned
from service.conversions.reviews import flags
from service.conversions.rows import ConversionRow
from service.conversions.settled import store as settled
from service.conversions.standings import exchanges, standings
from service.conversions.waiting import wait_for
from service.kit.db import Connection
from service.ledger import settling as ledger
from service.ledger.rates import Sold
from service.ledger.targets import Target

BY = "system"


async def settle(db: Connection, workspace_id: UUID, conversion_id: UUID, by: str = BY) -> ConversionRow:
    """Brings what partners earn by an order to what its facts say now. Repeated, it changes nothing.

    Takes the lock of the conversion's row, then the turns of the partners in the ledger.
    """
    row = await orders.lock(db, workspace_id, conversion_id)
    if row.merged_into is not None or row.test:
        gone = "merged" if row.merged_into is not None else "test"
        await ledger.settle(db, workspace_id, conversion_id, [], by, gone)
        await settled.drop_touches(db, workspace_id, conversion_id, 0)
        return await settled.mark(db, workspace_id, conversion_id, None, None, row.told_new)
    facts, first_at = await facts_of(db, workspace_id, row)
    reassigned = None if row.reassigned is None else msgspec.convert(row.reassigned, Reassigned)
    credited = await credit(db, workspace_id, facts, reassigned)
    wanted = await _targets(db, workspace_id, facts, earning.sold_of(facts, first_at), credited)
    await ledger.settle(db, workspace_id, conversion_id, wanted, by)
    await _note(db, workspace_id, facts, credited)
    decision = credited.decision
    first = max(decision.shares, key=lambda share: share.weight, default=None)
    return await settled.mark(
        db,
        workspace_id,
        conversion_id,
        None if first is None else first.partner_id,
        explaining.stored(decision),
        facts.is_new,
    )


async def _targets(
    db: Connection, workspace_id: UUID, facts: Facts, sold: Sold, credited: Credited
) -> list[Target]:
    partner_ids = [share.partner_id for share in credited.decision.shares]
    if not partner_ids:
        await flags(db, workspace_id, facts, [])
        return []
    agreed = {each: credited.agreed[each] for each in partner_ids if each in credited.agreed}
    return earning.targets(
        facts,
        sold,
        credited.decision,
        agreed,
        credited.payees,
        await standings(db, workspace_id, facts, agreed),
        await exchanges(db, workspace_id, facts, agreed),
        await flags(db, workspace_id, facts, partner_ids),
    )


async def _note(db: Connection, workspace_id: UUID, facts: Facts, credited: Credited) -> None:
    """Keeps the touches with their parts, and what isn't known yet of those that the order names."""
    touches = sorted(credited.touches, key=lambda touch: touch.at)
    # What is no evidence had no part in the order, and shall have none in the customer's later ones.
    kept = [touch for touch in touches if not touch.void]
    parts = [_part(credited.decision, touch) for touch in kept]
    await settled.put_touches(db, workspace_id, facts, kept, parts)
    await wait_for(db, workspace_id, facts, touches)


def _part(decision: Decision, touch: Touch) -> Fraction:
    return sum((share.weight for share in decision.shares if share.touch is touch), Fraction(0))
