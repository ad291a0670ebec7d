"""Tables of rates: the built-in one, and what a good one is. Pure."""

from collections.abc import Sequence
from datetime import date
from functools import cache
from importlib import resources

import msgspec

from service.kit.money import CURRENCIES
from service.kit.text import is_storable
from service.mentions.emv.schemas import EmvRate, NewRateTable
from service.mentions.emv.valuing import Exposure, Rates

BUILT_IN = "builtin"


class BuiltIn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table that comes with the program."""

    id: str
    name: str
    version: int
    currency: str
    exposure: Exposure
    as_of: date
    source: str
    rates: list[EmvRate]


@cache
def built_in() -> BuiltIn:
    """The built-in table.

    >>> built_in().id, built_in().currency, by_key(built_in().rates)["tiktok", "view"]
    ('builtin', 'USD', 1000)
    """
    data = resources.files("service.mentions.emv").joinpath("builtin.json").read_bytes()
    return msgspec.json.decode(data, type=BuiltIn)


def by_key(rates: Sequence[EmvRate]) -> Rates:
    """Rates by platform (None: all others) and metric."""
    return {(rate.platform, rate.metric): rate.per_thousand for rate in rates}


def faults(table: NewRateTable) -> list[dict[str, str]]:
    """Every field of a table that fails, and why.

    >>> rates = [EmvRate("x", "like", 1), EmvRate("x", "like", 2)]
    >>> table = NewRateTable(name="a", currency="TRY", as_of=date(2026, 1, 1), source="me", rates=rates)
    >>> faults(table)
    [{'path': 'rates.1', 'message': 'x has a rate for like already'}]
    """
    found = [
        {"path": path, "message": "holds a NUL character or half of a character"}
        for path, text in (("name", table.name), ("source", table.source))
        if not is_storable(text)
    ]
    if table.currency not in CURRENCIES:
        found.append({"path": "currency", "message": f"{table.currency} is no currency of ISO 4217"})
    seen: set[tuple[str | None, str]] = set()
    for place, rate in enumerate(table.rates):
        key = (rate.platform, rate.metric)
        if key in seen:
            told = f"{rate.platform or 'all others'} has a rate for {rate.metric} already"
            found.append({"path": f"rates.{place}", "message": told})
        seen.add(key)
    return found
