"""Terms of an advocacy program: who may join, and what is given for what."""

from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from service.influencers.schemas import Time
from service.kit.money import Price
from service.programs.terms import RuleName

Member = Literal["customer", "fan", "employee", "influencer"]
JoinedBy = Literal["api", "page", "purchase", "mention"]
Trigger = Literal[
    "referred_click",
    "signup",
    "first_purchase",
    "nth_purchase",
    "review",
    "content",
    "mention",
    "comment",
    "share",
]
Side = Literal["advocate", "friend"]
RewardKind = Literal["points", "credit", "cash", "voucher", "discount"]
LimitPer = Literal["day", "week", "month", "year", "all"]
Points = Annotated[int, Meta(ge=1, le=1_000_000_000)]
PointsLabel = Annotated[str, Meta(min_length=1, max_length=40, pattern=r"\S", examples=["çekirdek"])]
Fraction = Annotated[Decimal, Meta(description="a fraction, exactly: 10% is 0.10", examples=["0.10"])]
Tier = Annotated[str, Meta(pattern="^[a-z][a-z0-9-]{0,39}$", examples=["gold"])]

POINTS = "points"
# What stands in the ledger as an amount that is spent bit by bit.
WALLET = ("points", "credit")
OF_ORDERS = ("signup", "first_purchase", "nth_purchase")


class Limit(Struct, frozen=True, forbid_unknown_fields=True):
    """At most so many rewards of a rule for one advocate and period (calendar, in the workspace's zone)."""

    count: Annotated[int, Meta(ge=1, le=1_000_000)]
    per: LimitPer = "month"


class RewardRule(Struct, frozen=True, forbid_unknown_fields=True):
    """What one side is given for a trigger. `name` names it for ever: limits and causes go by it.

    `points` for points; `money` for credit, cash and a fixed discount; `rate`: of the order's net (credit,
    cash), or off the next order (discount); `pool_id` for a voucher. `n`: the purchase of nth_purchase.
    `tiers`: of advocates of these tiers alone. `hold_days` after the cause it becomes available,
    `expires_days` after that it expires.
    """

    name: RuleName
    trigger: Trigger
    kind: RewardKind
    side: Side = "advocate"
    points: Points | None = None
    money: Price | None = None
    rate: Fraction | None = None
    pool_id: Annotated[str, Meta(max_length=40)] | None = None
    n: Annotated[int, Meta(ge=2, le=1_000)] | None = None
    min_order: Price | None = None
    tiers: Annotated[list[Tier], Meta(max_length=20)] = []
    limit: Limit | None = None
    hold_days: Annotated[int, Meta(ge=0, le=365)] = 14
    expires_days: Annotated[int, Meta(ge=1, le=3650)] | None = None


class Budget(Struct, frozen=True, forbid_unknown_fields=True):
    """What the program gives in all, in `points` or in a currency; what is over it is held."""

    amount: Annotated[int, Meta(ge=0, le=10**15)]
    currency: Annotated[str, Meta(pattern="^([A-Z]{3}|points)$", examples=["points"])]


class TierRule(Struct, frozen=True, forbid_unknown_fields=True):
    """A tier, from so many friends who bought on."""

    name: Tier
    from_qualified: Annotated[int, Meta(ge=0, le=1_000_000)]


class Joining(Struct, frozen=True, forbid_unknown_fields=True):
    """Who may join, and how. By purchase or mention nobody joins who did not consent before."""

    members: Annotated[list[Member], Meta(min_length=1, max_length=4)] = field(
        default_factory=lambda: ["customer", "fan"]
    )
    ways: Annotated[list[JoinedBy], Meta(min_length=1, max_length=4)] = field(
        default_factory=lambda: ["api", "page"]
    )
    min_purchase: Price | None = None


class PointsName(Struct, frozen=True, forbid_unknown_fields=True):
    """What points are called, by language; it is read after a number: "100 çekirdek", "100 beans"."""

    tr: PointsLabel
    en: PointsLabel


class PointsWorth(Struct, frozen=True, forbid_unknown_fields=True):
    """`amount` is what `per` points cost when they are spent: 1 TRY for 100 points."""

    amount: Price
    per: Points = 1


class PointsTerms(Struct, frozen=True, forbid_unknown_fields=True):
    """`name`: one for each language, or one for all. Without a `worth` nothing tells what points cost, and no
    report makes money of them. They stay points either way: nobody is paid by it."""

    name: PointsName | PointsLabel
    worth: PointsWorth | None = None


class AdvocacyTerms(Struct, frozen=True, forbid_unknown_fields=True):
    """One version of the terms."""

    joining: Joining = field(default_factory=Joining)
    rewards: Annotated[list[RewardRule], Meta(max_length=50)] = []
    budgets: Annotated[list[Budget], Meta(max_length=20)] = []
    tiers: Annotated[list[TierRule], Meta(max_length=20)] = []
    points: PointsTerms | None = None
    starts_at: Time | None = None
    ends_at: Time | None = None
