"""Programs and terms as a partner sees them. Pure."""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from msgspec import Struct, structs

from service.kit import ids
from service.kit.money import Price
from service.partner.programs.schemas import (
    AgencyPart,
    Crediting,
    OwnBonus,
    OwnRate,
    OwnTerms,
    PartnerProgram,
)
from service.programs import own, wording
from service.programs.catalogue.schemas import ProgramRow, TermsRow
from service.programs.schemas import PartnerStatus
from service.programs.terms import Attribution, Bonus, Rule


class Member(Struct, frozen=True):
    """Whose terms are shown. `known_as`: the outer ids of the partner's records; `accepted`: when which
    version of which program's terms was accepted."""

    program_id: UUID | None
    group: str | None
    status: PartnerStatus
    known_as: Collection[str]
    now: datetime
    accepted: Mapping[tuple[UUID, int], datetime]


def shown(
    row: ProgramRow, member: Member, joined_at: datetime | None, versions: list[TermsRow]
) -> PartnerProgram:
    """A program. `versions`: of its terms, the newest first."""
    price = min_payout(row)
    terms = next(each for each in versions if each.version == row.terms_version)
    coming = [each for each in versions if each.valid_from is not None and each.valid_from > member.now]
    announced = min(coming, key=lambda each: (each.valid_from, -each.version), default=None)
    return PartnerProgram(
        id=ids.show("prg", row.id),
        name=row.name,
        kind=row.kind,
        status=row.status,
        current=row.id == member.program_id,
        membership=member.status,
        joined_at=joined_at,
        min_payout=price,
        terms=own_terms(row.id, terms, member, price),
        next_terms=None if announced in (None, terms) else own_terms(row.id, announced, member, price),
    )


def min_payout(row: ProgramRow) -> Price | None:
    """From how much on it is paid out."""
    if row.min_payout is None or row.min_payout_currency is None:
        return None
    return Price(row.min_payout, row.min_payout_currency)


def own_terms(program_id: UUID, row: TermsRow, member: Member, price: Price | None) -> OwnTerms:
    """A version of the terms, without what others are paid."""
    terms = row.terms
    # What is to come is looked at as of when it comes.
    now = member.now if row.valid_from is None else max(member.now, row.valid_from)
    text = [wording.of_hold(terms.hold), wording.of_attribution(terms.attribution)]
    return OwnTerms(
        terms_version=row.version,
        valid_from=row.valid_from,
        in_force=row.in_force,
        accepted_at=member.accepted.get((program_id, row.version)),
        currency=terms.currency,
        rates=[
            _rate(number, rule) for number, rule in own.own_rules(terms, member.group, member.known_as, now)
        ],
        bonuses=[_bonus(number, bonus) for number, bonus in own.own_bonuses(terms, member.group)],
        agency=[
            AgencyPart(number, each.rate, wording.of_override(each))
            for number, each in own.own_overrides(terms, member.known_as)
        ],
        hold=terms.hold,
        attribution=_crediting(terms.attribution),
        text=text if price is None else [*text, wording.of_min_payout(price)],
    )


def _rate(number: int, rule: Rule) -> OwnRate:
    facts = structs.asdict(rule)
    kept = {name: facts[name] for name in OwnRate.__struct_fields__ if name in facts}
    return OwnRate(rule=number, text=wording.of_rule(rule), **kept)


def _bonus(number: int, bonus: Bonus) -> OwnBonus:
    text = wording.of_bonus(bonus)
    return OwnBonus(number, bonus.amount, bonus.from_sales, bonus.from_volume, bonus.per, text)


def _crediting(attribution: Attribution) -> Crediting:
    return Crediting(**{name: getattr(attribution, name) for name in Crediting.__struct_fields__})
