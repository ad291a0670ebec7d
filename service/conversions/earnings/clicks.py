"""What a partner's clicks earn, a link and a day a commission.

A day is paid by the terms that held when it began. Each run says anew what the days earn, and the ledger
posts the difference: clicks that come late, or that no longer count, change their day.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from uuid import UUID
from zoneinfo import ZoneInfo

from service.accounts.audit import SYSTEM
from service.conversions.earnings import store
from service.conversions.earnings.nothing import nothing
from service.conversions.earnings.schemas import ClicksRow, StaleRow
from service.kit import ids
from service.kit.db import Connection
from service.ledger import settling
from service.ledger.rates import Earned, Sold, Standing, earn
from service.ledger.targets import Target
from service.programs import periods
from service.programs.reading import Agreed, agreed_at, payees
from service.programs.terms import Per


async def settle_clicks(
    db: Connection, workspace_id: UUID, partner_id: UUID, since: date, until: date, zone: ZoneInfo
) -> int:
    """Brings what the clicks from `since` on, before `until`, earn to what they are now; how many days."""
    start, end = _midnight(since, zone), _midnight(until, zone)
    shown = ids.show("prt", partner_id)
    rows = await store.clicks_of(db, workspace_id, partner_id, start, end, zone.key)
    posted = await store.posted_clicks(db, workspace_id, partner_id, shown, start, end)
    days = sorted({row.day for row in rows})
    agreed = {day: await _agreed(db, workspace_id, partner_id, _midnight(day, zone)) for day in days}
    await settling.take_turn(db, workspace_id, _everybody(partner_id, [*agreed.values()], posted))
    run = _Run(db, workspace_id, partner_id, start, zone)
    targets = [target for row in rows for target in await run.targets(row, agreed[row.day])]
    await settling.settle_period(db, workspace_id, [*targets, *nothing(posted, targets)], SYSTEM)
    return len(days)


async def _agreed(db: Connection, workspace_id: UUID, partner_id: UUID, at: datetime) -> Agreed:
    return (await agreed_at(db, workspace_id, [partner_id], at))[partner_id]


def _everybody(partner_id: UUID, agreed: Sequence[Agreed], posted: Sequence[StaleRow]) -> list[UUID]:
    agencies = {ids.read("prt", override.partner_id) for each in agreed for override in each.terms.overrides}
    return sorted({partner_id, *agencies, *(row.partner_id for row in posted)})


class _Run:
    """A partner's days one after the other, so that caps know what the days before have used."""

    def __init__(
        self, db: Connection, workspace_id: UUID, partner_id: UUID, start: datetime, zone: ZoneInfo
    ) -> None:
        self.db, self.workspace_id, self.partner_id = db, workspace_id, partner_id
        self.start, self.zone = start, zone
        self._standings: dict[tuple[UUID | None, Per, datetime], Standing] = {}

    async def targets(self, row: ClicksRow, agreed: Agreed) -> list[Target]:
        """What the clicks of one link and day earn."""
        at = _midnight(row.day, self.zone)
        payee = (await payees(self.db, self.workspace_id, [self.partner_id], at))[self.partner_id]
        standings = {
            per: await self._standing(agreed.program_id, per, at) for per in periods.needed(agreed.terms)
        }
        sold = Sold("click", 0, agreed.terms.currency or "", at, quantity=row.clicks)
        found = earn(sold, Fraction(1), agreed, payee, standings)
        for one in found:
            for standing in standings.values():
                of_key = standing.earned.setdefault(one.key, {})
                of_key[one.amount.currency] = of_key.get(one.amount.currency, 0) + one.amount.amount
        due_at = _midnight(row.day + timedelta(days=1), self.zone) + timedelta(days=agreed.terms.hold.days)
        return [_target(one, row, agreed.program_id, at, due_at) for one in found]

    async def _standing(self, program_id: UUID | None, per: Per, at: datetime) -> Standing:
        """What this period had earned when the run's first day began; the run's days are added to it."""
        since, until = periods.span(per, at, self.zone)
        known = (program_id, per, since)
        if known not in self._standings:
            until = min(until, self.start)
            self._standings[known] = (
                Standing(earned={})
                if since >= until
                else await settling.standing(
                    self.db, self.workspace_id, self.partner_id, program_id, since, until, until, kind="click"
                )
            )
        return self._standings[known]


def _target(one: Earned, row: ClicksRow, program_id: UUID | None, at: datetime, due_at: datetime) -> Target:
    return Target(
        partner_id=one.partner_id,
        program_id=program_id,
        kind=one.kind,
        key=f"{one.key}:{row.day.isoformat()}:{ids.show('lnk', row.link_id)}",
        earned=one.amount,
        base=None,
        refunded=0,
        total=0,
        occurred_at=at,
        due_at=due_at,
        rule=one.rule | {"day": row.day.isoformat(), "clicks": row.clicks},
        link_id=row.link_id,
    )


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone).astimezone(periods.EVER.since.tzinfo)
