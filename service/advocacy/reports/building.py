"""All figures of a scope, from which any span is answered: built by a job, or at once where there is little.
Pure."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID
from zoneinfo import ZoneInfo

from msgspec import Struct

from graph.referrals.offspring import FEWEST_DELAYS
from service.advocacy.reports.columns import ADVOCATES, INFLUENCERS, Base, Marks, of_program
from service.advocacy.reports.comparing import Ranked, SideDays, ranked, referred, side
from service.advocacy.reports.costs import RewardDays, rewarded
from service.advocacy.reports.days import Days
from service.advocacy.reports.funnel import funnel
from service.advocacy.reports.growing import Grown, Network, Top, Unit, cohorts, network, people, top

# All programs together.
ALL: Final = UUID(int=0)
_EPOCH: Final = date(1970, 1, 1).toordinal()
STEPS: Final = 4
UNITS: Final[tuple[Unit, ...]] = ("month", "week")
# Of so few people, who brought nobody to speak of, there is nothing to fit.
FEW: Final = 100
Progress = Callable[[int, int], None]


class Snapshot(Struct, frozen=True):
    """A scope at a moment: `as_of`, and `today`, the local day that it was. growth by unit, of the moment
    `grown_at`; empty: not reckoned yet."""

    as_of: datetime
    today: int
    funnel: Days
    rewards: list[RewardDays]
    influencers: SideDays
    advocates: SideDays
    referred: SideDays
    growth: dict[str, Grown]
    grown_at: datetime | None
    network: Network
    top: list[Top]


class Shared(Struct, frozen=True):
    """What all scopes have in common."""

    ranks: Ranked
    influencers: SideDays


def local_day(at: datetime, zone: ZoneInfo) -> int:
    """Days since 1970 of a moment's local day."""
    return at.astimezone(zone).date().toordinal() - _EPOCH


def snapshots(
    base: Base,
    as_of: datetime,
    zone: ZoneInfo,
    scopes: Sequence[UUID],
    progress: Progress | None = None,
    *,
    grow: bool = True,
) -> Iterator[tuple[UUID, Snapshot]]:
    """Each scope's figures, one after the other. `progress`: (done, of all); `grow` False: without K, which
    takes some 70 ms a cohort, however few people there are."""
    found = ranked(base.orders)
    costs = [(row.currency, row.day, row.amount) for row in base.costs if row.program_id is None]
    shared = Shared(found, side(base.orders, base.orders.sides == INFLUENCERS, found, costs))
    steps = _Steps(steps_of(base, scopes), progress)
    whole = None
    for scope in scopes:
        if whole is None or len(base.programs) > 1:
            whole = _snapshot(base, shared, scope, as_of, local_day(as_of, zone), steps, grow)
        # One program is all programs.
        yield scope, whole


def steps_of(base: Base, scopes: Sequence[UUID]) -> int:
    """How many steps `progress` will be told of."""
    return STEPS * (len(scopes) if len(base.programs) > 1 else 1)


class _Steps:
    def __init__(self, total: int, progress: Progress | None) -> None:
        self.at, self.total, self.progress = 0, total, progress

    def done(self) -> None:
        self.at += 1
        if self.progress:
            self.progress(self.at, self.total)


def _snapshot(
    base: Base, shared: Shared, scope: UUID, as_of: datetime, today: int, steps: _Steps, grow: bool
) -> Snapshot:
    # numpy's fixed bytes end where zeros begin.
    program = None if scope == ALL else scope.bytes.rstrip(b"\0")
    members, referrals = of_program(base.members, program), of_program(base.referrals, program)
    mine = _advocates(base, program)
    spent = [row for row in base.costs if row.program_id is not None and scope in (ALL, row.program_id)]
    visitors = [row for row in base.visitors if scope in (ALL, row.program_id)]
    days = funnel(members, referrals, base.orders, visitors)
    advocates = side(base.orders, mine, shared.ranks, [(row.currency, row.day, row.amount) for row in spent])
    friends = side(base.orders, referred(base.orders, referrals), shared.ranks)
    steps.done()
    them = people(members, referrals)
    grown: dict[str, Grown] = {}
    if grow or (referrals.acquired.sum() < FEWEST_DELAYS and len(them.ids) <= FEW):
        for unit in UNITS:
            grown[unit] = cohorts(them, unit, as_of)
            steps.done()
    through = network(base.orders, members, referrals, base.buyers)
    steps.done()
    return Snapshot(
        as_of,
        today,
        days,
        rewarded(row for row in base.rewards if scope in (ALL, row.program_id)),
        shared.influencers,
        advocates,
        friends,
        grown,
        as_of if grown else None,
        through,
        top(them, members),
    )


def _advocates(base: Base, program: bytes | None) -> Marks:
    mine: Marks = base.orders.sides == ADVOCATES
    return mine if program is None else mine & (base.orders.programs == program)
