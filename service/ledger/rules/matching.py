"""Which rule pays a line: the first whose every condition holds. Pure."""

import re
from calendar import monthrange
from datetime import MAXYEAR, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from service.kit import ids
from service.kit.text import fold_tr
from service.ledger.rules.shapes import Item, Sold
from service.programs.groups import in_groups
from service.programs.reading import Agreed, Payee
from service.programs.terms import Rule


def rules_of(sold: Sold, agreed: Agreed, payee: Payee) -> list[tuple[int, Rule]]:
    """The rules that may pay any line of it, with their numbers from 1 on."""
    return [
        (number, rule)
        for number, rule in enumerate(agreed.terms.rules, start=1)
        if _kind_and_time(rule, sold) and _payee(rule, agreed, payee) and _customer(rule, sold)
    ]


class Goods(NamedTuple):
    """What a rule pays for, or what a line is: folded names and paths of categories. Made once for each
    rule and each line of an order, as there may be a hundred of the one and a thousand of the other."""

    products: frozenset[str]
    categories: frozenset[tuple[str, ...]]


def wanted(rule: Rule) -> Goods:
    """What the rule pays for; nothing named is everything."""
    return Goods(frozenset(map(_same, rule.products)), frozenset(map(_path, rule.categories)))


def goods(line: Item | None) -> Goods | None:
    """A line as rules look at it, its category with those above it; None is an order of which no lines
    are known."""
    if line is None:
        return None
    named = frozenset(_same(one) for one in (line.product_id, line.sku) if one)
    path = () if line.category is None else _path(line.category)
    return Goods(named, frozenset(path[:depth] for depth in range(1, len(path) + 1)))


def matches(rule: Goods, line: Goods | None) -> bool:
    """Whether the rule pays the line."""
    if not rule.products and not rule.categories:
        return True
    if line is None or (rule.products and rule.products.isdisjoint(line.products)):
        return False
    return not rule.categories or not rule.categories.isdisjoint(line.categories)


def _kind_and_time(rule: Rule, sold: Sold) -> bool:
    return (
        rule.kind == sold.kind
        and (rule.starts_at is None or rule.starts_at <= sold.occurred_at)
        and (rule.ends_at is None or sold.occurred_at < rule.ends_at)
        and (not rule.countries or (sold.country or "").upper() in rule.countries)
    )


def _payee(rule: Rule, agreed: Agreed, payee: Payee) -> bool:
    known_as = {ids.show("prt", one) for one in (payee.partner_id, *payee.merged)}
    if rule.partner_ids and not known_as & {*rule.partner_ids}:
        return False
    return in_groups(agreed.group, rule.groups)


def _customer(rule: Rule, sold: Sold) -> bool:
    # Of whom nobody knows whether they are new, it is neither said that they are nor that they aren't.
    if rule.customers != "any" and sold.is_new is not (rule.customers == "new"):
        return False
    if rule.recurring == "first":
        return sold.sales_before == 0
    if rule.recurring == "months" and rule.months is not None and sold.first_at is not None:
        return sold.occurred_at < months_after(sold.first_at, rule.months)
    return True


def months_after(at: datetime, months: int) -> datetime:
    """The same day so many months on, or the month's last; the end of time where it lies beyond.

    >>> months_after(datetime(2026, 1, 31), 1).isoformat()
    '2026-02-28T00:00:00'
    """
    month = at.year * 12 + at.month - 1 + months
    year, month = month // 12, month % 12 + 1
    if year > MAXYEAR:
        return datetime.max.replace(tzinfo=at.tzinfo)
    return at.replace(year=year, month=month, day=min(at.day, monthrange(year, month)[1]))


@lru_cache(maxsize=32_768)
def _same(name: str) -> str:
    return fold_tr(name.strip())


def _path(category: str) -> tuple[str, ...]:
    return tuple(_same(part) for part in re.split(r"[>/]", category))


def cited(agreed: Agreed) -> dict[str, Any]:
    """The program and the version of its terms."""
    return {
        "program_id": ids.show_or_none("prg", agreed.program_id),
        "program": agreed.program_name,
        "version": agreed.version,
    }
