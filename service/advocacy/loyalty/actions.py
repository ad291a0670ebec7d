"""Asking the database for all that loyalty is reckoned from."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final, Protocol, TypeVar
from uuid import UUID

from msgspec import structs

from service.accounts.callers import Caller
from service.advocacy.loyalty import reckoning, store
from service.advocacy.loyalty.asking import Asked
from service.advocacy.loyalty.reckoning import NO_BACK, NO_COUNTS, NO_SCORES, NO_VOICES, Told
from service.advocacy.loyalty.schemas import Customers, Followed, Loyalty, LoyaltyPeriod, Sums
from service.kit.db import Connection, plan_for_values
from service.kit.problems import Forbidden

NEEDED: Final = ("conversions:read", "mentions:read", "brands:read")
# Older snapshots say nothing of where a period began.
SLACK: Final = timedelta(days=14)
# Of a longer span all customers' first orders are looked for at once.
LONG: Final = timedelta(days=120)


class Monthly(Protocol):
    """A row of a month, or of the whole span."""

    @property
    def month(self) -> date | None: ...


Row = TypeVar("Row", bound=Monthly)


async def loyalty(
    db: Connection, caller: Caller, asked: Asked, tz: str, customers: Customers, *, by_month: bool
) -> Loyalty:
    """All figures. Raises Forbidden where the caller may not read what they are made of."""
    for scope in NEEDED:
        if scope not in caller.scopes:
            raise Forbidden(f"this needs the scope {scope}, too", scope=scope)
    found = await _Found.read(db, caller.workspace_id, asked, tz, customers)
    return Loyalty(
        from_=asked.first,
        to=asked.last,
        tz=tz,
        customers=customers,
        revenue_basis="gross_incl_tax",
        total=found.total(customers),
        months=found.months(customers) if by_month else [],
    )


class _Found:
    """Everything that was counted, by month."""

    def __init__(self, asked: Asked, rows: dict[str, Any]) -> None:
        self.asked, self.rows = asked, rows

    @classmethod
    async def read(
        cls, db: Connection, workspace_id: UUID, asked: Asked, tz: str, customers: Customers
    ) -> "_Found":
        within, months = (asked.since, asked.until, tz), asked.months()
        spans = [(asked.since, asked.until), *(asked.within(month) for month in months)]
        starts, ends = [start for start, _ in spans], [end for _, end in spans]
        before = (asked.before, asked.since, tz)
        month_before = (asked.month_before, asked.within(months[0])[0], tz)
        long = asked.until - asked.since > LONG
        await plan_for_values(db)
        rows = {
            "counts": await store.counts(db, workspace_id, *within, customers, long),
            "sums": await store.sums(db, workspace_id, *within, customers, long),
            "back": await store.took_back(db, workspace_id, *within),
            "voices": await store.voices(db, workspace_id, *within),
            "scores": await store.scored(db, workspace_id, *within),
            "followed": await _followed(db, workspace_id, starts, ends),
            "before": await store.sums(db, workspace_id, *before, customers, long),
            "month_before": await store.sums(db, workspace_id, *month_before, customers, False),
        }
        return cls(asked, rows)

    def total(self, customers: Customers) -> LoyaltyPeriod:
        """The whole span, against as many days before."""
        return self._period(None, 0, _of(self.rows["before"], None), customers)

    def months(self, customers: Customers) -> list[LoyaltyPeriod]:
        """Each month, against the one before."""
        made, months = [], self.asked.months()
        previous = [row for row in self.rows["month_before"] if row.month is not None]
        previous = [row for row in previous if row.month < months[0]]
        for at, month in enumerate(months):
            made.append(self._period(month, at + 1, previous, customers))
            previous = _of(self.rows["sums"], month)
        return made

    def _period(
        self, month: date | None, at: int, previous: Sequence[Sums], customers: Customers
    ) -> LoyaltyPeriod:
        told = Told(
            counts=structs.replace(_one(self.rows["counts"], month, NO_COUNTS), month=month),
            sums=_of(self.rows["sums"], month),
            back=_one(self.rows["back"], month, NO_BACK),
            voices=_one(self.rows["voices"], month, NO_VOICES),
            scores=_one(self.rows["scores"], month, NO_SCORES),
            followed=self.rows["followed"][at],
            previous=reckoning.averages(previous),
        )
        return reckoning.period(told, customers)


async def _followed(
    db: Connection, workspace_id: UUID, starts: Sequence[datetime], ends: Sequence[datetime]
) -> list[list[Followed]]:
    """The own accounts of each span; the first span is apart, as a month may begin with it."""
    whole = await store.followed(db, workspace_id, starts[:1], ends[:1], SLACK)
    rows = await store.followed(db, workspace_id, starts[1:], ends[1:], SLACK)
    return [whole, *([row for row in rows if row.starts_at == start] for start in starts[1:])]


def _of(rows: Sequence[Row], month: date | None) -> list[Row]:
    return [row for row in rows if row.month == month]


def _one(rows: Sequence[Row], month: date | None, otherwise: Row) -> Row:
    return next(iter(_of(rows, month)), otherwise)
