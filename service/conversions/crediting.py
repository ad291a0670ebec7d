"""Whom an order is credited to: its touches, judged by the terms that held when it was placed."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from fractions import Fraction
from typing import NamedTuple
from uuid import UUID

from msgspec import structs

from service.conversions.attribution.deciding import decide
from service.conversions.attribution.touches import Decision, Share, Touch
from service.conversions.facts import Facts
from service.conversions.reassigning import Reassigned
from service.kit.db import Connection
from service.programs.reading import Agreed, Payee, agreed_then, payees_then


class Credited(NamedTuple):
    """The decision with what it rests on; `agreed` and `payees` by partner."""

    decision: Decision
    touches: list[Touch]
    agreed: dict[UUID, Agreed]
    payees: dict[UUID, Payee]


class Evidence(NamedTuple):
    """What speaks for partners: touches, and a person's word."""

    facts: Facts
    touches: list[Touch]
    reassigned: Reassigned | None

    @property
    def partner_ids(self) -> list[UUID]:
        """Everybody whom it names."""
        named = {touch.partner_id for touch in self.touches if touch.partner_id is not None}
        by_hand = [] if self.reassigned is None else [share.partner_id for share in self.reassigned.shares]
        return sorted(named.union(by_hand))


class Partners(NamedTuple):
    """What was agreed with partners when an order was placed, and who stands for whom; by the id that was
    asked for."""

    agreed: dict[UUID, Agreed]
    payees: dict[UUID, Payee]


async def partners_of(
    db: Connection, workspace_id: UUID, orders: Sequence[tuple[datetime, Iterable[UUID]]]
) -> list[Partners]:
    """Of each order these partners."""
    moments = [[(each, at) for each in sorted(partner_ids)] for at, partner_ids in orders]
    asked = list(dict.fromkeys(moment for each in moments for moment in each))
    agreed = await agreed_then(db, workspace_id, asked)
    who = await payees_then(db, workspace_id, asked)
    return [
        Partners(
            {moment[0]: agreed[moment] for moment in each if moment in agreed},
            {moment[0]: who[moment] for moment in each if moment in who},
        )
        for each in moments
    ]


def credit(one: Evidence, partners: Partners) -> Credited:
    """Whom the order is credited to, by evidence or by a person's word. Pure."""
    agreed, who = partners
    touches = [_standing(touch, agreed, who) for touch in one.touches]
    asked = [each for each in one.partner_ids if each in who]
    known = {who[each].partner_id: agreed[each] for each in asked if each in agreed}
    standing = {who[each].partner_id: who[each] for each in asked}
    if one.reassigned is not None:
        decision = _by_hand(one.reassigned, one.facts.occurred_at, agreed, who)
        return Credited(decision, [*touches, *(share.touch for share in decision.shares)], known, standing)
    terms = {each.program_id: each.terms.attribution for each in known.values()}
    versions = {each.program_id: each.version for each in known.values()}
    return Credited(decide(touches, one.facts.occurred_at, terms, versions), touches, known, standing)


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
