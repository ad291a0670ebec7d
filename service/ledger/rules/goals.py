"""Which goals a partner has reached in a period, and what that pays. Pure."""

from collections.abc import Iterator
from typing import NamedTuple

from service.kit.money import Money
from service.ledger.rules import matching, wording
from service.ledger.rules.shapes import Earned, Standing
from service.programs.groups import in_groups
from service.programs.reading import Agreed, Payee
from service.programs.terms import Bonus, Per


class Period(NamedTuple):
    """A period as people name it, and where a partner stands at its end (or now)."""

    name: str
    standing: Standing


def bonuses(agreed: Agreed, payee: Payee, periods: dict[Per, Period]) -> Iterator[Earned]:
    """The bonuses of these periods that are reached; their `key` names the period."""
    for number, bonus in enumerate(agreed.terms.bonuses, start=1):
        period = periods.get(bonus.per)
        if period is None or not in_groups(agreed.group, bonus.groups):
            continue
        if reached(bonus, period.standing):
            yield _earned(number, bonus, period, agreed, payee)


def reached(bonus: Bonus, standing: Standing) -> bool:
    """Whether all that the goal asks for is there."""
    if bonus.from_sales is not None and standing.sales < bonus.from_sales:
        return False
    volume = bonus.from_volume
    return volume is None or standing.volume.get(volume.currency, 0) >= volume.amount


def _earned(number: int, bonus: Bonus, period: Period, agreed: Agreed, payee: Payee) -> Earned:
    goal = bonus.from_volume
    volume = None if goal is None else Money(goal.amount, goal.currency)
    words = wording.of_goal(bonus.per, period.name, bonus.from_sales, volume)
    told = {
        **matching.cited(agreed),
        "bonus": number,
        "period": period.name,
        "sales": period.standing.sales,
        "text": wording.join(words, wording.of_bonus(number)),
    }
    amount = Money(bonus.amount.amount, bonus.amount.currency)
    return Earned("bonus", f"bonus-{number}:{period.name}", payee.partner_id, amount, None, told)
