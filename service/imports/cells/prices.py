"""Prices: an amount in major units, with its currency where the cell or the header names one."""

import re
from decimal import Decimal
from typing import Any

from msgspec import Struct

from service.imports.cells.numbers import read_amount
from service.imports.cells.style import Style
from service.imports.rejects import Unfit
from service.kit.money import CURRENCIES
from service.kit.text import fold_tr

_SIGNS = {"₺": "TRY", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₽": "RUB", "₼": "AZN"}
_NAMES = {
    "tl": "TRY",
    "lira": "TRY",
    "dolar": "USD",
    "dollar": "USD",
    "dollars": "USD",
    "euro": "EUR",
    "avro": "EUR",
}
_WORD = re.compile(r"[^\W\d_]+|[₺$€£¥₽₼]")


class Price(Struct, frozen=True):
    """Major units; `currency` (ISO 4217) is None where nothing names it."""

    amount: Decimal
    currency: str | None


def read_price(value: Any, style: Style) -> Price:
    """The price in a cell.

    >>> read_price("₺12.500", Style(decimal=","))
    Price(amount=Decimal('12500'), currency='TRY')
    >>> read_price("1,250.50 USD", Style()).currency
    'USD'
    """
    if not isinstance(value, str):
        return Price(Decimal(str(read_amount(value, style))), None)
    if len(value) > 64:
        raise Unfit("not_a_number")
    currency = find_currency(value)
    bare = _WORD.sub(lambda found: "" if _code(found.group()) else found.group(), value)
    return Price(Decimal(str(read_amount(bare.strip(), style))), currency)


def find_currency(text: str) -> str | None:
    """The currency that a cell or a header names.

    >>> find_currency("Gönderi Ücreti (TL)"), find_currency("Price"), find_currency("Fee in USD")
    ('TRY', None, 'USD')
    """
    return next((code for word in _WORD.findall(text[:200]) if (code := _code(word))), None)


def _code(word: str) -> str | None:
    if word in _SIGNS:
        return _SIGNS[word]
    if word in CURRENCIES and len(word) == 3:
        return word
    return _NAMES.get(fold_tr(word))
