"""Which rates can be. Pure."""

from collections.abc import Sequence

from service.kit.money import CURRENCIES
from service.kit.problems import InvalidInput
from service.ledger.exchange.schemas import FxRate

# PostgreSQL's numeric holds any; a rate beyond these is a slip.
_DECIMALS, _MOST = 12, 10**9


def check(rates: Sequence[FxRate]) -> None:
    """Raises InvalidInput with every field that fails."""
    faults: list[dict[str, str]] = []
    seen: set[tuple[object, ...]] = set()
    for at, rate in enumerate(rates):
        faults += [{"path": f"rates[{at}].{name}", "message": why} for name, why in _faults(rate)]
        if (name := (rate.base, rate.quote, rate.day)) in seen:
            faults.append({"path": f"rates[{at}]", "message": "the same pair and day stands here twice"})
        seen.add(name)
    if faults:
        raise InvalidInput("rates that can't be", errors=faults)


def _faults(rate: FxRate) -> list[tuple[str, str]]:
    found = [
        (name, "is no currency of ISO 4217")
        for name in ("base", "quote")
        if getattr(rate, name) not in CURRENCIES
    ]
    if rate.base == rate.quote:
        found.append(("quote", "is the same as base"))
    exponent = rate.rate.as_tuple().exponent
    if not rate.rate.is_finite() or not 0 < rate.rate <= _MOST:
        found.append(("rate", f"has to be more than 0 and at most {_MOST}"))
    elif isinstance(exponent, int) and exponent < -_DECIMALS:
        found.append(("rate", f"has more than {_DECIMALS} decimals"))
    return found
