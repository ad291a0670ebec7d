"""Rewards, balances and redemptions as the API shows them. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from service.advocacy.rewards.schemas import (
    RedemptionRow,
    Reward,
    RewardBalance,
    RewardRedemption,
    RewardRow,
    WalletBalance,
)
from service.advocacy.rewards.store import WalletRow
from service.advocacy.terms.shapes import POINTS, WALLET, PointsName
from service.kit.ids import show, show_or_none
from service.kit.money import Units


def reward(row: RewardRow) -> Reward:
    """A reward with outer ids."""
    units = None if row.currency is None else Units(row.amount, row.currency)
    rest = Units(row.rest, row.currency) if row.currency and row.kind in WALLET else None
    return Reward(
        id=show("rwd", row.id),
        program_id=show("prg", row.program_id),
        advocate_id=show("adv", row.advocate_id),
        referral_id=show_or_none("ref", row.referral_id),
        conversion_id=show_or_none("cnv", row.conversion_id),
        rule=row.rule,
        trigger=row.trigger,
        side=row.side,
        kind=row.kind,
        amount=units,
        left=rest,
        rate=row.rate,
        pool_id=show_or_none("vpl", row.pool_id),
        terms_version=row.terms_version,
        status=row.status,
        reason=row.reason,
        due_at=row.due_at,
        expires_at=row.expires_at,
        earned_at=row.earned_at,
        delivered_at=row.delivered_at,
        created_at=row.created_at,
        updated_at=row.updated_at,
    )


def balance(
    advocate_id: UUID, rows: Sequence[WalletRow], things: int, points: PointsName | None
) -> RewardBalance:
    """An advocate's accounts, a row per unit. `points`: what they are called."""
    units: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for row in rows:
        units[row.currency][row.kind.removeprefix("reward_")] = row.balance
    found = [
        WalletBalance(
            currency=unit,
            pending=each.get("pending", 0),
            on_hold=each.get("on_hold", 0),
            available=max(each.get("available", 0), 0),
            negative=min(each.get("available", 0), 0),
            redeemed=each.get("redeemed", 0),
            expired=each.get("expired", 0),
            unit_name=points if unit == POINTS else None,
        )
        for unit, each in sorted(units.items())
    ]
    return RewardBalance(show("adv", advocate_id), found, things)


def redemption(row: RedemptionRow, code: str | None = None) -> RewardRedemption:
    """A redemption. `code`: of a voucher, which is stored sealed elsewhere."""
    return RewardRedemption(
        id=show("rdm", row.id),
        program_id=show("prg", row.program_id),
        advocate_id=show("adv", row.advocate_id),
        external_id=row.external_id,
        reward_id=show_or_none("rwd", row.reward_id),
        amount=None if row.currency is None else Units(row.amount, row.currency),
        code=code,
        created_at=row.created_at,
        reversed_at=row.reversed_at,
        reversal_reason=row.reversed_for,
    )
