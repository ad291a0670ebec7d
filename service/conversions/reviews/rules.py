"""A workspace's rules on which conversions are looked at before they are paid."""

from datetime import datetime
from typing import Annotated, Literal, get_args

from msgspec import Meta, Struct, field

Host = Annotated[str, Meta(min_length=1, max_length=253, examples=["spam.example"])]
Medium = Annotated[str, Meta(min_length=1, max_length=50, examples=["cpc"])]
SearchParameter = Literal["gclid", "gbraid", "wbraid", "dclid", "msclkid", "yclid"]
Share = Annotated[float, Meta(ge=0, le=1)]


class SelfReferral(Struct, frozen=True, forbid_unknown_fields=True):
    """A partner who buys by their own link. `email`: the customer's address is the partner's, however it is
    spelt; `domain`: both are of one domain that isn't a mail provider's; `account`: the customer is a partner
    too, and is or was paid to the same payout account."""

    email: bool = True
    domain: bool = True
    account: bool = True


class SameDevice(Struct, frozen=True, forbid_unknown_fields=True):
    """So many customers of one partner on one device within a UTC day; a device that the partner has bought
    with is looked at from its first customer on."""

    customers: Annotated[int, Meta(ge=2, le=1000)] = 3


class FastSale(Struct, frozen=True, forbid_unknown_fields=True):
    """A sale sooner after its click than a person can buy."""

    seconds: Annotated[float, Meta(ge=0.1, le=60)] = 2


class InjectedClick(Struct, frozen=True, forbid_unknown_fields=True):
    """A click so short before the sale, where another partner's click, or a cart, was there before it."""

    seconds: Annotated[float, Meta(ge=1, le=3600)] = 60


class PaidSearch(Struct, frozen=True, forbid_unknown_fields=True):
    """Visits that a partner bought from a search engine: by the parameters that its advertisements leave,
    or by the `utm_medium` of the landing page."""

    parameters: Annotated[list[SearchParameter], Meta(max_length=6)] = field(
        default_factory=lambda: list(get_args(SearchParameter))
    )
    mediums: Annotated[list[Medium], Meta(max_length=50)] = field(
        default_factory=lambda: ["cpc", "ppc", "paidsearch", "paid_search", "sem"]
    )


class Disposable(Struct, frozen=True, forbid_unknown_fields=True):
    """Customers with an address of a throw-away provider. `domains`: beside those that are known;
    `allowed`: never."""

    domains: Annotated[list[Host], Meta(max_length=1000)] = []
    allowed: Annotated[list[Host], Meta(max_length=1000)] = []


class Outlier(Struct, frozen=True, forbid_unknown_fields=True):
    """A day of a partner that lies more than `mads` median absolute deviations above the usual one, with at
    least so many orders."""

    mads: Annotated[float, Meta(ge=2, le=100)] = 6
    min_orders: Annotated[int, Meta(ge=2, le=100_000)] = 10


class LeakedCoupon(Struct, frozen=True, forbid_unknown_fields=True):
    """A partner's code that has got about.

    `sites`: coupon sites, beside those that are known; a code is taken for leaked when at least `share` of
    its orders came from such, or when the share of orders by customers who were known before has risen by
    `known_rise`, or when it is used more than `days` after the partner was last heard of. In all cases from
    `min_orders` orders on.
    """

    sites: Annotated[list[Host], Meta(max_length=500)] = []
    share: Share = 0.3
    known_rise: Share = 0.4
    days: Annotated[int, Meta(ge=1, le=1000)] = 60
    min_orders: Annotated[int, Meta(ge=2, le=100_000)] = 8


class ReviewRules(Struct, frozen=True, forbid_unknown_fields=True):
    """What is looked at; null or false switches a rule off.

    `banned_referrers`: hosts, each with its subdomains. `duplicate_account`: partners who have one
    address. `shared_account`: partners of one program who are paid to one payout account, as an agency's
    are: release each once. `unverified`: what an integration without a signature has told, until it is
    matched to a click.
    """

    self_referral: SelfReferral | None = SelfReferral()
    same_device: SameDevice | None = SameDevice()
    fast_sale: FastSale | None = FastSale()
    injected_click: InjectedClick | None = InjectedClick()
    banned_referrers: Annotated[list[Host], Meta(max_length=500)] = []
    paid_search: PaidSearch | None = field(default_factory=PaidSearch)
    disposable_email: Disposable | None = field(default_factory=Disposable)
    duplicate_account: bool = True
    shared_account: bool = True
    unverified: bool = True
    conversion_rate: Outlier | None = Outlier()
    velocity: Outlier | None = Outlier()
    leaked_coupon: LeakedCoupon | None = field(default_factory=LeakedCoupon)


class RulesRow(Struct, frozen=True):
    """A version of the rules as it is stored."""

    version: int
    rules: ReviewRules
    created_by: str | None
    created_at: datetime | None


class ReviewRulesVersion(Struct):
    """A version of the rules. Version 0 are the defaults, which nobody has changed."""

    version: int
    rules: ReviewRules
    created_by: str | None
    created_at: datetime | None


class ReviewRulesChange(Struct):
    """The rules, and the job that applies them to what isn't paid; its result says what changes."""

    rules: ReviewRulesVersion
    job_id: str
    dry_run: bool
