"""What is wrong with terms that were sent. Pure."""

from collections import Counter
from decimal import Decimal

from service.advocacy.terms.shapes import AdvocacyTerms, RewardRule
from service.kit import clock
from service.kit.money import CURRENCIES, Price

Fault = tuple[str, str]
_NEEDED = {
    "points": (("points",),),
    "credit": (("money",), ("rate",)),
    "cash": (("money",), ("rate",)),
    "voucher": (("pool_id",),),
    "discount": (("money",), ("rate",)),
}
_VALUES = ("points", "money", "rate", "pool_id")
_MOST_DECIMALS = 6
# So that what a billion points are worth is a bigint still.
MOST_WORTH = 10**9
OF_FRIENDS = ("signup", "first_purchase", "nth_purchase")


def faults(terms: AdvocacyTerms) -> list[Fault]:
    """Every field that fails, with why.

    >>> faults(AdvocacyTerms(rewards=[RewardRule("a", "review", "points")]))
    [('rewards[0]', 'points needs points')]
    """
    found: list[Fault] = []
    names = Counter(rule.name for rule in terms.rewards)
    for n, rule in enumerate(terms.rewards):
        path = f"rewards[{n}]"
        found += [(path, message) for message in _rule(rule)]
        if names[rule.name] > 1:
            found.append((f"{path}.name", "names another rule too"))
        unknown = [tier for tier in rule.tiers if tier not in {each.name for each in terms.tiers}]
        found += [(f"{path}.tiers", f"{tier} is no tier of these terms") for tier in unknown]
        found += [
            (f"{path}.{name}.currency", f"{price.currency} is no currency")
            for name, price in (("money", rule.money), ("min_order", rule.min_order))
            if price is not None and _is_unknown(price)
        ]
    for n, budget in enumerate(terms.budgets):
        if budget.currency != "points" and budget.currency not in CURRENCIES:
            found.append((f"budgets[{n}].currency", f"{budget.currency} is no currency"))
    found += _points(terms)
    if len({budget.currency for budget in terms.budgets}) < len(terms.budgets):
        found.append(("budgets", "have one amount for a currency"))
    found += _tiers(terms)
    found += _times(terms)
    if terms.joining.min_purchase is not None and _is_unknown(terms.joining.min_purchase):
        found.append(("joining.min_purchase.currency", "is no currency"))
    return found


def _rule(rule: RewardRule) -> list[str]:
    found = []
    given = tuple(name for name in _VALUES if getattr(rule, name) is not None)
    if given not in _NEEDED[rule.kind]:
        found.append(f"{rule.kind} needs {' or '.join(' and '.join(one) for one in _NEEDED[rule.kind])}")
    if rule.rate is not None:
        found += _rate(rule.rate)
    if rule.rate is not None and rule.kind in ("credit", "cash") and rule.trigger not in OF_FRIENDS[1:]:
        found.append("a rate is of a purchase")
    if (rule.trigger == "nth_purchase") != (rule.n is not None):
        found.append("n goes with nth_purchase")
    if rule.side == "friend" and rule.trigger not in OF_FRIENDS:
        found.append("a friend is given something for a sign-up or a purchase")
    if rule.side == "friend" and rule.kind == "cash":
        found.append("cash is for advocates, who have an account to be paid to")
    if rule.min_order is not None and rule.trigger not in OF_FRIENDS[1:]:
        found.append("min_order goes with a purchase")
    return found


def _rate(rate: Decimal) -> list[str]:
    if not rate.is_finite() or not 0 < rate <= 1:
        return ["rate lies above 0, up to 1"]
    many = -int(rate.as_tuple().exponent) > _MOST_DECIMALS
    return [f"rate has more than {_MOST_DECIMALS} decimals"] if many else []


def _times(terms: AdvocacyTerms) -> list[Fault]:
    times = (("starts_at", terms.starts_at), ("ends_at", terms.ends_at))
    found = [(name, clock.OUTSIDE) for name, at in times if not clock.is_usual(at)]
    if not found and terms.starts_at and terms.ends_at and terms.starts_at >= terms.ends_at:
        found.append(("ends_at", "has to lie after starts_at"))
    return found


def _tiers(terms: AdvocacyTerms) -> list[Fault]:
    found = []
    if len({tier.name for tier in terms.tiers}) < len(terms.tiers):
        found.append(("tiers", "have different names"))
    marks = [tier.from_qualified for tier in terms.tiers]
    for n, mark in enumerate(marks):
        if mark in marks[:n]:
            found.append((f"tiers[{n}].from_qualified", "is another tier's too"))
    return found


def _points(terms: AdvocacyTerms) -> list[Fault]:
    worth = None if terms.points is None else terms.points.worth
    if worth is None:
        return []
    found = []
    if not worth.amount.amount:
        found.append(("points.worth.amount.amount", "lies above 0; leave worth out where nobody knows it"))
    if worth.amount.amount > MOST_WORTH:
        found.append(("points.worth.amount.amount", f"is at most {MOST_WORTH}"))
    if _is_unknown(worth.amount):
        found.append(("points.worth.amount.currency", f"{worth.amount.currency} is no currency"))
    return found


def _is_unknown(price: Price) -> bool:
    return price.currency not in CURRENCIES
