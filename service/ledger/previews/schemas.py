"""What an order would pay."""

from typing import Annotated, Any

from msgspec import Meta, Struct

from service.influencers.schemas import Country, Label, Time
from service.kit.money import Money, Price
from service.ledger.targets import CommissionKind
from service.programs.terms import RuleKind, Rules

OuterId = Annotated[str, Meta(max_length=40)]
Text = Annotated[str, Meta(max_length=200)]
Count = Annotated[int, Meta(ge=0, le=1_000_000_000)]
Minor = Annotated[int, Meta(ge=0, le=2**53, description="integer minor units of the order's currency")]


class PreviewLine(Struct, forbid_unknown_fields=True):
    """A line: `net` of the whole line, after discounts and without tax."""

    product_id: Text | None = None
    sku: Text | None = None
    category: Text | None = None
    quantity: Annotated[float, Meta(ge=0, le=1e9)] = 1
    net: Minor | None = None


class PreviewOrder(Struct, forbid_unknown_fields=True):
    """An order that isn't there. `partner_id`: whose tiers and caps count; without it a partner of `group`
    with no sales yet. `rules` are tried in place of the program's. `occurred_at`: now unless given."""

    net: Price
    kind: RuleKind = "sale"
    partner_id: OuterId | None = None
    group: Label | None = None
    lines: Annotated[list[PreviewLine], Meta(max_length=500)] = []
    country: Country | None = None
    is_new: bool | None = None
    sales_before: Count = 0
    first_at: Time | None = None
    quantity: Annotated[int, Meta(ge=1, le=1_000_000, description="clicks")] = 1
    occurred_at: Time | None = None
    rules: Rules | None = None


class PreviewCommission(Struct):
    """A commission. `partner_id` is null for the partner that wasn't named; `rule` explains it, in words
    under `text`."""

    partner_id: str | None
    kind: CommissionKind
    key: str
    amount: Money
    base: int | None
    rule: dict[str, Any]


class Preview(Struct):
    """What the order would pay, and by which version of the terms (null: by the rules that were sent).
    `stopped`: why nothing is paid (partner_paused, program_archived, ...)."""

    terms_version: int | None
    stopped: str | None
    commissions: list[PreviewCommission]
