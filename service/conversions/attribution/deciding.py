"""Whom an order is credited to, and why. Pure.

Every program judges its own partners' touches by its own terms: the window, which kind of evidence comes
first, which of several touches counts. One order never pays twice: where several programs would pay, the
kind that comes first in `ORDER` does, among equals the program with the latest touch.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final, NamedTuple
from uuid import UUID

from service.conversions.attribution.touches import Decision, Share, Touch
from service.programs.terms import Attribution

Terms = Mapping[UUID | None, Attribution]
Versions = Mapping[UUID | None, int]
Why = tuple[str, dict[str, str]]

# A coupon that is nobody's alone never outranks anything: it decides where there is nothing else.
ORDER: Final = ("manual", "coupon", "click", "bond", "public_coupon")
# Shops send local times without a zone, and days without a time: an order that names a click came after it.
SLACK: Final = timedelta(days=1)
DEFAULT: Final = Attribution()


class Claim(NamedTuple):
    """What one program would pay, by which kind of evidence, and why."""

    kind: str
    shares: tuple[Share, ...]
    why: tuple[Why, ...]
    first: bool


def decide(
    touches: Sequence[Touch], occurred_at: datetime, terms: Terms, versions: Versions | None = None
) -> Decision:
    """Who is paid for an order of `occurred_at`.

    `touches` in any order; of equal times the later in the sequence is the later. `terms` by program, None
    for partners without one (the defaults where it is missing). `versions`: of the terms, for the reasons.
    The shares add up to 1; there are none where nothing speaks for a partner. The reasons start with the
    one that decided; then come touches that were left out, each with why.
    """
    kept, left_out = _eligible(touches, occurred_at, terms)
    claims = [
        _claim(program, [touch for touch in kept if touch.program_id == program], terms, versions or {})
        for program in dict.fromkeys(touch.program_id for touch in kept)
    ]
    made = [claim for claim in claims if claim is not None]
    if not made:
        return Decision((), (("no_evidence", {}), *left_out))
    chosen = _chosen(made)
    others = tuple(
        ("other_program", {"partner": str(share.partner_id), "kind": claim.kind})
        for claim in made
        if claim is not chosen
        for share in claim.shares
    )
    return Decision(chosen.shares, (*chosen.why, *others, *left_out))


def _eligible(
    touches: Sequence[Touch], occurred_at: datetime, terms: Terms
) -> tuple[list[Touch], tuple[Why, ...]]:
    """Touches that count, the earliest first, and why others don't."""
    kept, left_out = [], []
    for touch in sorted(touches, key=lambda touch: touch.at):
        why = _flaw(touch, occurred_at, terms.get(touch.program_id, DEFAULT))
        if why is None:
            kept.append(touch)
        else:
            left_out.append(why)
    return kept, tuple(left_out)


def _flaw(touch: Touch, occurred_at: datetime, rules: Attribution) -> Why | None:
    """Why a touch is no evidence for this order."""
    about = {"kind": touch.kind, "name": touch.name}
    if touch.void:
        return touch.void, about
    if touch.partner_id is None:
        return "no_partner", about
    if touch.kind == "click":
        if touch.at > occurred_at + (SLACK if touch.named else timedelta(0)):
            return "after_order", about
        if touch.at < occurred_at - timedelta(days=rules.window_days):
            return "outside_window", {**about, "days": str(rules.window_days)}
    if touch.kind == "bond":
        return None if _bound(touch, occurred_at, rules) else ("bond_ended", about)
    return None


def _bound(touch: Touch, occurred_at: datetime, rules: Attribution) -> bool:
    """Whether the customer still is with the partner; of days and sales, the first used up ends it."""
    if rules.bond is None:
        return False
    days, sales = rules.bond.days, rules.bond.sales
    within_days = days is None or occurred_at <= touch.at + timedelta(days=days)
    return within_days and (sales is None or touch.sales < sales)


