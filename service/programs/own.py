"""Which of a program's rules are a partner's own. Pure.

Rules for other groups and for partners by name are left out whole: what others are paid is theirs.
"""

from collections.abc import Collection
from datetime import datetime

from service.programs.groups import in_groups
from service.programs.terms import Bonus, Override, Rule, Terms


def own_rules(
    terms: Terms, group: str | None, known_as: Collection[str], now: datetime
) -> list[tuple[int, Rule]]:
    """The rules that may pay the partner, with their numbers from 1 on, in the order in which they are tried.

    `known_as`: the partner's outer ids. What has ended is left out, and what never comes to its turn: the
    first rule that matches pays.
    """
    found: list[tuple[int, Rule]] = []
    taken: set[str] = set()
    for number, rule in enumerate(terms.rules, start=1):
        if not _is_own(rule, group, known_as) or (rule.ends_at is not None and rule.ends_at <= now):
            continue
        if rule.kind not in taken:
            found.append((number, rule))
        if _is_for_all(rule, now):
            taken.add(rule.kind)
    return found


def _is_own(rule: Rule, group: str | None, known_as: Collection[str]) -> bool:
    if rule.partner_ids and not {*known_as} & {*rule.partner_ids}:
        return False
    return in_groups(group, rule.groups)


def _is_for_all(rule: Rule, now: datetime) -> bool:
    """Whether nothing of its kind is left for the rules behind it."""
    conditions = (rule.products, rule.categories, rule.countries, rule.ends_at)
    return (
        not any(conditions)
        and rule.customers == "any"
        and rule.recurring == "life"
        and (rule.starts_at is None or rule.starts_at <= now)
    )


def own_bonuses(terms: Terms, group: str | None) -> list[tuple[int, Bonus]]:
    """The goals that the partner can reach, with their numbers from 1 on."""
    numbered = enumerate(terms.bonuses, start=1)
    return [(number, bonus) for number, bonus in numbered if in_groups(group, bonus.groups)]


def own_overrides(terms: Terms, known_as: Collection[str]) -> list[tuple[int, Override]]:
    """What the partner gets as an agency, with its numbers from 1 on."""
    numbered = enumerate(terms.overrides, start=1)
    return [(number, override) for number, override in numbered if override.partner_id in known_as]
