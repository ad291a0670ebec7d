"""From what happened to rewards: what is due is added, what no longer follows is taken back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from service.advocacy.earning import Due, Fact, Given, due, period_end, period_start
from service.advocacy.rewards import store
from service.advocacy.rewards.bringing import Owner
from service.advocacy.rewards.schemas import RewardRow
from service.advocacy.terms import store as terms_store
from service.advocacy.terms.shapes import AdvocacyTerms
from service.kit import ids
from service.kit.db import Connection

UNMOVED: Mapping[str, int] = MappingProxyType({})


class Source(NamedTuple):
    """Where a fact comes from."""

    program_id: UUID
    referral_id: UUID | None = None
    conversion_id: UUID | None = None
    deed_id: UUID | None = None
    refunded: int = 0
    total: int = 0


class Sides(NamedTuple):
    """Who is given something: the advocate, and the friend where there is one."""

    advocate: Owner
    friend: Owner | None = None

    def of(self, side: str) -> Owner | None:
        return self.advocate if side == "advocate" else self.friend


async def earned(
    db: Connection,
    workspace_id: UUID,
    facts: Sequence[tuple[Fact, Source]],
    sides: Sides,
    done: Sequence[RewardRow],
    moved: Mapping[str, int] = UNMOVED,
) -> list[RewardRow]:
    """The new rewards of these facts, by the terms of their times, as rows. `moved`: by how much what the
    program gave is about to change by those that are there, by unit. The caller holds the program
    (store.take_programs)."""
    zone = ZoneInfo(await terms_store.timezone(db, workspace_id))
    causes = {row.cause for row in done}
    found: list[RewardRow] = []
    for fact, source in facts:
        row = await terms_store.terms_at(db, workspace_id, source.program_id, fact.at)
        if row is None:
            continue
        given = await _given(
            db, workspace_id, source.program_id, row.terms, fact.at, sides, zone, found, moved
        )
        found += [
            _row(one, owner, source, row.version)
            for one in due(row.terms, [fact], given, zone, causes)
            if (owner := sides.of(one.side)) is not None
        ]
    return found


async def _given(
    db: Connection,
    workspace_id: UUID,
    program_id: UUID,
    terms: AdvocacyTerms,
    at: datetime,
    sides: Sides,
    zone: ZoneInfo,
    found: Sequence[RewardRow],
    moved: Mapping[str, int],
) -> Given:
    counts = {}
    for rule in terms.rewards:
        owner = sides.of(rule.side)
        if rule.limit is None or owner is None:
            continue
        since = period_start(rule.limit.per, at, zone)
        until = period_end(rule.limit.per, since, zone)
        counted = await store.counted(
            db, workspace_id, program_id, owner.advocate_id, rule.name, since, until
        )
        fresh = sum(
            row.rule == rule.name and since <= row.earned_at < until and not row.held for row in found
        )
        counts[rule.name, since] = counted + fresh
    spent: dict[str, int] = {}
    if terms.budgets:
        spent = {row.name: row.amount for row in await store.spent(db, workspace_id, program_id)}
        for unit, amount in moved.items():
            spent[unit] = spent.get(unit, 0) + amount
        for row in found:
            if row.currency is not None and row.held is None:
                spent[row.currency] = spent.get(row.currency, 0) + row.amount
    return Given(counts, spent)


def _row(one: Due, owner: Owner, source: Source, version: int) -> RewardRow:
    return RewardRow(
        id=ids.new(),
        program_id=source.program_id,
        advocate_id=owner.advocate_id,
        partner_id=owner.partner_id,
        referral_id=source.referral_id,
        conversion_id=source.conversion_id,
        deed_id=source.deed_id,
        cause=one.cause,
        rule=one.rule,
        trigger=one.trigger,
        side=one.side,
        kind=one.kind,
        amount=one.amount,
        currency=one.currency,
        rate=one.rate,
        pool_id=None if one.pool_id is None else ids.read("vpl", one.pool_id),
        terms_version=version,
        status="pending",
        reason=None,
        held=one.held,
        cleared=[],
        rejected=None,
        gone=None,
        refunded=source.refunded,
        total=source.total,
        redeemed=0,
        expired=0,
        rest=0,
        due_at=one.due_at,
        expires_at=one.expires_at,
        earned_at=one.earned_at,
        delivered_at=None,
        version=1,
        created_at=one.earned_at,
        updated_at=one.earned_at,
    )
