"""Which rule pays a line: the first whose every condition holds. Pure."""

import re
from calendar import monthrange
from datetime import MAXYEAR, datetime
from typing import Any

from service.kit import ids
from service.kit.text import fold_tr
from service.ledger.rules.shapes import Item, Sold
from service.programs.reading import Agreed, Payee
from service.programs.terms import Rule


def rules_of(sold: Sold, agreed: Agreed, payee: Payee) -> list[tuple[int, Rule]]:
    """The rules that may pay any line of it, with their numbers from 1 on."""
    return [
        (number, rule)
        for number, rule in enumerate(agreed.terms.rules, start=1)
        if _kind_and_time(rule, sold) and _payee(rule, agreed, payee) and _customer(rule, sold)
    ]


def matches(rule: Rule, line: Item | None) -> bool:
    """Whether the rule pays the line; None is an order of which no lines are known."""
    if not rule.products and not rule.categories:
        return True
    if line is None:
        return False
    if rule.products and not _named(line) & {_same(one) for one in rule.products}:
        return False
    return not rule.categories or any(_below(line.category, one) for one in rule.categories)


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


def in_groups(group: str | None, groups: list[str]) -> bool:
    """Whether a partner of this group is meant: no groups are everybody."""
    return not groups or (group is not None and _same(group) in {_same(one) for one in groups})


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


def _named(line: Item) -> set[str]:
    return {_same(one) for one in (line.product_id, line.sku) if one}


def _same(name: str) -> str:
    return fold_tr(name.strip())


def _below(category: str | None, wanted: str) -> bool:
    """Whether a category is the wanted one or lies below it."""
    if category is None:
        return False
    path, of = _path(category), _path(wanted)
    return path[: len(of)] == of


def _path(category: str) -> list[str]:
    return [_same(part) for part in re.split(r"[>/]", category)]


def cited(agreed: Agreed) -> dict[str, Any]:
    """The program and the version of its terms."""
    return {
        "program_id": ids.show_or_none("prg", agreed.program_id),
        "program": agreed.program_name,
        "version": agreed.version,
    }