def _kind(touch: Touch) -> str:
    return "public_coupon" if touch.kind == "coupon" and touch.public else touch.kind


def _claim(
    program_id: UUID | None, touches: Sequence[Touch], terms: Terms, versions: Versions
) -> Claim | None:
    """What a program would pay by its own terms."""
    rules = terms.get(program_id, DEFAULT)
    found: dict[str, list[Touch]] = {}
    for touch in touches:
        found.setdefault(_kind(touch), []).append(touch)
    order = ("manual", *rules.precedence, "public_coupon")
    ranked = [kind for kind in order if kind in found]
    unused = tuple(
        ("not_evidence", {"kind": touch.kind, "name": touch.name})
        for kind, group in found.items()
        if kind not in order
        for touch in group
    )
    if not ranked:
        return None
    named = {"version": str(versions[program_id])} if program_id in versions else {}
    if ranked[0] in ("coupon", "click") and (split := _split(ranked, found, rules, named)):
        return Claim("coupon", split[0], (split[1], *unused), first=False)
    winner = _pick(found[ranked[0]], ranked[0], rules)
    whole = Share(_partner(winner), program_id, Fraction(1), winner)
    told = _told(ranked, found, winner, rules, named)
    return Claim(ranked[0], (whole,), (*told, *unused), first=rules.payout_model == "first")


def _split(
    ranked: Sequence[str], found: Mapping[str, list[Touch]], rules: Attribution, named: dict[str, str]
) -> tuple[tuple[Share, ...], Why] | None:
    """The order in two parts, where a partner's own coupon and another partner's click speak for it."""
    if rules.payout_model != "coupon_click_split" or not {"coupon", "click"} <= set(ranked):
        return None
    part = Fraction(rules.coupon_part)
    coupon, click = found["coupon"][-1], found["click"][-1]
    if coupon.partner_id == click.partner_id or not 0 < part < 1:
        return None
    shares = (
        Share(_partner(coupon), coupon.program_id, part, coupon),
        Share(_partner(click), click.program_id, 1 - part, click),
    )
    values = {"coupon": coupon.name, "click": click.name, "part": f"{rules.coupon_part:f}", **named}
    return shares, ("split", values)


def _pick(touches: Sequence[Touch], kind: str, rules: Attribution) -> Touch:
    """The touch that counts of those of one kind. A person's latest word; the earliest bond that runs."""
    earliest = kind == "bond" or (kind != "manual" and rules.payout_model == "first")
    return touches[0] if earliest else touches[-1]


def _told(
    ranked: Sequence[str],
    found: Mapping[str, list[Touch]],
    winner: Touch,
    rules: Attribution,
    named: dict[str, str],
) -> tuple[Why, ...]:
    """The reason for the winner, then whom it outranked."""
    model = "first" if rules.payout_model == "first" else "last"
    code = f"{model}_click" if ranked[0] == "click" else ranked[0]
    reasons: list[Why] = [(code, {"name": winner.name, "of": str(len(found[ranked[0]])), **named})]
    for kind in ranked[1:]:
        for touch in found[kind]:
            if touch.partner_id != winner.partner_id:
                values = {"kind": winner.kind, "name": winner.name, "over": touch.kind, "other": touch.name}
                reasons.append(("outranks", {**values, **named}))
    return tuple(reasons)


def _chosen(claims: Sequence[Claim]) -> Claim:
    kind = min((claim.kind for claim in claims), key=ORDER.index)
    equal = [claim for claim in claims if claim.kind == kind]
    if kind == "bond" or all(claim.first for claim in equal):
        return min(equal, key=_moment)
    return max(equal, key=_moment)


def _moment(claim: Claim) -> tuple[datetime, str]:
    touch = claim.shares[0].touch
    return touch.at, str(touch.partner_id)


def _partner(touch: Touch) -> UUID:
    if touch.partner_id is None:
        raise ValueError("a touch of nobody is no evidence")
    return touch.partner_id
