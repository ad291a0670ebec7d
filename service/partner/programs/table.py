"""A partner's rates as rows of a spreadsheet: a row for each rule, goal and agency's part. Pure."""

from collections.abc import Iterator, Sequence

from service.accounts.labels.registry import Language
from service.kit.money import Price
from service.partner.programs.schemas import PartnerProgram
from service.partner.tables import Cell

COLUMNS = (
    *("program_id", "program", "status", "current", "membership", "terms_version", "valid_from", "what"),
    *("number", "kind", "rate", "flat", "flat_currency", "description"),
)


def cells(one: PartnerProgram, language: Language) -> Iterator[Sequence[Cell]]:
    """Rows of a program, in the order of COLUMNS."""
    for terms in (one.terms, one.next_terms):
        if terms is None:
            continue
        of: Sequence[Cell] = (one.id, one.name, one.status, one.current, one.membership)
        of = (*of, terms.terms_version, terms.valid_from)
        for rate in terms.rates:
            share = None if rate.rate is None else str(rate.rate)
            yield (*of, "rule", rate.rule, rate.kind, share, *_price(rate.flat), rate.text[language])
        for bonus in terms.bonuses:
            yield (*of, "bonus", bonus.bonus, None, None, *_price(bonus.amount), bonus.text[language])
        for each in terms.agency:
            yield (*of, "agency", each.number, None, str(each.rate), None, None, each.text[language])
        for text in terms.text:
            yield (*of, "terms", None, None, None, None, None, text[language])


def _price(price: Price | None) -> tuple[Cell, Cell]:
    return (None, None) if price is None else (price.amount, price.currency)
