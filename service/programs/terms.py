"""A program's terms: what is paid for what, when, and to whom an order is credited."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from service.kit.money import Currency, Price

ProgramKind = Literal["affiliate", "advocacy"]
RuleKind = Literal["click", "lead", "sale", "signup", "booking"]
PayoutModel = Literal["last", "first", "coupon_click_split"]
Evidence = Literal["coupon", "click", "bond"]
ReportModel = Literal["last", "first", "linear", "time_decay", "position", "shapley", "markov"]
Rate = Annotated[Decimal, Meta(description="a fraction, exactly: 10% is 0.10", examples=["0.10"])]
Per = Literal["month", "quarter", "year", "all"]
Text = Annotated[str, Meta(min_length=1, max_length=100)]
Sales = Annotated[int, Meta(ge=1, le=1_000_000_000)]
RuleName = Annotated[
    str,
    Meta(pattern="^[a-z][a-z0-9-]{0,39}$", description="what its caps are counted by", examples=["shoes"]),
]
Texts = Annotated[list[Text], Meta(max_length=200)]


class Tier(Struct, frozen=True, forbid_unknown_fields=True):
    """From so many sales, or so much net volume, in the period on: the sale that reaches it is the first."""

    rate: Rate | None = None
    flat: Price | None = None
    from_sales: Sales | None = None
    from_volume: Price | None = None


class Cap(Struct, frozen=True, forbid_unknown_fields=True):
    """At most so much per partner and period (calendar months in the workspace's zone), for this rule: by
    its name, or without one by its place, over all versions of the terms."""

    amount: Price
    per: Per = "month"


class Rule(Struct, frozen=True, forbid_unknown_fields=True):
    """One rule. Every condition that is given must hold; the first rule of the list that matches a line
    pays it. `rate`: of the line's net. `flat`: once per order, lead or click. `recurring`: the customer's
    first order alone, those of so many months from it on, or all. `products`: product ids or SKUs;
    `categories`: with those below them (`Shoes` is `Shoes > Boots` as well)."""

    kind: RuleKind
    name: RuleName | None = None
    rate: Rate | None = None
    flat: Price | None = None
    recurring: Literal["first", "months", "life"] = "life"
    months: Annotated[int, Meta(ge=1, le=240)] | None = None
    products: Texts = []
    categories: Texts = []
    countries: Texts = []
    customers: Literal["any", "new", "returning"] = "any"
    groups: Texts = []
    partner_ids: Texts = []
    tiers: Annotated[list[Tier], Meta(max_length=20)] = []
    tiers_per: Per = "month"
    cap: Cap | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None


class Bonus(Struct, frozen=True, forbid_unknown_fields=True):
    """Paid once per partner and period when a goal is reached."""

    amount: Price
    from_sales: Sales | None = None
    from_volume: Price | None = None
    per: Per = "month"
    groups: Texts = []


class Override(Struct, frozen=True, forbid_unknown_fields=True):
    """What an agency gets of what its partners earn."""

    partner_id: Annotated[str, Meta(max_length=40)]
    rate: Rate
    groups: Texts = []


Rules = Annotated[list[Rule], Meta(max_length=100)]
Bonuses = Annotated[list[Bonus], Meta(max_length=20)]
Overrides = Annotated[list[Override], Meta(max_length=20)]


class Hold(Struct, frozen=True, forbid_unknown_fields=True):
    """How long after what a commission becomes payable. Where the delivery isn't known: `unknown_days`
    more after the event (Türkiye's right of withdrawal runs 14 days from delivery)."""

    days: Annotated[int, Meta(ge=0, le=365)] = 14
    since: Literal["delivered", "paid", "event"] = field(default="delivered", name="from")
    unknown_days: Annotated[int, Meta(ge=0, le=90)] = 7


class Bond(Struct, frozen=True, forbid_unknown_fields=True):
    """A customer stays with the partner who brought them, for so many days or sales."""

    days: Annotated[int, Meta(ge=1, le=3650)] | None = None
    sales: Annotated[int, Meta(ge=1, le=1000)] | None = None


class Attribution(Struct, frozen=True, forbid_unknown_fields=True):
    """To whom an order is credited. `precedence`: the first kind of evidence that there is decides.
    `coupon_part`: of a split between coupon and click."""

    window_days: Annotated[int, Meta(ge=1, le=365)] = 30
    payout_model: PayoutModel = "last"
    report_models: Annotated[list[ReportModel], Meta(max_length=7)] = []
    precedence: Annotated[list[Evidence], Meta(min_length=1, max_length=3)] = field(
        default_factory=lambda: ["coupon", "click", "bond"]
    )
    coupon_part: Rate = Decimal("0.5")
    bond: Bond | None = None


class Terms(Struct, frozen=True, forbid_unknown_fields=True):
    """One version of a program's terms. `currency`: what partners are paid in, by the operator's rates;
    without it each commission is in its order's currency."""

    rules: Rules = []
    bonuses: Bonuses = []
    overrides: Overrides = []
    hold: Hold = Hold()
    attribution: Attribution = field(default_factory=Attribution)
    currency: Currency | None = None


# What pays nothing: of a partner without a program.
DEFAULT = Terms()
