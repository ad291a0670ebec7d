"""Whether a conversion is looked at before it is paid, and why: pure (RELIABILITY.md F2-F4).

A coupon without a click is no sign of anything: people hear a code in a story and type it.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final, Literal, get_args
from uuid import UUID

from msgspec import Struct

from service.conversions.facts import Facts, Flag
from service.conversions.reviews.hosts import is_under
from service.conversions.reviews.rules import ReviewRules, SelfReferral
from service.kit import ids

Code = Literal[
    # Of one conversion, in the order in which they are told.
    "self_referral_email",
    "self_referral_account",
    "self_referral_domain",
    "self_referral_device",
    "same_device",
    "duplicate_account",
    "shared_account",
    "fast_sale",
    "injected_click",
    "banned_referrer",
    "paid_search",
    "disposable_email",
    "unverified",
    # Of many together.
    "conversion_rate",
    "velocity",
    "leaked_coupon",
]
CODES: Final[tuple[str, ...]] = get_args(Code)
# A shop's clock that tells whole seconds is up to one behind.
CLOCK_S: Final = -1.0


class Visit(Struct, frozen=True):
    """A click that is known. `named`: by the order itself, and not found by its visitor."""

    id: UUID
    partner_id: UUID | None
    at: datetime
    visitor: bytes | None = None
    referrer: str | None = None
    named: bool = True
    counted: bool = True


class Shared(Struct, frozen=True):
    """The payout account that a partner shares with others of the program now."""

    account_id: UUID
    partner_ids: Sequence[UUID]


class Finding(Struct, frozen=True):
    """What a rule over many conversions has found that takes this one in."""

    code: str
    partner_id: UUID
    group: str
    evidence: dict[str, str]


class Known(Struct, frozen=True):
    """What is known beside the facts.

    `visits`: the clicks, the oldest first. `cart_at`: when a cart or checkout began that this visitor had.
    `of_partner`: the keyed hashes of a partner's addresses; `domains`: of their own domains.
    `disposable`: the hashes of throw-away domains. `devices`: by partner, how many customers bought with this
    device on the day, this one included; `own_devices`: partners who have bought with it themselves.
    `twins`: by partner, one with the same address. `paid_with`: by partner, the hashes of addresses of others
    who are or were paid to the same account, and whose they are; `shared`: by partner, the account that is
    shared in the program now.
    """

    visits: Sequence[Visit] = ()
    cart_at: datetime | None = None
    of_partner: Mapping[UUID, frozenset[bytes]] = {}
    domains: Mapping[UUID, frozenset[bytes]] = {}
    disposable: frozenset[bytes] = frozenset()
    devices: Mapping[UUID, int] = {}
    own_devices: frozenset[UUID] = frozenset()
    twins: Mapping[UUID, UUID] = {}
    paid_with: Mapping[UUID, Mapping[bytes, UUID]] = {}
    shared: Mapping[UUID, Shared] = {}
    findings: Sequence[Finding] = ()


def judge(facts: Facts, partner_id: UUID, rules: ReviewRules, known: Known) -> list[Flag]:
    """The reasons to look at what a partner earns by a conversion, in the order of CODES.

    A group is what one decision is made on: what can't change (a customer, a host) is a group for ever,
    what a partner does is one of a UTC day.
    """
    told = [*_of_identity(facts, partner_id, rules, known), *_of_clicks(facts, partner_id, rules, known)]
    of_many = [found for found in known.findings if found.partner_id == partner_id]
    told += [(found.code, found.group, found.evidence) for found in of_many]
    flags = [
        Flag(code, group_of(code, partner_id, group), partner_id, evidence) for code, group, evidence in told
    ]
    return sorted(flags, key=lambda flag: CODES.index(flag.code))


def group_of(code: str, partner_id: UUID, group: str) -> str:
    """The name of a hold: a reason, a partner, and what else is the same for all that it takes in."""
    return f"{code} {ids.show('prt', partner_id)} {group}".rstrip()


Told = Iterator[tuple[str, str, dict[str, str]]]


def _of_identity(facts: Facts, partner_id: UUID, rules: ReviewRules, known: Known) -> Told:
    customer = ids.show_or_none("cus", facts.customer_id) or ""
    day = facts.occurred_at.astimezone(UTC).date().isoformat()
    own = known.of_partner.get(partner_id, frozenset()).intersection(facts.keys)
    if rules.self_referral:
        yield from _of_ones_own(facts, partner_id, rules.self_referral, known, customer)
    if rules.same_device and not own:
        yield from _of_device(partner_id, rules.same_device.customers, known, day)
    if rules.duplicate_account and partner_id in known.twins:
        yield "duplicate_account", "", {"partner_id": ids.show("prt", known.twins[partner_id])}
    if rules.shared_account and partner_id in known.shared:
        yield _of_account(known.shared[partner_id])
    if rules.disposable_email and facts.domain in known.disposable:
        yield "disposable_email", day, {"customer_id": customer}


def _of_ones_own(facts: Facts, partner_id: UUID, wanted: SelfReferral, known: Known, customer: str) -> Told:
    """The partner bought it, or somebody of theirs: the surest sign of three."""
    own = known.of_partner.get(partner_id, frozenset())
    others = known.paid_with.get(partner_id, {})
    with_account = min((others[key] for key in facts.keys if key in others), default=None)
    if wanted.email and not own.isdisjoint(facts.keys):
        yield "self_referral_email", customer, {"customer_id": customer}
    elif wanted.account and with_account is not None:
        evidence = {"customer_id": customer, "partner_id": ids.show("prt", with_account)}
        yield "self_referral_account", customer, evidence
    elif wanted.domain and facts.domain and facts.domain in known.domains.get(partner_id, ()):
        yield "self_referral_domain", "", {"customer_id": customer}


def _of_account(shared: Shared) -> tuple[str, str, dict[str, str]]:
    """A group is the partner's account: another account is asked about anew, one more partner of an agency
    is not."""
    account, other = ids.show("pac", shared.account_id), ids.show("prt", min(shared.partner_ids))
    evidence = {"account_id": account, "partner_id": other, "partners": str(len(shared.partner_ids) + 1)}
    return "shared_account", account, evidence


def _of_device(partner_id: UUID, most: int, known: Known, day: str) -> Told:
    if partner_id in known.own_devices:
        yield "self_referral_device", day, {"day": day}
    elif known.devices.get(partner_id, 0) >= most:
        yield "same_device", day, {"day": day, "customers": str(known.devices[partner_id])}


def _of_clicks(facts: Facts, partner_id: UUID, rules: ReviewRules, known: Known) -> Told:
    day = facts.occurred_at.astimezone(UTC).date().isoformat()
    own = [visit for visit in known.visits if visit.partner_id == partner_id]
    last = max(own, key=lambda visit: visit.at, default=None)
    if last:
        gap = (facts.occurred_at - last.at).total_seconds()
        evidence = {"click_id": ids.show("clk", last.id), "seconds": f"{gap:.1f}"}
        if rules.fast_sale and CLOCK_S < gap < rules.fast_sale.seconds:
            yield "fast_sale", day, evidence
        if rules.injected_click and CLOCK_S < gap < rules.injected_click.seconds:
            yield from _injected(last, partner_id, known, day, evidence)
    yield from _of_origin(facts, own, rules)
    if rules.unverified and not facts.verified and not any(visit.counted for visit in own):
        yield "unverified", f"{facts.shop} {day}".strip(), {"shop": facts.shop, "channel": facts.channel}


def _injected(last: Visit, partner_id: UUID, known: Known, day: str, evidence: dict[str, str]) -> Told:
    """The click came when the customer was on the way already: by another's, or with a cart."""
    before = [
        visit
        for visit in known.visits
        if visit.partner_id not in (None, partner_id) and visit.at < last.at and _one(visit, last)
    ]
    mine_before = any(visit.partner_id == partner_id and visit.at < last.at for visit in known.visits)
    if before:
        other = max(before, key=lambda visit: visit.at)
        assert other.partner_id is not None
        more = {
            "other_click_id": ids.show("clk", other.id),
            "other_partner_id": ids.show("prt", other.partner_id),
        }
        yield "injected_click", day, evidence | more
    elif known.cart_at is not None and known.cart_at < last.at and not mine_before:
        yield "injected_click", day, evidence | {"cart_at": known.cart_at.isoformat()}


def _one(visit: Visit, last: Visit) -> bool:
    """Whether two clicks are one customer's: both named by the order, or one device's."""
    return (visit.named and last.named) or (visit.visitor is not None and visit.visitor == last.visitor)


def _of_origin(facts: Facts, own: Sequence[Visit], rules: ReviewRules) -> Told:
    # The order's referrer and landing page are the partner's deed only where the visit came by their link.
    brought = own or facts.clicks
    if rules.banned_referrers:
        hosts = [visit.referrer for visit in own] + ([facts.referrer] if brought else [])
        banned = next((host for each in hosts if (host := is_under(each, rules.banned_referrers))), None)
        if banned:
            yield "banned_referrer", banned, {"host": banned}
    if rules.paid_search and brought:
        wanted = rules.paid_search
        landing = {name.lower(): value for name, value in facts.landing.items()}
        found = next((name for name in wanted.parameters if landing.get(name.lower())), None)
        medium = landing.get("utm_medium", "").lower()
        if found or medium in {each.lower() for each in wanted.mediums}:
            yield "paid_search", "", {"parameter": found or f"utm_medium={medium[:50]}"}
