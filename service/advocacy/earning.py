"""What is given for what happened, by a program's terms. Pure."""

from collections import Counter
from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta
from decimal import ROUND_HALF_EVEN, Decimal
from typing import NamedTuple
from zoneinfo import ZoneInfo

from service.advocacy.terms.shapes import (
    POINTS,
    AdvocacyTerms,
    LimitPer,
    RewardKind,
    RewardRule,
    Side,
    Trigger,
)
from service.kit.money import Price

LIMIT, BUDGET = "limit", "budget"


class Fact(NamedTuple):
    """Something that happened. `cause` names it (ref_..., cnv_..., dee_...): a rule gives once for one cause.

    `net`: the order's. `n`: the how manyeth purchase of the friend. `tier`: the advocate's.
    """

    trigger: Trigger
    cause: str
    at: datetime
    tier: str | None = None
    net: Price | None = None
    n: int | None = None


class Due(NamedTuple):
    """What one side is given. `amount` in `currency` ('points' or money); a thing has neither, but `rate` or
    `pool_id`. `held`: why somebody has to look first."""

    rule: str
    trigger: Trigger
    side: Side
    kind: RewardKind
    cause: str
    amount: int
    currency: str | None
    rate: Decimal | None
    pool_id: str | None
    earned_at: datetime
    due_at: datetime
    expires_at: datetime | None
    held: str | None


class Given(NamedTuple):
    """What was given already. `counts`: by rule and start of its limit's period, for this advocate;
    `spent`: of the program, by currency."""

    counts: dict[tuple[str, datetime], int]
    spent: dict[str, int]


NOTHING = Given({}, {})
_SURELY_NEXT = {
    "day": timedelta(hours=30),
    "week": timedelta(days=8),
    "month": timedelta(days=32),
    "year": timedelta(days=370),
}


def due(
    terms: AdvocacyTerms,
    facts: Iterable[Fact],
    given: Given,
    zone: ZoneInfo,
    done: Collection[str] = (),
) -> list[Due]:
    """What is due for facts, in their order, but for the causes that are `done`. What a limit or a budget
    leaves out is due and held."""
    counts, spent = Counter(given.counts), Counter(given.spent)
    budgets = {budget.currency: budget.amount for budget in terms.budgets}
    found = []
    for fact in facts:
        for rule in matching(terms, fact):
            one = _due(rule, fact)
            if one is None or one.cause in done:
                continue
            held = None
            if rule.limit is not None:
                period = (rule.name, period_start(rule.limit.per, fact.at, zone))
                held = LIMIT if counts[period] >= rule.limit.count else None
                counts[period] += held is None
            if held is None and one.currency in budgets:
                over = spent[one.currency] + one.amount > budgets[one.currency]
                held = BUDGET if over else None
            if held is None and one.currency is not None:
                spent[one.currency] += one.amount
            found.append(one._replace(held=held))
    return found


def matching(terms: AdvocacyTerms, fact: Fact) -> list[RewardRule]:
    """The rules that a fact meets; none outside the program's dates."""
    if (terms.starts_at and fact.at < terms.starts_at) or (terms.ends_at and fact.at >= terms.ends_at):
        return []
    return [rule for rule in terms.rewards if _meets(rule, fact)]


def _meets(rule: RewardRule, fact: Fact) -> bool:
    if rule.trigger != fact.trigger or (rule.tiers and fact.tier not in rule.tiers):
        return False
    if rule.trigger == "nth_purchase" and rule.n != fact.n:
        return False
    if rule.min_order is None:
        return True
    net = fact.net
    return net is not None and net.currency == rule.min_order.currency and net.amount >= rule.min_order.amount


def _due(rule: RewardRule, fact: Fact) -> Due | None:
    """None where nothing is left of it: a rate of an order of nothing."""
    amount, currency = _amount(rule, fact)
    if rule.kind in ("points", "credit", "cash") and not amount:
        return None
    at = fact.at + timedelta(days=rule.hold_days)
    return Due(
        rule=rule.name,
        trigger=fact.trigger,
        side=rule.side,
        kind=rule.kind,
        cause=f"{rule.name}:{rule.side}:{fact.cause}",
        amount=amount,
        currency=currency,
        rate=rule.rate if rule.kind == "discount" else None,
        pool_id=rule.pool_id,
        earned_at=fact.at,
        due_at=at,
        expires_at=None if rule.expires_days is None else at + timedelta(days=rule.expires_days),
        held=None,
    )


def _amount(rule: RewardRule, fact: Fact) -> tuple[int, str | None]:
    if rule.kind == "points":
        return rule.points or 0, POINTS
    if rule.money is not None:
        return rule.money.amount, rule.money.currency
    if rule.rate is not None and rule.kind != "discount" and fact.net is not None:
        return of_rate(fact.net.amount, rule.rate), fact.net.currency
    return 0, None


def of_rate(net: int, rate: Decimal) -> int:
    """A rate of a net, in whole minor units, half to even.

    >>> of_rate(10_050, Decimal("0.01")), of_rate(10_150, Decimal("0.01"))
    (100, 102)
    """
    return int((net * rate).quantize(Decimal(1), ROUND_HALF_EVEN))


def period_start(per: LimitPer, at: datetime, zone: ZoneInfo) -> datetime:
    """When the calendar period began that a time lies in; weeks begin on Monday.

    >>> period_start("week", datetime(2026, 11, 25, tzinfo=UTC), ZoneInfo("Europe/Istanbul")).isoformat()
    '2026-11-22T21:00:00+00:00'
    """
    if per == "all":
        return datetime(1970, 1, 1, tzinfo=UTC)
    day = at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    if per == "week":
        day -= timedelta(days=day.weekday())
    elif per == "month":
        day = day.replace(day=1)
    elif per == "year":
        day = day.replace(month=1, day=1)
    return day.astimezone(UTC)


def period_end(per: LimitPer, start: datetime, zone: ZoneInfo) -> datetime:
    """When the next period begins.

    >>> start = period_start("month", datetime(2026, 12, 25, tzinfo=UTC), ZoneInfo("Europe/Istanbul"))
    >>> period_end("month", start, ZoneInfo("Europe/Istanbul")).isoformat()
    '2026-12-31T21:00:00+00:00'
    """
    if per == "all":
        return datetime(9999, 1, 1, tzinfo=UTC)
    # A day of 25 hours is still over by then, and the next period isn't.
    return period_start(per, start + _SURELY_NEXT[per], zone)


def tier_of(terms: AdvocacyTerms, qualified: int) -> str | None:
    """The highest tier that so many friends who bought reach."""
    reached = [tier for tier in terms.tiers if tier.from_qualified <= qualified]
    return max(reached, key=lambda tier: tier.from_qualified).name if reached else None
