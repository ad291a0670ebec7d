"""/v1/rewards/obligations: what was promised, and what became of it."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from service.advocacy.terms.shapes import RewardKind

Standing = Literal["waiting", "ready", "overdue", "delivered", "expired", "withdrawn"]


class StandingRow(Struct):
    """So many rewards of a kind that stand somewhere. `worth`: of each, where they are open; `amount`: of all
    of them together. Null: nobody knows."""

    kind: RewardKind
    currency: str | None
    standing: Standing
    worth: int | None
    amount: int | None
    n: int


class AlikeRow(Struct):
    """Rewards that are alike (StandingRow). in_span: earned in the period that was asked for; was_due: due
    within the last year, whenever they were earned."""

    kind: RewardKind
    currency: str | None
    standing: Standing
    worth: int | None
    in_span: bool
    was_due: bool
    n: int
    amount: int | None


class PastRow(Struct):
    """What became of a kind's rewards that were due within the last year."""

    kind: RewardKind
    delivered: int
    lost: int


class Part(Struct):
    """Rewards, and what they are worth together in the line's unit; null where it isn't known of each."""

    count: int
    amount: int | None


class Chance(Struct):
    """The chance that a promise of this kind is delivered, with its 95% interval, by what became of those
    that were due within the last year: so many `delivered`, so many `lost`."""

    value: float
    low: float
    high: float
    delivered: int
    lost: int


class ExpectedCost(Struct):
    """In minor units, or points, with a 95% interval."""

    amount: int
    low: int
    high: int


class Obligation(Struct):
    """One kind of reward in one unit. `promised` = waiting + ready + overdue + delivered + expired +
    withdrawn.

    `waiting`: not due yet. `ready`: due, and the advocate has to fetch it. `overdue`: due, and not delivered.
    `delivered`: handed over, or in the advocate's balance. `expired`: lapsed unused. `withdrawn`: taken back,
    or rejected. `expected_cost`: of what is waiting, ready or overdue; null where nobody knows what one is
    worth (`unpriced` of them).
    """

    kind: RewardKind
    currency: str | None
    promised: Part
    waiting: Part
    ready: Part
    overdue: Part
    delivered: Part
    expired: Part
    withdrawn: Part
    unpriced: int
    chance: Chance
    expected_cost: ExpectedCost | None


class ExpectedTotal(Struct):
    """What all open promises in one unit will cost. `unpriced` promises are not in it."""

    currency: str
    amount: int
    low: int
    high: int


class PointsCost(Struct):
    """What open points will cost in money: no cost of its own, but `expected_cost` of points in another unit.
    `basis` worth: by what the terms that hold now say that a point is worth. `points`: how many are open."""

    basis: Literal["worth"]
    currency: str
    points: int
    amount: int
    low: int
    high: int


class OpenPointsRow(Struct):
    """So many open promises of `amount` points each."""

    program_id: UUID
    amount: int
    n: int


class Obligations(Struct):
    """Promises of the rewards that were earned in the period; points are never summed with money.

    `points_cost`: open points in money, where the terms say what they are worth, beside the sums of money and
    in none of them; `points_without_worth`: open ones of which nothing says so.
    """

    as_of: datetime
    data: list[Obligation]
    expected_cost: list[ExpectedTotal]
    unpriced: int
    points_cost: list[PointsCost] = []
    points_without_worth: int = 0


class Question(Struct, frozen=True):
    """What is asked for: rewards earned from `since` on and before `until`."""

    program_id: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None
