"""What is looked at of one conversion; called while it is settled."""

from collections.abc import Sequence
from hashlib import blake2b
from uuid import UUID

from service.conversions.facts import Facts, Flag
from service.conversions.reviews import store
from service.conversions.reviews.gathering import gather
from service.conversions.reviews.judging import judge
from service.conversions.reviews.rules import ReviewRules
from service.conversions.reviews.schemas import ContextRow
from service.kit.db import Connection
from service.links.coupons.codes import folded


async def flags(db: Connection, workspace_id: UUID, facts: Facts, partner_ids: Sequence[UUID]) -> list[Flag]:
    """The reasons to hold what these partners earn by a conversion; none where a person has let them pass.

    The caller holds the conversion's row and gives each partner who is credited. The flags are kept as they
    are now: what is no longer so ends.
    """
    context = await _context(db, workspace_id, facts, partner_ids)
    found = await _found(db, workspace_id, facts, partner_ids, context, context.rules or ReviewRules())
    if not found and not context.flagged:
        return []
    return await _kept(db, workspace_id, facts.id, found)


async def look_at(
    db: Connection,
    workspace_id: UUID,
    facts: Facts,
    partner_ids: Sequence[UUID],
    rules: ReviewRules | None = None,
) -> list[Flag]:
    """The same under these rules (None: those in force), without keeping it."""
    context = await _context(db, workspace_id, facts, partner_ids)
    wanted = rules or context.rules or ReviewRules()
    by_id = _by_id(workspace_id, await _found(db, workspace_id, facts, partner_ids, context, wanted))
    passed = set(await store.released(db, workspace_id, list(by_id)))
    return [flag for id_, flag in by_id.items() if id_ not in passed]


async def _context(
    db: Connection, workspace_id: UUID, facts: Facts, partner_ids: Sequence[UUID]
) -> ContextRow:
    coupons = [code for text in facts.coupons if (code := folded(text))]
    return await store.context(db, workspace_id, facts.id, partner_ids, facts.occurred_at, coupons)


async def _found(
    db: Connection,
    workspace_id: UUID,
    facts: Facts,
    partner_ids: Sequence[UUID],
    context: ContextRow,
    rules: ReviewRules,
) -> list[Flag]:
    if not partner_ids:
        return []
    known = await gather(db, workspace_id, facts, rules, context)
    return [flag for partner_id in partner_ids for flag in judge(facts, partner_id, rules, known)]


def _by_id(workspace_id: UUID, found: Sequence[Flag]) -> dict[UUID, Flag]:
    return {hold_id(workspace_id, flag.group): flag for flag in found}


async def _kept(db: Connection, workspace_id: UUID, conversion_id: UUID, found: Sequence[Flag]) -> list[Flag]:
    """The flags that hold, written down; those of released groups pass."""
    by_id = _by_id(workspace_id, found)
    passed = set(await store.released(db, workspace_id, list(by_id))) if by_id else set()
    standing = {id_: flag for id_, flag in by_id.items() if id_ not in passed}
    await store.end_flags(db, workspace_id, conversion_id, list(by_id))
    if standing:
        kept = list(standing.values())
        await store.put_flags(
            db,
            workspace_id,
            conversion_id,
            list(standing),
            [flag.partner_id for flag in kept],
            [flag.code for flag in kept],
            [flag.group for flag in kept],
            [flag.evidence for flag in kept],
        )
    return list(standing.values())


def hold_id(workspace_id: UUID, group: str) -> UUID:
    """The id of the hold that a group is: made of its name, so that nobody has to make it first."""
    return UUID(bytes=blake2b(workspace_id.bytes + group.encode(), digest_size=16).digest())
