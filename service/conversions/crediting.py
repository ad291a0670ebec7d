"""Whom an order is credited to: its touches, judged by the terms that held when it was placed."""

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from typing import NamedTuple
from uuid import UUID

from msgspec import structs

from service.conversions.attribution.deciding import decide
from service.conversions.attribution.gathering import gather
from service.conversions.attribution.touches import Decision, Share, Touch
from service.conversions.facts import Facts
from service.conversions.reassigning import Reassigned
from service.kit.db import Connection
from service.programs.reading import Agreed, Payee, agreed_at, payees


class Credited(NamedTuple):
    """The decision with what it rests on; `agreed` and `payees` by partner."""

    decision: Decision
    touches: list[Touch]
    agreed: dict[UUID, Agreed]
    payees: dict[UUID, Payee]


async def credit(db: Connection, workspace_id: UUID, facts: Facts, reassigned: Reassigned | None) -> Credited:
    """Whom the order is credited to, by evidence or by a person's word."""
    touches = await gather(db, workspace_id, facts)
    named = {touch.partner_id for touch in touches if touch.partner_id is not None}
    by_hand = [] if reassigned is None else [share.partner_id for share in reassigned.shares]
    asked = sorted(named.union(by_hand))
    agreed = await agreed_at(db, workspace_id, asked, facts.occurred_at)
    who = await payees(db, workspace_id, asked, facts.occurred_at)
    touches = [_standing(touch, agreed, who) for touch in touches]
    known = {who[each].partner_id: agreed[each] for each in asked if each in who and each in agreed}
    standing = {who[each].partner_id: who[each] for each in asked if each in who}
    if reassigned is not None:
        decision = _by_hand(reassigned, facts.occurred_at, agreed, who)
        return Credited(decision, [*touches, *(share.touch for share in decision.shares)], known, standing)
    terms = {each.program_id: each.terms.attribution for each in known.values()}
    versions = {each.program_id: each.version for each in known.values()}
    return Credited(decide(touches, facts.occurred_at, terms, versions), touches, known, standing)


def _standing(touch: Touch, agreed: dict[UUID, Agreed], who: dict[UUID, Payee]) -> Touch:
    """The touch with the partner who stands for merged ones, in the program of the time of the order."""
    partner_id = touch.partner_id
    if partner_id is None or partner_id not in who:
        return touch
    program_id = agreed[partner_id].program_id if partner_id in agreed else None
    return structs.replace(touch, partner_id=who[partner_id].partner_id, program_id=program_id)


def _by_hand(
    reassigned: Reassigned, at: datetime, agreed: dict[UUID, Agreed], who: dict[UUID, Payee]
) -> Decision:
    shares: list[Share] = []
    for part in reassigned.shares:
        payee = who.get(part.partner_id)
        if payee is None:
            continue
        program_id = agreed[part.partner_id].program_id if part.partner_id in agreed else None
        touch = Touch("manual", at, payee.partner_id, program_id, name=reassigned.reason, named=True)
        shares.append(Share(payee.partner_id, program_id, Fraction(part.weight), touch))
    return Decision(tuple(_joined(shares)), (("manual", {"name": reassigned.reason, "by": reassigned.by}),))


def _joined(shares: Sequence[Share]) -> list[Share]:
    """A share each, where partners have been merged since."""
    found: dict[UUID, Share] = {}
    for share in shares:
        before = found.get(share.partner_id)
        weight = share.weight + (before.weight if before else 0)
        found[share.partner_id] = structs.replace(share, weight=weight)
    return list(found.values())
