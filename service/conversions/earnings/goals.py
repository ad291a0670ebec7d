"""Bonuses: paid once per partner and period when a goal is reached, taken back when refunds undo it."""

from collections.abc import AsyncIterator, Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from service.accounts.audit import SYSTEM
from service.conversions.earnings import store
from service.conversions.earnings.nothing import nothing
from service.conversions.earnings.schemas import StaleRow
from service.kit.db import Connection
from service.ledger import settling
from service.ledger.rates import Earned
from service.ledger.rules.goals import Period, bonuses
from service.ledger.targets import Target
from service.programs import periods
from service.programs.periods import Span
from service.programs.reading import Agreed, Payee, agreed_at, payees
from service.programs.terms import Per

ALL: tuple[Per, ...] = ("month", "quarter", "year", "all")


class _Looked(NamedTuple):
    """The periods that a time lies in, and what they pay."""

    spans: dict[str, Span]
    agreed: Agreed
    earned: list[Earned]


async def settle_goals(
    db: Connection, workspace_id: UUID, partner_id: UUID, at: datetime, now: datetime, zone: ZoneInfo
) -> int:
    """Brings the bonuses of the periods that `at` lies in to what they are now; how many are reached."""
    # Duplicates reach a goal together, also with what they sold before they were merged.
    payee = (await payees(db, workspace_id, [partner_id]))[partner_id]
    records = sorted({payee.partner_id, *payee.merged})
    await settling.take_turn(db, workspace_id, records)
    posted = await store.posted_bonuses(db, workspace_id, records)
    looked = [each async for each in _looked(db, workspace_id, payee, at, now, zone)]
    names = {name for each in looked for name in each.spans}
    in_them = [row for row in posted if row.key.partition(":")[2] in names]
    targets = [target for each in looked for target in _targets(each, in_them, now)]
    await settling.settle_period(db, workspace_id, [*targets, *nothing(in_them, targets)], SYSTEM)
    return len(targets)


async def _looked(
    db: Connection, workspace_id: UUID, payee: Payee, at: datetime, now: datetime, zone: ZoneInfo
) -> AsyncIterator[_Looked]:
    """By kind of period: what the terms of its end (or of now) pay."""
    partner_id = payee.partner_id
    for per in ALL:
        span = periods.span(per, at, zone)
        end = min(now, span.until - timedelta(microseconds=1))
        agreed = (await agreed_at(db, workspace_id, [partner_id], end))[partner_id]
        wanted = any(bonus.per == per for bonus in agreed.terms.bonuses)
        name = periods.shown(per, at, zone)
        found: list[Earned] = []
        if wanted:
            standing = await settling.standing(
                db, workspace_id, partner_id, agreed.program_id, span.since, span.until, span.until
            )
            found = list(bonuses(agreed, payee, {per: Period(name, standing)}))
        yield _Looked({name: span}, agreed, found)


def _targets(looked: _Looked, posted: Sequence[StaleRow], now: datetime) -> Iterator[Target]:
    before = {(row.partner_id, row.key): row for row in posted}
    for one in looked.earned:
        row = before.get((one.partner_id, one.key))
        # Who is paused keeps what was reached before.
        if looked.agreed.stopped is not None and row is None:
            continue
        span = looked.spans[one.key.partition(":")[2]]
        occurred_at = min(now, span.until - timedelta(microseconds=1)) if row is None else row.occurred_at
        ends = occurred_at if span == periods.EVER else span.until
        yield Target(
            partner_id=one.partner_id,
            program_id=looked.agreed.program_id,
            kind=one.kind,
            key=one.key,
            earned=one.amount,
            base=None,
            refunded=0,
            total=0,
            occurred_at=occurred_at,
            due_at=ends + timedelta(days=looked.agreed.terms.hold.days),
            rule=one.rule,
        )
