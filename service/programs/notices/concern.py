"""Whether a change of terms is a partner's concern. Pure."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from msgspec import structs

from service.programs import own
from service.programs.terms import Rule, Terms


def concerns(
    before: Terms, after: Terms, group: str | None, known_as: Collection[str], now: datetime
) -> bool:
    """Whether anything differs that is the partner's: what others are paid is not told of."""
    return _own(before, group, known_as, now) != _own(after, group, known_as, now)


def _own(terms: Terms, group: str | None, known_as: Collection[str], now: datetime) -> tuple[Any, ...]:
    credited = terms.attribution
    return (
        [_bare(rule) for _, rule in own.own_rules(terms, group, known_as, now)],
        [structs.replace(bonus, groups=[]) for _, bonus in own.own_bonuses(terms, group)],
        [override.rate for _, override in own.own_overrides(terms, known_as)],
        terms.hold,
        (
            credited.window_days,
            credited.payout_model,
            credited.precedence,
            credited.coupon_part,
            credited.bond,
        ),
        terms.currency,
    )


def _bare(rule: Rule) -> Rule:
    """The rule without whom else it is for."""
    return structs.replace(rule, name=None, groups=[], partner_ids=[])
