"""What is given for what happened: rules, limits, budgets, dates."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from service.advocacy.earning import NOTHING, Fact, Given, due, period_start, tier_of
from service.advocacy.terms.shapes import AdvocacyTerms, Budget, Limit, RewardRule, TierRule
from service.kit.money import Price

AT = datetime(2026, 11, 25, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Istanbul")


def fact(trigger: str = "first_purchase", cause: str = "cnv_1", **more: object) -> Fact:
    return Fact(trigger, cause, AT, **{"net": Price(10_000, "TRY"), "n": 1, **more})  # type: ignore[arg-type]


POINTS = RewardRule("a", "first_purchase", "points", points=100)


@pytest.mark.parametrize(
    ("rule", "happened", "amount"),
    [
        (POINTS, fact(), (100, "points")),
        (POINTS, fact("signup"), None),
        (RewardRule("a", "first_purchase", "credit", rate=Decimal("0.05")), fact(), (500, "TRY")),
        (
            RewardRule("a", "first_purchase", "cash", rate=Decimal("0.05")),
            fact(net=Price(10, "TRY")),
            None,
        ),
        (RewardRule("a", "first_purchase", "voucher", pool_id="vpl_1"), fact(), (0, None)),
        (RewardRule("a", "nth_purchase", "points", points=1, n=3), fact("nth_purchase", n=3), (1, "points")),
        (RewardRule("a", "nth_purchase", "points", points=1, n=3), fact("nth_purchase", n=2), None),
        (RewardRule("a", "first_purchase", "points", points=1, tiers=["gold"]), fact(), None),
        (
            RewardRule("a", "first_purchase", "points", points=1, tiers=["gold"]),
            fact(tier="gold"),
            (1, "points"),
        ),
        (
            RewardRule("a", "first_purchase", "points", points=1, min_order=Price(10_001, "TRY")),
            fact(),
            None,
        ),
        (RewardRule("a", "first_purchase", "points", points=1, min_order=Price(1, "EUR")), fact(), None),
    ],
)
def test_what_a_rule_gives(rule: RewardRule, happened: Fact, amount: tuple[int, str | None] | None) -> None:
    found = due(AdvocacyTerms(rewards=[rule]), [happened], NOTHING, ZONE)
    assert [(each.amount, each.currency) for each in found] == ([] if amount is None else [amount])


def test_holds_and_expiry_run_from_the_cause() -> None:
    rule = RewardRule("a", "first_purchase", "points", points=1, hold_days=14, expires_days=30)
    (one,) = due(AdvocacyTerms(rewards=[rule]), [fact()], NOTHING, ZONE)
    assert (one.due_at, one.expires_at) == (AT + timedelta(days=14), AT + timedelta(days=44))
    assert one.cause == "a:advocate:cnv_1"


def test_nothing_outside_the_dates_and_nothing_twice() -> None:
    for dates in ({"ends_at": AT}, {"starts_at": AT + timedelta(seconds=1)}):
        assert due(AdvocacyTerms(rewards=[POINTS], **dates), [fact()], NOTHING, ZONE) == []
    assert due(AdvocacyTerms(rewards=[POINTS]), [fact()], NOTHING, ZONE, ["a:advocate:cnv_1"]) == []


def test_what_is_over_a_limit_or_a_budget_is_held() -> None:
    limited = RewardRule("a", "review", "points", points=60, limit=Limit(2, "month"))
    facts = [fact("review", f"dee_{n}") for n in range(4)]
    given = Given({("a", period_start("month", AT, ZONE)): 1}, {})
    held = [each.held for each in due(AdvocacyTerms(rewards=[limited]), facts, given, ZONE)]
    assert held == [None, "limit", "limit", "limit"]
    terms = AdvocacyTerms(
        rewards=[RewardRule("a", "review", "points", points=60)], budgets=[Budget(130, "points")]
    )
    held = [each.held for each in due(terms, facts, Given({}, {"points": 10}), ZONE)]
    assert held == [None, None, "budget", "budget"]


@pytest.mark.parametrize(("friends", "tier"), [(0, None), (1, "silver"), (4, "silver"), (5, "gold")])
def test_tiers_follow_friends(friends: int, tier: str | None) -> None:
    assert tier_of(AdvocacyTerms(tiers=[TierRule("gold", 5), TierRule("silver", 1)]), friends) == tier
