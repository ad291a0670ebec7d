"""What an advocate sees: who they are in a program, whom they brought, what they are given for it."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from msgspec import UNSET, Meta, Struct, UnsetType

from service.advocacy.members.schemas import AdvocateStatus
from service.advocacy.referrals.schemas import Channel, State
from service.advocacy.rewards.schemas import RewardStatus, WalletBalance
from service.advocacy.terms.shapes import PointsName, RewardKind, Side, Trigger
from service.influencers.schemas import Name
from service.kit.money import Units
from service.partner.words import Told


class NextTier(Struct):
    """The tier above, and how many more friends have to buy for it."""

    name: str
    missing: int


class PartnerAdvocate(Struct):
    """The partner as an advocate of a program. `referrals`: friends who came, `qualified`: those of them who
    bought. `link_url` and `code` are to be shared; friends who open `invite_url` join the program themselves
    (null while nobody can). `board_name`: shown by on the leaderboard, null: not on it."""

    id: str
    program_id: str
    program: str
    status: AdvocateStatus
    tier: str | None
    next_tier: NextTier | None
    referrals: int
    qualified: int
    link_url: str | None
    code: str | None
    invite_url: str | None
    share_text: str | None
    board_name: str | None
    joined_at: datetime | None


class PartnerAdvocates(Struct):
    """One for each program that the partner is an advocate of."""

    data: list[PartnerAdvocate]


class PartnerAdvocatePatch(Struct, forbid_unknown_fields=True):
    """What is left out stays. `board_name` null: off the leaderboard. `leave`: out of the program; what was
    earned stays, and nothing more is earned."""

    board_name: Name | UnsetType | None = UNSET
    leave: bool = False


class PartnerReferral(Struct):
    """A friend on the way, without who they are. `decline_reason`: why nothing comes of it, or not yet.
    `share_url`: what an invitation by link is shared as. `purchases`: orders so far that stand."""

    id: str
    program_id: str
    channel: Channel
    state: State
    decline_reason: Told | None
    share_url: str | None
    purchases: int
    invited_at: datetime | None
    clicked_at: datetime | None
    signed_up_at: datetime | None
    qualified_at: datetime | None
    rewarded_at: datetime | None
    rejected_at: datetime | None
    created_at: datetime


class PartnerReward(Struct):
    """A reward. `amount` is what was given, before refunds; as long as it waits, it follows an order that the
    shop corrects. `left` what of points or credit can still be spent. `unit_name`: what the program calls
    points; null: of anything else, or they are just points. `available_at`: when it can be used,
    `expires_at`: until when. `redeemable`: a voucher or a discount whose code can be had now.
    `decline_reason`: why it waits or was taken back. Cash stands among the commissions from then on."""

    id: str
    program_id: str
    referral_id: str | None
    trigger: Trigger
    side: Side
    kind: RewardKind
    amount: Units | None
    left: Units | None
    unit_name: PointsName | None
    rate: Decimal | None
    status: RewardStatus
    decline_reason: Told | None
    redeemable: bool
    earned_at: datetime
    available_at: datetime | None
    expires_at: datetime | None
    delivered_at: datetime | None


class ProgramBalance(Struct):
    """Of one program: a row for points and for each currency of credit, never summed; how many vouchers and
    discounts wait to be redeemed."""

    program_id: str
    balances: list[WalletBalance]
    things: int


class PartnerRewardBalances(Struct):
    """What can be spent. Cash stands in GET /v1/partner/balance."""

    data: list[ProgramBalance]


class RedeemedReward(Struct):
    """A voucher's code, or for a discount the partner's own. Asked for again, it is the same."""

    reward_id: str
    code: str | None
    redeemed_at: datetime


class RedeemOwn(Struct, forbid_unknown_fields=True):
    """The voucher or discount whose code is wanted."""

    reward_id: Annotated[str, Meta(max_length=40)]


class PlaceRow(Struct):
    """A place; `own`: it is the asker's."""

    rank: int
    name: str | None
    tier: str | None
    qualified: int
    own: bool


class Leaderboard(Struct):
    """Those who chose a name to be shown by, and the partner's own place among them, which nobody else sees
    without a name. `program_id`: null where the partner is no advocate."""

    program_id: str | None
    places: list[PlaceRow]
    own: PlaceRow | None


class OwnAdvocateRow(Struct):
    id: UUID
    program_id: UUID
    program: str
