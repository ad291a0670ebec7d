"""Advocates, referrals, rewards and redemptions as lines of spreadsheets. Pure.

Amounts stand in minor units (or points) with their currency, and as a decimal of major units; times in a
zone.
"""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from decimal import Decimal

from msgspec import Struct

from service.advocacy.members import show as members
from service.advocacy.members.schemas import AdvocateRow
from service.advocacy.referrals import show as referrals
from service.advocacy.referrals.schemas import ReferralRow
from service.advocacy.rewards import show as rewards
from service.advocacy.rewards.schemas import RedemptionRow, RewardRow
from service.advocacy.tables import Cell
from service.kit.money import Units, to_decimal

ADVOCATES = (
    *("id", "program_id", "partner_id", "influencer_id", "name", "member", "status", "joined_by", "join_on"),
    *("tier", "board_name", "referral_id", "link_id", "coupon_id", "referrals", "qualified"),
    *("joined_at", "created_at", "updated_at"),
)
REFERRALS = (
    *("id", "program_id", "advocate_id", "channel", "state", "held", "reason", "conversion_id", "friend_id"),
    *("purchases", "invited_at", "clicked_at", "signed_up_at", "qualified_at", "rewarded_at", "rejected_at"),
    *("created_at", "updated_at"),
)
REWARDS = (
    *("id", "program_id", "advocate_id", "referral_id", "conversion_id", "rule", "trigger", "side", "kind"),
    *("amount", "amount_decimal", "left", "left_decimal", "currency", "rate", "pool_id", "terms_version"),
    *("status", "reason", "due_at", "expires_at", "earned_at", "delivered_at", "created_at", "updated_at"),
)
REDEMPTIONS = (
    *("id", "program_id", "advocate_id", "external_id", "reward_id", "amount", "amount_decimal", "currency"),
    *("created_at", "reversed_at", "reversal_reason"),
)


def advocate(row: AdvocateRow, zone: tzinfo) -> list[Cell]:
    """An advocate as a line of ADVOCATES."""
    return _line(members.advocate(row), ADVOCATES, zone)


def referral(row: ReferralRow, zone: tzinfo) -> list[Cell]:
    """A referral as a line of REFERRALS."""
    return _line(referrals.referral(row), REFERRALS, zone)


def reward(row: RewardRow, zone: tzinfo) -> list[Cell]:
    """A reward as a line of REWARDS."""
    return _line(rewards.reward(row), REWARDS, zone)


def redemption(row: RedemptionRow, zone: tzinfo) -> list[Cell]:
    """A redemption as a line of REDEMPTIONS; no code stands in it."""
    return _line(rewards.redemption(row), REDEMPTIONS, zone)


def _line(shown: Struct, columns: Sequence[str], zone: tzinfo) -> list[Cell]:
    return [_cell(shown, name, zone) for name in columns]


def _cell(shown: Struct, name: str, zone: tzinfo) -> Cell:
    if name.endswith("_decimal"):
        units = getattr(shown, name.removesuffix("_decimal"))
        return None if units is None else format(to_decimal(units), "f")
    if name == "currency":
        units = getattr(shown, "amount", None)
        return None if units is None else str(units.currency)
    value = getattr(shown, name)
    if isinstance(value, Units):
        return value.amount
    if isinstance(value, datetime):
        return value.astimezone(zone)
    return format(value, "f") if isinstance(value, Decimal) else value
