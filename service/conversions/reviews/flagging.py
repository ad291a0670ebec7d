"""What is looked at of conversions; called while they are settled."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import Any, NamedTuple
from uuid import UUID

from msgspec import structs

from service.conversions.facts import Facts, Flag
from service.conversions.reviews import store
from service.conversions.reviews.gathering import gather
from service.conversions.reviews.judging import judge
from service.conversions.reviews.rules import ReviewRules
from service.conversions.reviews.schemas import ContextRow
from service.kit.db import Connection
from service.links.coupons.codes import folded


class Order(NamedTuple):
    """A conversion that is looked at, with each partner who is credited."""

    facts: Facts
    partner_ids: Sequence[UUID]


async def flags(db: Connection, workspace_id: UUID, orders: Sequence[Order]) -> list[list[Flag]]:
    """The reasons to hold what partners earn by each conversion; none where a person has let them pass.

    The caller holds the conversions' rows; no two of them are of one device. The flags are kept as they are
    now: what is no longer so ends.
    """
    contexts = await _contexts(db, workspace_id, orders)
    found = await _found(db, workspace_id, orders, contexts)
    held = [
        (order.facts.id, flagged)
        for order, flagged, context in zip(orders, found, contexts, strict=True)
        if flagged or context.flagged
    ]
    kept = await _kept(db, workspace_id, held) if held else {}
    return [kept.get(order.facts.id, []) for order in orders]


async def look_at(
    db: Connection,
    workspace_id: UUID,
    facts: Facts,
    partner_ids: Sequence[UUID],
    rules: ReviewRules | None = None,
) -> list[Flag]:
    """The same of one conversion under these rules (None: those in force), without keeping it."""
    order = Order(facts, partner_ids)
    (context,) = await _contexts(db, workspace_id, [order])
    context = context if rules is None else structs.replace(context, rules=rules)
    (found,) = await _found(db, workspace_id, [order], [context])
    by_id = _by_id(workspace_id, found)
    passed = set(await store.released(db, workspace_id, list(by_id)))
    return [flag for id_, flag in by_id.items() if id_ not in passed]


async def _contexts(db: Connection, workspace_id: UUID, orders: Sequence[Order]) -> list[ContextRow]:
    asked = [
        {
            "n": n,
            "conversion_id": facts.id,
            "partner_ids": partner_ids,
            "at": facts.occurred_at,
            "coupons": [code for text in facts.coupons if (code := folded(text))],
        }
        for n, (facts, partner_ids) in enumerate(orders)
    ]
    return await store.contexts(db, workspace_id, asked)


async def _found(
    db: Connection, workspace_id: UUID, orders: Sequence[Order], contexts: Sequence[ContextRow]
) -> list[list[Flag]]:
    # The rules come with the first.
    rules = contexts[0].rules or ReviewRules() if contexts else ReviewRules()
    judged = [(n, order.facts, contexts[n]) for n, order in enumerate(orders) if order.partner_ids]
    found: list[list[Flag]] = [[] for _ in orders]
    if judged:
        asked = [(facts, context) for _, facts, context in judged]
        known = await gather(db, workspace_id, asked, rules)
        for (n, facts, _), each in zip(judged, known, strict=True):
            found[n] = [flag for who in orders[n].partner_ids for flag in judge(facts, who, rules, each)]
    return found


def _by_id(workspace_id: UUID, found: Sequence[Flag]) -> dict[UUID, Flag]:
    return {hold_id(workspace_id, flag.group): flag for flag in found}


async def _kept(
    db: Connection, workspace_id: UUID, found: Sequence[tuple[UUID, Sequence[Flag]]]
) -> dict[UUID, list[Flag]]:
    """The flags that hold, written down; those of released groups pass."""
    by_id = {conversion_id: _by_id(workspace_id, flagged) for conversion_id, flagged in found}
    asked = sorted({hold for each in by_id.values() for hold in each})
    passed = set(await store.released(db, workspace_id, asked)) if asked else set()
    ends = [{"id": conversion_id, "kept": list(each)} for conversion_id, each in by_id.items()]
    await store.end_flags(db, workspace_id, ends)
    rows = [
        (conversion_id, hold, flag)
        for conversion_id, each in by_id.items()
        for hold, flag in each.items()
        if hold not in passed
    ]
    if rows:
        await store.put_flags(db, workspace_id, [_row(*row) for row in rows])
    kept: dict[UUID, list[Flag]] = {}
    for conversion_id, _, flag in rows:
        kept.setdefault(conversion_id, []).append(flag)
    return kept


def _row(conversion_id: UUID, hold: UUID, flag: Flag) -> dict[str, Any]:
    return {
        "conversion_id": conversion_id,
        "hold_id": hold,
        "partner_id": flag.partner_id,
        "code": flag.code,
        "group": flag.group,
        "evidence": flag.evidence,
    }


def hold_id(workspace_id: UUID, group: str) -> UUID:
    """The id of the hold that a group is: made of its name, so that nobody has to make it first."""
    return UUID(bytes=blake2b(workspace_id.bytes + group.encode(), digest_size=16).digest())
