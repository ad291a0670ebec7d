"""Whether terms hold together: pure, and every fault at once."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal

from service.kit import ids
from service.kit.money import CURRENCIES, Price
from service.kit.problems import NotFound
from service.programs.terms import Attribution, Bonus, Override, Rule, Terms, Tier

Fault = tuple[str, str]
_COUNTRY = re.compile("[A-Z]{2}")
_MOST_DECIMALS = 6


def faults(terms: Terms) -> Iterator[Fault]:
    """What is wrong: (path, message)."""
    for at, rule in enumerate(terms.rules):
        yield from _under(f"rules[{at}]", _rule(rule, terms.currency))
    yield from _twice("rules", [rule.name for rule in terms.rules if rule.name is not None])
    for at, bonus in enumerate(terms.bonuses):
        yield from _under(f"bonuses[{at}]", _bonus(bonus, terms.currency))
    for at, override in enumerate(terms.overrides):
        yield from _under(f"overrides[{at}]", _override(override))
    yield from _under("attribution", _attribution(terms.attribution))
    if terms.currency is not None and terms.currency not in CURRENCIES:
        yield "currency", f"{terms.currency} is no currency"


def _rule(rule: Rule, currency: str | None) -> Iterator[Fault]:
    yield from _pays(rule.rate, rule.flat, currency)
    if rule.kind == "click" and rule.rate is not None:
        yield "rate", "a click has no amount to take a rate of: use flat"
    if rule.kind == "click" and rule.tiers:
        yield "tiers", "are counted in sales, which clicks are not"
    if (rule.recurring == "months") is not (rule.months is not None):
        yield "months", "is required with recurring: months, and goes with it alone"
    for at, country in enumerate(rule.countries):
        if not _COUNTRY.fullmatch(country):
            yield f"countries[{at}]", "is two capital letters (ISO 3166-1)"
    for at, partner in enumerate(rule.partner_ids):
        if not _is_partner(partner):
            yield f"partner_ids[{at}]", "is no partner's id"
    for at, tier in enumerate(rule.tiers):
        yield from _under(f"tiers[{at}]", _tier(tier, rule, currency))
    if rule.cap is not None:
        yield from _under("cap.amount", _price(rule.cap.amount, currency))
        if rule.flat is not None and rule.flat.currency != rule.cap.amount.currency:
            yield "cap.amount.currency", "is another than that of flat"
    if rule.starts_at is not None and rule.ends_at is not None and rule.starts_at >= rule.ends_at:
        yield "ends_at", "has to lie after starts_at"
    for name in ("starts_at", "ends_at"):
        value: datetime | None = getattr(rule, name)
        if value is not None and value.tzinfo is None:
            yield name, "needs an offset from UTC"


def _tier(tier: Tier, rule: Rule, currency: str | None) -> Iterator[Fault]:
    yield from _pays(tier.rate, tier.flat, currency)
    yield from _goal(tier.from_sales, tier.from_volume, currency)
    if tier.flat is not None and rule.cap is not None and tier.flat.currency != rule.cap.amount.currency:
        yield "flat.currency", "is another than that of the cap"


def _bonus(bonus: Bonus, currency: str | None) -> Iterator[Fault]:
    yield from _under("amount", _price(bonus.amount, currency))
    if bonus.amount.amount == 0:
        yield "amount.amount", "is nothing"
    yield from _goal(bonus.from_sales, bonus.from_volume, currency)


def _override(override: Override) -> Iterator[Fault]:
    if not _is_partner(override.partner_id):
        yield "partner_id", "is no partner's id"
    yield from _under("rate", _rate(override.rate))


def _attribution(attribution: Attribution) -> Iterator[Fault]:
    yield from _twice("precedence", attribution.precedence)
    yield from _twice("report_models", attribution.report_models)
    yield from _under("coupon_part", _rate(attribution.coupon_part))
    if attribution.bond is not None and attribution.bond.days is None and attribution.bond.sales is None:
        yield "bond", "needs days or sales"


def _pays(rate: Decimal | None, flat: Price | None, currency: str | None) -> Iterator[Fault]:
    if (rate is None) is (flat is None):
        yield "rate", "give either rate or flat"
    if rate is not None:
        yield from _under("rate", _rate(rate))
    if flat is not None:
        yield from _under("flat", _price(flat, currency))


def _goal(sales: int | None, volume: Price | None, currency: str | None) -> Iterator[Fault]:
    if sales is None and volume is None:
        yield "from_sales", "give from_sales, from_volume or both"
    if volume is not None:
        yield from _under("from_volume", _price(volume, None))


def _rate(rate: Decimal) -> Iterator[Fault]:
    if not rate.is_finite() or not 0 <= rate <= 1:
        yield "", "is a fraction from 0 to 1: 10% is 0.10"
    elif -int(rate.as_tuple().exponent) > _MOST_DECIMALS:
        yield "", f"has more than {_MOST_DECIMALS} decimals"


def _price(price: Price, currency: str | None) -> Iterator[Fault]:
    if price.currency not in CURRENCIES:
        yield "currency", f"{price.currency} is no currency"
    elif currency is not None and price.currency != currency:
        yield "currency", f"the program pays in {currency}"


def _twice(path: str, names: Sequence[str]) -> Iterator[Fault]:
    for at, name in enumerate(names):
        if name in names[:at]:
            yield path, f"{name} stands there twice"


def _is_partner(text: str) -> bool:
    try:
        ids.read("prt", text)
    except NotFound:
        return False
    return True


def _under(path: str, found: Iterator[Fault]) -> Iterator[Fault]:
    for inner, message in found:
        yield (f"{path}.{inner}" if inner else path), message
