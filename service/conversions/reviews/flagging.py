"""What is looked at of one conversion; called while it is settled."""

from collections.abc import Sequence
from uuid import UUID

from service.conversions.facts import Facts, Flag
from service.conversions.reviews.judging import Known, judge
from service.conversions.reviews.rules import ReviewRules
from service.kit.db import Connection


async def flags(db: Connection, workspace_id: UUID, facts: Facts, partner_ids: Sequence[UUID]) -> list[Flag]:
    """The reasons to hold what these partners earn by a conversion; none where a person has let them pass.

    The caller holds the conversion's row and gives each partner who is credited.
    """
    rules, known = ReviewRules(), Known()
    return [flag for partner_id in partner_ids for flag in judge(facts, partner_id, rules, known)]
