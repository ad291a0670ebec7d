"""Rewards that are a rate of an order: they follow its net until they can be used. Pure.

From then on only refunds change them: what somebody may have spent, or is about to be paid, does not move
because a shop corrects an order. What is held follows as long as nothing of it was spent.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from msgspec import structs

from service.advocacy.earning import BUDGET, of_rate
from service.advocacy.rewards.schemas import RewardRow
from service.kit.money import Price


def is_open(row: RewardRow, now: datetime) -> bool:
    """Whether an order that is edited may still change it: it waits, by the clock or for people."""
    if row.kind not in ("credit", "cash") or row.conversion_id is None or row.redeemed or row.expired:
        return False
    return row.held is not None or (row.due_at or row.earned_at) > now


def rated(row: RewardRow, rate: Decimal, net: Price) -> RewardRow:
    """The reward as the order's net makes it; one in another currency stays what it is."""
    return row if net.currency != row.currency else structs.replace(row, amount=of_rate(net.amount, rate))


def within(
    before: Sequence[RewardRow],
    after: Sequence[RewardRow],
    budgets: Mapping[str, int],
    spent: Mapping[str, int],
) -> list[RewardRow]:
    """The rows after, in the order of those before; one that grows beyond a budget is held, unless somebody
    let it go in spite of the budget. `spent`: of the program without these changes, by unit."""
    so_far, found = Counter(spent), []
    for old, new in zip(before, after, strict=True):
        unit = new.currency or ""
        over = so_far[unit] - counted(old) + counted(new) > budgets.get(unit, 2**63)
        if over and new.amount > old.amount and BUDGET not in new.cleared and counted(new):
            new = structs.replace(new, held=BUDGET)
        so_far[unit] += counted(new) - counted(old)
        found.append(new)
    return found


def counted(row: RewardRow) -> int:
    """What a row counts for in what its program gave: what is held does not, until it is released."""
    out = row.currency is None or (row.gone, row.rejected, row.held) != (None, None, None)
    return 0 if out else row.amount


def moved(before: Sequence[RewardRow], after: Sequence[RewardRow]) -> Counter[str]:
    """By how much changes move what the program gave, by unit."""
    found: Counter[str] = Counter()
    for sign, rows in ((-1, before), (1, after)):
        for row in rows:
            if row.currency is not None:
                found[row.currency] += sign * counted(row)
    return found
