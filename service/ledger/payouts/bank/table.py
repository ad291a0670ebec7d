"""The bank's file of a payout run: a line per payment, in the words and marks of a layout. Pure."""

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Final, Literal, NamedTuple

from service.imports.rejects_csv import BOM, harmless
from service.kit.money import Money, exponent, to_decimal

Layout = Literal["en", "tr"]


class Words(NamedTuple):
    """How a layout is written; `description` is for the partner's account."""

    header: tuple[str, ...]
    delimiter: str
    decimal: str
    description: str


LAYOUTS: Final[dict[Layout, Words]] = {
    "en": Words(
        ("iban", "payee", "amount", "currency", "description", "reference"), ",", ".", "Commission {} {}"
    ),
    # As Turkish spreadsheets and banks read a CSV.
    "tr": Words(
        ("IBAN", "Alıcı", "Tutar", "Para birimi", "Açıklama", "Referans"), ";", ",", "Komisyon {} {}"
    ),
}
# What a SEPA credit transfer and a Turkish EFT have room for.
MOST_OF_A_DESCRIPTION = 140


class Payment(NamedTuple):
    """A payment to be made."""

    iban: str
    payee: str
    amount: Money
    reference: str


def header(layout: Layout) -> str:
    """The header's line."""
    words = LAYOUTS[layout]
    return BOM + words.delimiter.join(words.header) + "\r\n"


def lines(payments: Iterable[Payment], payer: str, layout: Layout) -> str:
    """A line per payment."""
    words = LAYOUTS[layout]
    out = StringIO()
    writer = csv.writer(out, delimiter=words.delimiter)
    for one in payments:
        description = words.description.format(one.reference, payer)[:MOST_OF_A_DESCRIPTION]
        amount = major(one.amount, words.decimal)
        cells = [one.iban, one.payee, amount, one.amount.currency, description, one.reference]
        writer.writerow([harmless(cell) for cell in cells])
    return out.getvalue()


def major(money: Money, decimal: str) -> str:
    """The amount in major units, with all decimals of its currency.

    >>> major(Money(124990, "TRY"), ","), major(Money(5, "TRY"), "."), major(Money(500, "JPY"), ".")
    ('1249,90', '0.05', '500')
    """
    return f"{to_decimal(money):.{exponent(money.currency)}f}".replace(".", decimal)
