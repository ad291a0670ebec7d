"""An advocate's referrals and rewards as rows of a spreadsheet. Pure."""

from collections.abc import Sequence

from service.accounts.labels.registry import Language
from service.kit.money import Units
from service.partner.advocacy.schemas import PartnerReferral, PartnerReward
from service.partner.tables import Cell
from service.partner.words import Told

REFERRALS = (
    *("id", "program_id", "channel", "state", "decline_reason", "purchases", "invited_at", "clicked_at"),
    *("signed_up_at", "qualified_at", "rewarded_at", "rejected_at", "created_at"),
)
REWARDS = (
    *("id", "program_id", "referral_id", "trigger", "side", "kind", "amount", "left", "unit", "rate"),
    *("status", "decline_reason", "earned_at", "available_at", "expires_at", "delivered_at"),
)


def referral(one: PartnerReferral, language: Language) -> Sequence[Cell]:
    """A referral as a row."""
    return [
        *(one.id, one.program_id, one.channel, one.state, _words(one.decline_reason, language)),
        *(one.purchases, one.invited_at, one.clicked_at, one.signed_up_at, one.qualified_at),
        *(one.rewarded_at, one.rejected_at, one.created_at),
    ]


def reward(one: PartnerReward, language: Language) -> Sequence[Cell]:
    """A reward as a row; amounts in minor units, or points."""
    return [
        *(one.id, one.program_id, one.referral_id, one.trigger, one.side, one.kind),
        *(_amount(one.amount), _amount(one.left), None if one.amount is None else one.amount.currency),
        *(None if one.rate is None else str(one.rate), one.status, _words(one.decline_reason, language)),
        *(one.earned_at, one.available_at, one.expires_at, one.delivered_at),
    ]


def _amount(units: Units | None) -> int | None:
    return None if units is None else units.amount


def _words(reason: Told | None, language: Language) -> str | None:
    return None if reason is None else reason.text[language]
