"""The programs that a partner is in, with the partner's own rates."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct

from service.kit.money import Currency, Price
from service.partner.words import Text
from service.programs.catalogue.schemas import ProgramStatus
from service.programs.schemas import PartnerStatus
from service.programs.terms import (
    Bond,
    Cap,
    Evidence,
    Hold,
    PayoutModel,
    Per,
    ProgramKind,
    Rate,
    RuleKind,
    Tier,
)


class OwnRate(Struct):
    """A rule that may pay the partner: of several that match a line of an order, the first one does. `rule`
    is its number, by which commissions name it; in words under `text`."""

    rule: int
    kind: RuleKind
    rate: Rate | None
    flat: Price | None
    products: list[str]
    categories: list[str]
    countries: list[str]
    customers: Literal["any", "new", "returning"]
    recurring: Literal["first", "months", "life"]
    months: int | None
    tiers: list[Tier]
    tiers_per: Per
    cap: Cap | None
    starts_at: datetime | None
    ends_at: datetime | None
    text: Text


class OwnBonus(Struct):
    """What is paid once a period when a goal is reached."""

    bonus: int
    amount: Price
    from_sales: int | None
    from_volume: Price | None
    per: Per
    text: Text


class AgencyPart(Struct):
    """What an agency gets of what its partners earn."""

    number: int
    rate: Rate
    text: Text


class Crediting(Struct):
    """What an order is credited by. `precedence`: the first kind of evidence that there is decides."""

    window_days: int
    payout_model: PayoutModel
    precedence: list[Evidence]
    coupon_part: Rate
    bond: Bond | None


class OwnTerms(Struct):
    """A version of a program's terms, as far as they are about the partner. What happened is paid by the
    version of its time. `valid_from` is null where it holds from the beginning; `text`: when it is paid, what
    an order is credited by. `accepted_at`: when the partner accepted this version."""

    terms_version: int
    valid_from: datetime | None
    in_force: bool
    accepted_at: datetime | None
    currency: Currency | None
    rates: list[OwnRate]
    bonuses: list[OwnBonus]
    agency: list[AgencyPart]
    hold: Hold
    attribution: Crediting
    text: list[Text]


class PartnerProgram(Struct):
    """A program that the partner is in (`current`) or was in. `terms`: those in force now, `next_terms`:
    those that are announced. `membership`: whether the partner earns by it now."""

    id: str
    name: str
    kind: ProgramKind
    status: ProgramStatus
    current: bool
    membership: PartnerStatus
    joined_at: datetime | None
    min_payout: Price | None
    terms: OwnTerms
    next_terms: OwnTerms | None


class JoinedRow(Struct):
    """When the partner came into a program; None: it was always in it."""

    program_id: UUID
    joined_at: datetime | None
