"""A conversion's touches, and whom it is credited to: the shapes that are decided on."""

from datetime import datetime
from fractions import Fraction
from typing import Literal, NamedTuple
from uuid import UUID

from msgspec import Struct

TouchKind = Literal["click", "coupon", "bond", "manual"]


class Touch(Struct, frozen=True):
    """One contact of the customer with a partner. `public`: of a coupon that is nobody's alone.

    `named`: the order itself names it. `void`: the code of a reason why it is no evidence. `sales`: of a
    bond, those of the customer since the one that made it, without the one that is decided on.
    """

    kind: TouchKind
    at: datetime
    partner_id: UUID | None
    program_id: UUID | None = None
    link_id: UUID | None = None
    coupon_id: UUID | None = None
    click_id: UUID | None = None
    campaign_id: UUID | None = None
    sub1: str | None = None
    public: bool = False
    name: str = ""
    named: bool = False
    void: str = ""
    sales: int = 0


class Gathered(NamedTuple):
    """The touches of an order, the earliest first. `hangs_on`: what other orders' evidence hangs on, too: the
    customer, devices, coupons of which there are only so many."""

    touches: list[Touch]
    hangs_on: frozenset[UUID | bytes | str]


class Share(Struct, frozen=True):
    """A partner's part of an order that is paid; the parts of a decision add up to 1, or there are none."""

    partner_id: UUID
    program_id: UUID | None
    weight: Fraction
    touch: Touch


class Decision(Struct, frozen=True):
    """Who is paid, and why. `why`: (code, values) from the closed list that the labels name."""

    shares: tuple[Share, ...]
    why: tuple[tuple[str, dict[str, str]], ...]
